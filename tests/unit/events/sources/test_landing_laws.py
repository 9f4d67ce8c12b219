"""Whatever the shape of a history and its dates, each commit counts when the oracle says."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from events.sources.commits import Commit, Stamp
from events.sources.landing import bulks, dated, landed
from tests.oracle import landing as oracle
from tests.unit.events.sources.commits import ORIGIN, commit, day

DAYS = st.one_of(st.integers(0, 90), st.integers(0, 3), st.sampled_from((-30_000, 1_002, 30_000)))


@st.composite
def histories(draw: st.DrawFn) -> list[Commit]:
    """Commits, parents before children, half of them rewritten by one person on one day; the last is the tip."""
    rewritten, made = draw(st.booleans()), list[Commit]()
    for number in range(draw(st.integers(1, 40))):
        older = [str(each) for each in range(number)]
        others: list[str] = draw(st.lists(st.sampled_from(older), unique=True, max_size=1)) if older else []
        parents = [*older[-1:], *others] if draw(st.integers(0, 9)) else others
        committed = day(200) if rewritten and draw(st.integers(0, 3)) else day(draw(DAYS))
        one = commit(str(number), *dict.fromkeys(parents), author=f"a <a{draw(st.integers(0, 6))}@x.org>")
        age = draw(st.sampled_from((0, 31, 31, 31, 400)))
        dates = {"committed_at": committed, "authored_at": committed - timedelta(days=age), "committer": "lead@x.org"}
        made.append(replace(one, **dates))  # type: ignore[arg-type] # as their fields are
    return made


@given(histories())
def test_each_commit_counts_when_the_oracle_says(commits: list[Commit]) -> None:
    tip, by_hash = commits[-1].hash, {one.hash: one for one in commits}
    there = [one for one in commits if one.hash in oracle.ancestors(by_hash, tip)]
    stamps = [
        Stamp(one.committer, one.committed_at, one.author.address, one.authored_at) for one in there if not one.is_merge
    ]
    told = dated(landed(there, set(oracle.line(by_hash, tip))), ORIGIN, bulks(stamps, ORIGIN))
    assert {one.commit.hash: one.at for one in told} == {
        one.hash: oracle.moment(there, tip, one, ORIGIN) for one in there
    }
