"""Leadership as people read it, from events to the sentence."""

from datetime import date, timedelta

import pytest

from events.envelope import Event
from infra import report_text
from infra.active_seats import known_of, shown
from infra.leadership import Leadership, leadership, scopes, terms
from infra.report_text import Report
from infra.server.disclosure import everything, public
from projections.community.fold import change_of
from projections.community.state import Community
from projections.history import series
from projections.leadership.opened import opened
from projections.leadership.shown import ScopeShown
from projections.policy import CommunityPolicy
from projections.report import build, led
from tests.oracle.writing import COMMUNITY, contribution, declared, event, granted, revoked

BEGIN, DAY = date(2024, 1, 1), date(2026, 8, 22)
RECENT = DAY - timedelta(days=20)
OWNERS = ("github:1", "github:2")


def two_scopes(*more: Event) -> list[Event]:
    """Two people lead two scopes each since 2024; eight people work."""
    roles = [granted(who, scope, BEGIN) for who in OWNERS for scope in ("a", "b")]
    work = [
        contribution(f"github:{who}", day) for who in range(1, 9) for day in (BEGIN, DAY - timedelta(days=370), RECENT)
    ]
    return [*roles, *work, *more]


def counted(events: list[Event], policy: CommunityPolicy) -> Community:
    community = Community(COMMUNITY, policy)
    community.apply(change_of(events))
    return community


def told(
    events: list[Event], policy: CommunityPolicy | None = None, day: date = DAY, *, by_public: bool = False
) -> Leadership | None:
    policy = policy or CommunityPolicy()
    community = counted(events, policy)
    history = community.history(DAY)
    leads = led(history, policy, day, community.joined)
    seen = public(history, policy.headline_window_days, policy.judge_by) if by_public else everything(history)
    return leadership(seen, day, leads, policy, known_of(history, day), COMMUNITY)


def text(events: list[Event], policy: CommunityPolicy) -> str:
    community = counted(events, policy)
    history = community.history(DAY)
    leads = led(history, policy, DAY, community.joined)
    return report_text.text(Report(COMMUNITY, history, DAY, policy, led=leads), numbers=True)


def sentence(found: Leadership | None) -> str:
    assert found is not None
    return found.verdict.sentence


def test_the_second_sentence_sets_leaders_beside_contributors_now_and_a_year_ago() -> None:
    assert sentence(told(two_scopes())) == (
        "Steady: 2.0 effective leaders for 8 contributors, was 2.0 for 8 a year ago"
    )


def test_leadership_that_spreads_says_so() -> None:
    more = [granted(f"github:{who}", scope, "2026-01-05") for who, scope in ((3, "a"), (4, "b"))]
    assert sentence(told(two_scopes(*more))).startswith("Spreading: 3.6 effective leaders")


def test_leadership_that_concentrates_on_one_says_on_how_much() -> None:
    found = told(two_scopes(*[revoked("github:2", scope, "2026-01-05") for scope in ("a", "b")]))
    assert sentence(found).startswith("Concentrating: 1.0 effective leaders")
    assert found is not None
    assert found.because.startswith("1.0 effective leaders against 2.0 on 22 Aug 2025 (−50 %)")


def test_unknown_says_why() -> None:
    found = told([granted("github:1", "a", "2026-03-01"), contribution("github:1", RECENT)])
    assert sentence(found) == (
        "Unknown: a verdict needs a year of documented roles; now 1.0 effective leaders for 1 contributor"
    )
    nobody = told([declared("a", "2024-03-01"), contribution("github:1", RECENT)])
    assert sentence(nobody).endswith("and nobody leads now")


@pytest.mark.parametrize("day", [DAY, BEGIN])
def test_nothing_is_told_where_no_role_was_recorded(day: date) -> None:
    events = [contribution("github:1", BEGIN), contribution("github:1", RECENT)]
    assert told(events, day=day) is None
    words = text(events, CommunityPolicy())
    assert "eader" not in words
    report = build(counted(events, CommunityPolicy()).joined, counted(events, CommunityPolicy()).history(DAY), DAY)
    assert not {"leadership_verdict", "leadership_because", "scopes"} & report.as_json().keys()


def test_nothing_is_told_of_days_before_the_first_role() -> None:
    events = [*two_scopes(), contribution("github:1", "2020-01-01")]
    assert told(events, day=date(2023, 12, 31)) is None
    assert told(events, day=BEGIN) is not None


def test_the_report_says_the_same_as_the_page() -> None:
    policy, community = CommunityPolicy(), counted(two_scopes(), CommunityPolicy())
    history = community.history(DAY)
    report, page = build(community.joined, history, DAY), told(two_scopes(), policy)
    assert page is not None
    assert (report.leadership_verdict, report.leadership_because) == ("steady", page.because)
    json = report.as_json()
    assert json["leadership_verdict"] == "steady"
    assert [(one["scope"], one["strength"], one["leaders"]) for one in json["scopes"]] == [
        ("a", "covered", list(OWNERS)),
        ("b", "covered", list(OWNERS)),
    ]


def test_scopes_that_lack_something_come_first() -> None:
    found = told(
        two_scopes(
            granted("github:5", "c", "2025-01-01"), declared("d", "2025-01-01"), declared("e", "2025-01-01", "a")
        )
    )
    assert found is not None
    assert [(one.name, one.strength, one.lacks) for one in found.weak] == [
        ("d", "vacant", "an owner and a second person"),
        ("c", "thin", "a second person"),
    ]
    assert [(one.name, one.strength, one.led_from) for one in found.others] == [
        ("a", "covered", ""),
        ("b", "covered", ""),
        ("e", "inherited", "a"),
    ]


def test_an_inherited_scope_is_led_from_the_nearest_that_is_led_and_no_cycle_hangs() -> None:
    def scope(name: str, parent: str | None, leaders: list[str]) -> ScopeShown:
        return ScopeShown(name, parent, "inherited", leaders, "")

    found = scopes([scope("c", "b", []), scope("b", "a", []), scope("a", None, ["github:1"])])
    assert [one.led_from for one in found] == ["", "a", "a"]
    assert [one.led_from for one in scopes([scope("a", "b", []), scope("b", "a", [])])] == ["", ""]


def test_renewal_is_told_in_a_few_numbers() -> None:
    more = [granted("github:3", "a", "2026-08-02"), *[revoked("github:2", scope, "2026-07-05") for scope in ("a", "b")]]
    found = told(two_scopes(*more))
    assert found is not None
    assert [(one.title, one.value) for one in found.facts] == [
        ("last new leader", "2 Aug 2026"),
        ("new in 180 days", "1"),
        ("left in 180 days", "1"),
        ("renewal balance", "0"),
    ]


NARROW = CommunityPolicy(observed_scopes=("a",))


def test_who_cannot_be_seen_is_never_called_idle() -> None:
    found = told(two_scopes(), NARROW)
    assert found is not None
    assert found.note is not None
    assert "withheld: contributions can be seen in the scopes of 2 of 4 leadership seats" in found.note.text
    assert ["observed_scopes" in way for way in found.note.ways] == [True]
    words = text(two_scopes(), NARROW)
    assert "active seats" not in words.replace("Numbers over active seats", "")
    assert "all seats" in words


def test_leaders_of_all_scopes_beside_contributors_of_some_are_said_to_be_just_that() -> None:
    assert sentence(told(two_scopes(), NARROW)) == (
        "Steady: 2.0 effective leaders for 8 contributors, was 2.0 for 8 a year ago"
        "; leaders are those of all scopes, contributors those of the observed ones alone"
    )
    late = [granted("github:1", "a", "2026-03-01"), contribution("github:1", RECENT)]
    assert sentence(told(late, CommunityPolicy(observed_scopes=()))).endswith("of the observed ones alone")


def test_leaders_without_known_work_are_asked_for() -> None:
    strangers = [granted(f"github-login:x{who}", "a", BEGIN) for who in range(3)]
    found = told(two_scopes(*strangers))
    assert found is not None
    assert found.note is not None
    assert "2 of 5 leaders have a known contribution" in found.note.text
    assert f"tenfold people unseen --community {COMMUNITY}" in found.note.ways[0]


def test_where_enough_is_known_active_seats_are_shown_and_suggested() -> None:
    found = told(two_scopes())
    assert found is not None
    assert found.note is not None
    assert 'judge_by = "active"' in found.note.ways[0]
    assert "active seats" in text(two_scopes(), CommunityPolicy())
    judged = told(two_scopes(), CommunityPolicy(judge_by="active"))
    assert judged is not None
    assert judged.note is not None
    assert not judged.note.ways
    assert judged.judged_by == "active seats"


def test_a_policy_that_judges_by_seats_nobody_sees_gets_no_sentence() -> None:
    found = told(two_scopes(), CommunityPolicy(observed_scopes=("a",), judge_by="active"))
    assert sentence(found).startswith("Withheld: ")
    assert found is not None
    assert not found.drawn
    assert (found.because, found.weak, found.others) == ("", [], [])


def test_samples_that_rest_on_active_seats_go_with_what_is_known() -> None:
    policy = CommunityPolicy()
    community = counted(two_scopes(), policy)
    history = community.history(DAY)
    samples = history.on(DAY)
    assert shown(samples, known_of(history, DAY), policy) == samples
    kept = shown(samples, None, policy)
    assert {one.labels.get("seats") for one in kept} == {None, "nominal"}
    by_active = {one.name for one in shown(samples, None, CommunityPolicy(judge_by="active"))}
    assert {one.name for one in kept} - by_active == {
        "tenfold_contributors_per_effective_leader",
        "tenfold_leadership_spread_ratio",
    }
    assert "tenfold_new_leaders" in by_active


def test_the_public_hears_of_published_roles_and_not_of_who_works() -> None:
    nominal = told(two_scopes(), by_public=True)
    assert sentence(nominal) == "Steady: 2.0 effective leaders for 8 contributors, was 2.0 for 8 a year ago"
    active = told(two_scopes(), CommunityPolicy(judge_by="active"), by_public=True)
    assert sentence(active) == "Steady: over too few people to say by how much"
    assert active is not None
    assert (active.because, active.weak, active.others) == ("", [], [])


def test_a_text_report_gives_both_answers_and_keeps_to_the_screen() -> None:
    words = text(two_scopes(declared("a-scope-with-a-long-name" * 2, "2025-01-01", "a" * 60)), NARROW)
    lines = words.splitlines()
    assert lines[0] == f"{COMMUNITY}, 22 Aug 2026: are we growing, and is our leadership spreading?"
    assert "\n  Leadership: steady. It is spread as if 2.0 people shared it equally" in words
    assert "Other numbers" not in words, "every family has a title and a group"
    assert max(map(len, lines)) <= 120
    assert max(len(line) for line in lines if "a-scope" not in line) <= 80


def test_behind_a_number_stand_the_leaders_it_speaks_of_with_their_seats() -> None:
    newer = [granted("github:3", "c", "2026-08-02"), declared("d", "2026-08-02")]
    community = counted(two_scopes(*newer), CommunityPolicy())
    history = community.history(DAY)

    def people(family: str, **labels: str) -> dict[str, list[str]]:
        found = opened(community.joined, history, family, labels, DAY)
        return {name: [seat.scope for seat in one.seats] for name, one in found.leaders.items()}

    assert people("new_leaders") == people("renewal_balance_leaders") == {"github:3": ["c"]}
    assert not opened(community.joined, history, "new_leaders", {}, DAY).scopes, "renewal is about people"
    assert people("scopes", strength="thin") == {"github:3": ["c"]}
    assert people("scopes", strength="vacant") == {}
    assert people("effective_leaders").keys() == {*OWNERS, "github:3"}


def test_behind_a_number_over_active_seats_stand_those_who_lead_and_work_where_it_can_be_seen() -> None:
    away = event("role.paused", "2026-07-01", {"role": "owner", "scope": "a"}, "away", subject="github:1")
    more = [away, granted("github:9", "a", BEGIN), granted("github:1", "c", BEGIN)]
    community = counted(two_scopes(*more), CommunityPolicy(observed_scopes=("a", "c")))
    history = community.history(DAY)
    found = opened(community.joined, history, "effective_leaders", {"seats": "active"}, DAY)
    seats = {name: [(seat.scope, one.share) for seat in one.seats] for name, one in found.leaders.items()}
    assert seats == {"github:1": [("c", 0.5)], "github:2": [("a", 0.5)]}
    assert [(one.scope, one.strength, list(one.leaders), one.lacks) for one in found.scopes] == [
        ("a", "thin", ["github:2"], "a second person"),
        ("c", "thin", ["github:1"], "a second person"),
    ]
    everybody = opened(community.joined, history, "effective_leaders", {"seats": "nominal"}, DAY)
    assert everybody.leaders.keys() == {*OWNERS, "github:9"}


def test_behind_what_would_go_with_one_stands_who_that_is_and_which_scopes() -> None:
    more = [granted(f"github:{who}", "b", BEGIN) for who in (3, 4)]
    more += [granted("github:5", "c", BEGIN), granted("github:6", "c", BEGIN, "member")]
    more += [granted("github:7", "d", BEGIN, "member")]
    community = counted(two_scopes(*more), CommunityPolicy())
    history = community.history(DAY)

    def found(family: str, **labels: str) -> tuple[set[str], list[str]]:
        told = opened(community.joined, history, family, labels, DAY)
        return set(told.leaders), [f"{one.scope} {one.deputies}" for one in told.scopes]

    exposed = found("departure_exposure_ratio", unit="person", of="scopes")
    assert exposed == ({*OWNERS, "github:5", "github:6"}, ["a 0", "c 1"]), "each would leave one of three"
    assert history.value(series("departure_exposure_ratio", unit="person", of="scopes"), DAY) == pytest.approx(1 / 3)
    assert found("departure_exposure_ratio", unit="person", of="leadership")[0] == {"github:5"}
    assert found("leadership_top_share_ratio", seats="nominal")[0] == {"github:5"}
    assert found("scopes_per_leader_max", seats="nominal") == (set(OWNERS), ["a 0", "b 0", "c 1", "d 1"])


def test_which_new_leaders_contributed_is_not_told_where_most_cannot_be_seen() -> None:
    policy, found = CommunityPolicy(observed_scopes=("a",)), "New leaders who contributed before"
    new = [granted("github:3", "c", "2026-08-02"), contribution("github:3", "2026-08-01")]
    assert found not in text(two_scopes(*new), policy)
    assert found in text(two_scopes(*new), CommunityPolicy())


def test_a_verdict_about_to_change_says_what_the_day_reads_and_for_how_long() -> None:
    left = [revoked("github:2", scope, DAY - timedelta(days=11)) for scope in ("a", "b")]
    found = told(two_scopes(*left))
    assert found is not None
    assert found.verdict.word == "Steady"
    assert found.because.endswith("; it now reads concentrating, for the 12th day, and a verdict changes after 28")
    earlier = told(two_scopes(*left), day=DAY - timedelta(days=12))
    assert earlier is not None
    assert "reads" not in earlier.because


@pytest.mark.parametrize(
    ("family", "labels", "words"),
    [
        ("new_leaders", {}, "The renewal period is 180 days."),
        ("leadership_spread_ratio", {}, "People are active within 90 days."),
        ("effective_leaders", {"seats": "nominal"}, ""),
        ("effective_leaders", {"seats": "active"}, "A seat is active while its holder worked within 90 days."),
    ],
)
def test_a_number_is_explained_with_its_window(family: str, labels: dict[str, str], words: str) -> None:
    assert terms(f"tenfold_{family}", labels, CommunityPolicy()) == words
