from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from events.checks import SourceDating
from events.contributions import ContributionRecorded
from events.mentoring import MentoringMet
from events.people import PersonLinked, PersonNamed
from events.sources.commits import Commit, Origin
from events.sources.git import LeftOut, checked, own_days, translate
from events.sources.landing import Landed, dated, landed
from tests.unit.events.sources.commits import ORIGIN, START, commit, day, landings, told


def contributions(*commits: Commit) -> list[tuple[str, str, str]]:
    return [
        (event.id, event.subject, event.data.kind)
        for event in told(*commits)
        if isinstance(event, ContributionRecorded)
    ]


def test_a_commit_lands_with_the_first_parent_commit_that_reaches_it() -> None:
    history = [
        commit("a", on=1),
        commit("b", "a", on=2),  # a branch of b and c, while d went on
        commit("c", "b", on=3),
        commit("d", "a", on=4),
        commit("m", "d", "c", on=5),
        commit("e", "m", on=6),
    ]
    assert landings(history, {"a", "d", "m", "e"}) == {
        "a": day(1), "d": day(4), "b": day(5), "c": day(5), "m": day(5), "e": day(6)
    }  # fmt: skip


def test_a_branch_merged_into_a_branch_lands_with_the_outer_merge() -> None:
    history = [
        commit("a", on=1),
        commit("x", "a", on=2),
        commit("y", "x", on=3),
        commit("n", "x", "y", on=4),
        commit("m", "a", "n", on=9),
    ]
    assert landings(history, {"a", "m"}) == {"a": day(1)} | dict.fromkeys("xynm", day(9))


def test_what_landed_together_comes_in_an_order_that_the_graph_alone_fixes() -> None:
    left, right, root = commit("l", "a", on=3), commit("r", "a", on=2), commit("a", on=1)
    merge = commit("m", "a", "l", "r", on=4)
    one = [item.commit.hash for item in landed([root, left, right, merge], {"a", "m"})]
    other = [item.commit.hash for item in landed([root, right, left, merge], {"a", "m"})]
    assert one == other


def test_a_commit_is_a_contribution_of_its_author_when_it_landed() -> None:
    event = told(commit("abc", on=3), on=5)[0]
    assert isinstance(event, ContributionRecorded)
    assert (event.id, event.source, event.community, event.team) == (
        "abc",
        "git:github.com/rust-lang/cargo",
        "rust",
        "cargo",
    )
    assert (event.subject, event.data.kind, event.time) == ("email:ada@x.org", "commit", day(5))
    assert event.data.authored_at == day(-6)
    assert event.data.url == "https://github.com/rust-lang/cargo/commit/abc"


@pytest.mark.parametrize("authored", [datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)])
def test_when_it_was_made_is_left_out_where_that_cannot_be(authored: datetime) -> None:
    event = told(replace(commit("abc", on=3), authored_at=authored), on=5)[0]
    assert isinstance(event, ContributionRecorded)
    assert event.data.authored_at is None


def test_merges_are_left_out() -> None:
    assert told(commit("m", "a", "b")) == []


def test_trailers_are_contributions_of_those_they_name() -> None:
    trailers = [
        "Co-Authored-By: Bo <bo@x.org>",
        "reviewed-by: Cy <cy@x.org>",
        "Acked-by: Cy <cy@x.org>",
        "Tested-by: di@x.org",
        "Reported-by: Eve",
        "Signed-off-by: Flo <flo@x.org>",
        "Helped-by: Guy <guy@x.org>",
    ]
    assert contributions(commit("h", trailers=trailers))[1:] == [
        ("h/co-authored-by/email:bo@x.org", "email:bo@x.org", "commit"),
        ("h/reviewed-by/email:cy@x.org", "email:cy@x.org", "review"),
        ("h/acked-by/email:cy@x.org", "email:cy@x.org", "review"),
        ("h/tested-by/email:di@x.org", "email:di@x.org", "test"),
        ("h/reported-by/git-name:eve", "git-name:eve", "bug_report"),
    ]


@pytest.mark.parametrize(
    "trailer", ["Co-authored-by: ADA <Ada@X.org>", "Reviewed-by: ada@x.org", "Mentored-by: <ada@x.org>"]
)
def test_a_trailer_that_names_the_author_says_nothing(trailer: str) -> None:
    assert told(commit("h", trailers=[trailer])) == told(commit("h"))


def test_a_repeated_trailer_counts_once() -> None:
    trailers = ["Co-authored-by: Bo <bo@x.org>", "Co-authored-by: Robert <BO@x.org>"]
    assert len(contributions(commit("h", trailers=trailers))) == 2


@pytest.mark.parametrize("trailer", ["Co-authored-by: ", "Co-authored-by: <>", "Co-authored-by:    "])
def test_a_trailer_that_names_nobody_says_nothing(trailer: str) -> None:
    assert told(commit("h", trailers=[trailer])) == told(commit("h"))


def test_mentored_by_makes_the_author_a_mentee() -> None:
    [met] = [
        each for each in told(commit("h", trailers=["Mentored-by: Bo <bo@x.org>"])) if isinstance(each, MentoringMet)
    ]
    assert (met.id, met.subject, met.data.mentor) == (
        "h/mentored-by/email:bo@x.org",
        "email:ada@x.org",
        "email:bo@x.org",
    )
    assert met.team == "cargo"


def test_every_pair_of_identity_and_name_is_named_once_by_the_first_commit_that_bears_it() -> None:
    events = told(commit("1"), commit("2"), commit("3", author="A. Lovelace <ada@x.org>"))
    assert [(event.id, event.data.name) for event in events if isinstance(event, PersonNamed)] == [
        ("named/1/email:ada@x.org/Ada", "Ada"),
        ("named/3/email:ada@x.org/A. Lovelace", "A. Lovelace"),
    ]


def test_a_numbered_noreply_address_links_its_login_once() -> None:
    author = "Ada <5+ada@users.noreply.github.com>"
    links = [
        each for each in told(commit("1", author=author), commit("2", author=author)) if isinstance(each, PersonLinked)
    ]
    assert [(link.subject, link.data.person) for link in links] == [("github-login:ada", "github:5")]


def test_who_cannot_be_told_is_left_out_with_a_reason() -> None:
    assert told(commit("h", author="<>")) == [LeftOut("h", "its author has neither an address nor a name")]


@pytest.mark.parametrize("moment", [None, datetime(1970, 1, 1, tzinfo=UTC), ORIGIN.read_at + timedelta(days=2)])
def test_a_date_that_cannot_be_true_is_left_out_with_a_reason(moment: datetime | None) -> None:
    undated = replace(commit("h"), committed_at=moment, authored_at=None)
    assert list(translate(dated([Landed(undated, moment)], ORIGIN), ORIGIN)) == [
        LeftOut("h", "its date cannot be true")
    ]


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("github.com/rust-lang/cargo", "https://github.com/rust-lang/cargo/commit/h"),
        ("gitlab.com/a/b", "https://gitlab.com/a/b/-/commit/h"),
        ("cargo-log", None),
        ("example.org/a", None),
    ],
)
def test_pages_of_commits_are_known_for_known_hosts(name: str, url: str | None) -> None:
    assert Origin("rust", name, START).url("h") == url


def test_a_check_contains_what_it_asserts() -> None:
    check = checked(ORIGIN, day(3), 7)
    assert (check.id, check.time, check.data.found) == ("checked/2024-01-04T00:00:00+00:00/7", day(3), 7)
    assert check.data.source == check.source == ORIGIN.source


def test_commits_on_days_of_their_own_are_told_with_nobody_in_it() -> None:
    first, last, landing = date(2020, 2, 15), date(2023, 11, 15), date(2025, 1, 15)
    data = SourceDating(source=ORIGIN.source, why="landing", commits=48, first=first, last=last, on=landing)
    event = own_days(ORIGIN, data)
    assert (event.id, event.source, event.team) == (
        "dated/landing/2025-01-15/48/2020-02-15/2023-11-15",
        ORIGIN.source,
        "cargo",
    )
    assert event.time == datetime(2025, 1, 15, tzinfo=UTC)
    unknown = own_days(ORIGIN, data.model_copy(update={"on": None}))
    assert (unknown.id, unknown.time.date()) == ("dated/landing//48/2020-02-15/2023-11-15", last)
