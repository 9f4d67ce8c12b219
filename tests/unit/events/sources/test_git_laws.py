"""Whatever the shape of a history, its events are those of the definition."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from events.sources.commits import Commit
from events.sources.git import GitEvent, LeftOut, translate
from events.sources.landing import dated, landed
from tests.unit.events.sources.commits import FLIPS, ORIGIN, commit, landings, told


@st.composite
def histories(draw: st.DrawFn) -> list[Commit]:
    """Commits, parents before children; the last one's first parents are the line."""
    people = st.sampled_from(
        ["Ada <ada@x.org>", "Bo <bo@x.org>", "Bo B. <bo@x.org>", "Cy", "5+di@users.noreply.github.com"]
    )
    trailers = people.map("Co-authored-by: {}".format)
    made: list[Commit] = []
    for number in range(draw(st.integers(1, 25))):
        older = [str(each) for each in range(number)]
        others: list[str] = draw(st.lists(st.sampled_from(older), unique=True, max_size=2)) if older else []
        parents = [*older[-1:], *others] if draw(FLIPS) else others
        made.append(
            commit(
                str(number),
                *dict.fromkeys(parents),
                on=draw(st.integers(0, 90)),
                author=draw(people),
                trailers=draw(st.lists(trailers, max_size=3)),
            )
        )
    return made


def line_of(commits: list[Commit], tip: Commit) -> list[Commit]:
    by_hash = {each.hash: each for each in commits}
    line = [tip]
    while line[-1].parents:
        line.append(by_hash[line[-1].parents[0]])
    return line[::-1]


def reachable(commits: list[Commit], tip: Commit) -> list[Commit]:
    by_hash, found, stack = {each.hash: each for each in commits}, {tip.hash}, [tip]
    while stack:
        new = set(stack.pop().parents) - found
        found |= new
        stack += [by_hash[each] for each in new]
    return [each for each in commits if each.hash in found]


@given(histories())
def test_landing_is_what_the_definition_says(commits: list[Commit]) -> None:
    line = line_of(commits, commits[-1])
    expected: dict[str, datetime | None] = {}
    for each in line:
        for reached in reachable(commits, each):
            expected.setdefault(reached.hash, each.committed_at)
    assert landings(reachable(commits, commits[-1]), {each.hash for each in line}) == expected


@given(histories(), st.data())
def test_a_history_that_grows_tells_what_it_told_and_more(commits: list[Commit], data: st.DataObject) -> None:
    def events_of(tip: Commit) -> list[GitEvent | LeftOut]:
        line = {each.hash for each in line_of(commits, tip)}
        return list(translate(dated(landed(reachable(commits, tip), line), ORIGIN), ORIGIN))

    before = events_of(data.draw(st.sampled_from(line_of(commits, commits[-1]))))
    after = events_of(commits[-1])
    assert after[: len(before)] == before


@given(histories())
def test_no_two_events_share_an_id(commits: list[Commit]) -> None:
    ids = [event.id for event in told(*commits) if not isinstance(event, LeftOut)]
    assert len(ids) == len(set(ids))
