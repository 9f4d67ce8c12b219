"""The worked numbers of docs/definitions.md that belong to leadership, of the oracle and of ours."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest

from events.envelope import Event
from projections.leadership.measures import distribution
from projections.policy.policy import CommunityPolicy, Organisations
from tests.oracle import leadership_measures as measures
from tests.oracle.activity import absence_factor, exposure
from tests.oracle.leadership import BASES, STRENGTHS
from tests.oracle.writing import contribution, declared, event, granted, linked, moment, revoked, seat_event
from tests.support import asking
from tests.support.asking import Ask

ask = asking.ask
"""The fixture that asks the oracle and us."""

X = (1000, 202, 90, 33, 332, 343, 42, 433)
DAY = date(2026, 8, 22)
NAMES = ("effective", "effective_entropy", "hhi", "concentration", "gini", "top_share", "absence_factor")
EXPECTED = {
    X: (4.1753, 5.2923, 2395.05, 0.1309, 0.4855, 1000 / 2475, 2),
    (1,): (1, 1, 10000, 1, 0, 1, 1),
    (5, 5): (2, 2, 5000, 0, 0, 0.5, 1),
    (1, 1, 1): (3, 3, 10000 / 3, 0, 0, 1 / 3, 2),
}
DIGITS = (4, 4, 2, 4, 4, 9, 0)
FAMILIES = (
    "effective_leaders",
    "effective_leaders_entropy",
    "leadership_hhi",
    "leadership_concentration_ratio",
    "leadership_gini_ratio",
    "leadership_top_share_ratio",
    "leadership_absence_factor",
)


def rounded(numbers: Sequence[float | Fraction]) -> list[float]:
    """To as many digits as the definitions give."""
    return [round(float(number), digits) for number, digits in zip(numbers, DIGITS, strict=True)]


def of_the_oracle(sizes: Sequence[int]) -> list[float | Fraction]:
    x = [Fraction(size) for size in sizes]
    by_mass = (measures.effective, measures.effective_by_entropy, measures.hhi, measures.concentration, measures.gini)
    return [*(measure(x) for measure in by_mass), exposure(x), absence_factor(x)]


def of_ours(sizes: Sequence[int]) -> list[float]:
    share = np.array([[size / sum(sizes)] for size in sizes])
    found = distribution(share)
    return [float(getattr(found, name)[0]) for name in NAMES]


@pytest.mark.parametrize("sizes", EXPECTED)
def test_measures_of_a_distribution(sizes: tuple[int, ...]) -> None:
    assert rounded(of_the_oracle(sizes)) == rounded(EXPECTED[sizes])
    assert rounded(of_ours(sizes)) == rounded(EXPECTED[sizes])


def test_people_without_mass_are_not_of_the_distribution() -> None:
    padded = np.array([[0.5, 0.0], [0.0, 1.0], [0.5, 0.0]])
    found = distribution(padded)
    assert [list(getattr(found, name)) for name in NAMES] == [
        [one, other] for one, other in zip(EXPECTED[5, 5], EXPECTED[1,], strict=True)
    ]


@pytest.mark.parametrize("sizes", EXPECTED)
def test_measures_through_events(ask: Ask, sizes: tuple[int, ...]) -> None:
    log = [granted(f"github:{place}", f"s{place}", "2026-08-01") for place in range(len(sizes))]
    policy = CommunityPolicy(scope_weights={f"s{place}": size for place, size in enumerate(sizes)})
    found = [ask(log, str(DAY), family, policy, seats="nominal") for family in FAMILIES]
    assert rounded([one for one in found if one is not None]) == rounded(EXPECTED[sizes])


def strengths(ask: Ask, log: Sequence[Event], day: str, seats: str = "nominal") -> dict[str, float]:
    """How many scopes are how strong, those that there are."""
    found = {one: ask(log, day, "scopes", seats=seats, strength=one) for one in STRENGTHS}
    return {strength: scopes for strength, scopes in found.items() if scopes}


def test_a_scope_is_as_strong_as_who_is_in_it(ask: Ask) -> None:
    owner, peer = granted("github:1", "a", "2020-01-01"), granted("github:2", "a", "2020-01-02", "peer")
    assert strengths(ask, [declared("a", "2020-01-01")], "2020-01-01") == {"vacant": 1}
    assert strengths(ask, [owner, peer], "2020-01-01") == {"thin": 1}
    assert strengths(ask, [owner, peer], "2020-01-02") == {"covered": 1}
    assert strengths(ask, [peer, granted("github:3", "a", "2020-01-01", "peer")], "2020-01-02") == {"thin": 1}
    assert strengths(ask, [owner, granted("github:2", "a", "2020-01-02", "member")], "2020-01-02") == {"covered": 1}
    assert strengths(ask, [owner, granted("github:1", "a", "2020-01-02", "member")], "2020-01-02") == {"thin": 1}
    assert strengths(ask, [granted("github:2", "a", "2020-01-02", "triager")], "2020-01-02") == {"vacant": 1}
    assert strengths(ask, [granted("github-team:a/b", "a", "2020-01-02")], "2020-01-02") == {}


def test_who_leads_the_parent_leads_what_has_no_leadership_seat(ask: Ask) -> None:
    log = [declared("a", "2020-01-01"), declared("a/b", "2020-01-01", "a"), declared("a/b/c", "2020-01-01", "a/b")]
    assert strengths(ask, log, "2020-01-01") == {"vacant": 1}  # the others are groupings
    led = [*log, granted("github:1", "a", "2020-01-02"), granted("github:2", "a/b/c", "2020-01-02", "member")]
    assert strengths(ask, led, "2020-01-02") == {"thin": 1, "inherited": 1}
    assert ask(led, "2020-01-02", "leadership_strength_ratio", seats="nominal") == 0
    own = [*led, granted("github:3", "a/b", "2020-01-03", "peer")]
    assert strengths(ask, own, "2020-01-03") == {"thin": 2, "inherited": 1}


def test_without_the_top_leader(ask: Ask) -> None:
    """`1` leads three scopes, two of them with a peer alone, one with another owner; nobody inherits anew."""
    scopes = {"a": ("peer",), "b": ("peer",), "c": ("owner", "peer")}
    log = [granted("github:1", scope, "2020-01-01") for scope in scopes]
    for place, (scope, roles) in enumerate(scopes.items(), start=2):
        log += [granted(f"github:{place}{role}", scope, "2020-01-01", role) for role in roles]
    assert ask(log, "2020-01-01", "leadership_strength_ratio", seats="nominal") == 1
    assert ask(log, "2020-01-01", "leadership_strength_without_top_ratio", seats="nominal") == pytest.approx(1 / 3)
    assert ask(log, "2020-01-01", "departure_exposure_ratio", unit="person", of="scopes") == pytest.approx(2 / 3)
    mass = (1 / 2 + 1 / 2 + 1 / 3) / 3
    assert ask(log, "2020-01-01", "departure_exposure_ratio", unit="person", of="leadership") == pytest.approx(mass)
    assert ask(log, "2020-01-01", "scopes_per_leader_max", seats="nominal") == 3


def test_of_several_top_leaders_the_one_that_matters_most(ask: Ask) -> None:
    log = [granted("github:1", "a", "2020-01-01"), granted("github:2", "b", "2020-01-01")]
    log += [granted("github:3", "b", "2020-01-01", "member")]
    assert ask(log, "2020-01-01", "leadership_strength_ratio", seats="nominal") == 0.5
    assert ask(log, "2020-01-01", "leadership_strength_without_top_ratio", seats="nominal") == 0


def test_an_active_seat_needs_work_no_leave_and_somewhere_to_be_seen(ask: Ask) -> None:
    log = [granted("github:1", "a", "2020-01-01"), granted("github:2", "b", "2020-01-01")]
    log += [contribution("github:1", "2020-03-01"), contribution("github:2", "2020-03-01", "bug_report")]
    days = ("2020-02-29", "2020-03-01", "2020-05-29", "2020-05-30")
    assert [ask(log, day, "leaders", seats="active") for day in days] == [0, 1, 1, 0]
    assert [ask(log, day, "leaders_without_known_work") for day in days] == [2, 0, 0, 0]
    unseen = CommunityPolicy(observed_scopes=("b",))
    assert ask(log, "2020-03-01", "leaders", unseen, seats="active") == 0
    assert ask(log, "2020-03-01", "leadership_observed_ratio", unseen) == 0.5
    away = [*log, seat_event("paused", "github:1", "a", "2020-03-10", "owner", until=moment("2020-03-12"))]
    days = ("2020-03-09", "2020-03-10", "2020-03-11", "2020-03-12")
    assert [ask(away, day, "leaders", seats="active") for day in days] == [1, 0, 0, 1]
    assert [ask(away, day, "leaders", seats="nominal") for day in days] == [2, 2, 2, 2]


def test_two_sources_and_two_identities_hold_one_seat(ask: Ask) -> None:
    log = [granted("github:1", "a", "2020-01-01"), granted("email:a@x.org", "a", "2020-01-05", source="roles:two")]
    log += [linked("email:a@x.org", "github:1", "2020-06-01"), revoked("github:1", "a", "2020-01-07")]
    assert [ask(log, f"2020-01-0{day}", "leadership_seats", seats="nominal") for day in (5, 6, 7, 8)] == [1, 1, 1, 1]
    assert ask(log, "2020-01-08", "leader_tenure_median_seconds") == 7.5 * 86400
    gone = [*log, revoked("email:a@x.org", "a", "2020-01-09", source="roles:two")]
    assert [ask(gone, f"2020-01-0{day}", "leaders", seats="nominal") for day in (8, 9)] == [1, 0]
    assert [ask(gone, day, "left_leaders") for day in ("2020-01-08", "2020-01-09", "2020-07-06", "2020-07-07")] == [
        0, 1, 1, 0,
    ]  # fmt: skip


def test_until_ends_a_seat_and_a_grant_prolongs_it(ask: Ask) -> None:
    log = [granted("github:1", "a", "2020-01-01", until=moment("2020-02-01"))]
    days = ("2020-01-31", "2020-02-01", "2020-02-29", "2020-03-01")
    assert [ask(log, day, "leaders", seats="nominal") for day in days] == [1, 0, 0, 0]
    longer = [*log, granted("github:1", "a", "2020-01-15", until=moment("2020-03-01"))]
    assert [ask(longer, day, "leaders", seats="nominal") for day in days] == [1, 1, 1, 0]
    assert ask(longer, "2020-02-29", "leader_tenure_median_seconds") == 59.5 * 86400
    assert ask(longer, "2020-02-29", "new_leaders") == 1


@pytest.mark.parametrize(("minute", "share"), [(-1, 1), (0, 0), (1, 0)])
def test_who_contributed_before_the_moment_of_the_grant_did(ask: Ask, minute: int, share: float) -> None:
    """Of the same day, by another identity of theirs, which a later link tells."""
    at = moment("2020-02-01")
    log = [granted("github:1", "a", at), contribution("email:a@x.org", at + timedelta(minutes=minute), "tea")]
    log += [contribution("email:a@x.org", "2020-02-02"), linked("email:a@x.org", "github:1", "2020-03-01")]
    assert ask(log, "2020-02-02", "new_leaders_contributed_ratio") == share


def test_records_that_begin_recruit_nobody(ask: Ask) -> None:
    log = [granted("github:1", "a", "2020-01-01", already_held=True), granted("github:1", "b", "2020-02-01")]
    assert ask(log, "2020-02-01", "new_leaders") == 0
    assert ask(log, "2020-02-01", "last_new_leader_timestamp_seconds") is None
    assert ask(log, "2020-02-01", "leader_tenure_median_seconds") == 31.5 * 86400
    log += [granted("github:2", "b", "2020-02-01"), contribution("github:2", "2020-01-31")]
    log += [event("mentoring.met", "2020-02-02", {"mentor": "github:1"}, "met", subject="github:2")]
    days = ("2020-01-31", "2020-02-01", "2020-07-29", "2020-07-30")
    assert [ask(log, day, "new_leaders") for day in days] == [0, 1, 1, 0]
    assert [ask(log, day, "new_leaders_contributed_ratio") for day in days] == [None, 1, 1, None]
    assert [ask(log, day, "new_leaders_mentored_ratio") for day in days] == [None, None, 0, None]
    assert ask(log, days[1], "last_new_leader_timestamp_seconds") == moment("2020-02-01").timestamp()


def test_scopes_in_a_circle_still_weigh(ask: Ask) -> None:
    log = [declared("a", "2020-01-01", "b"), declared("b", "2020-01-02", "a"), declared("c", "2020-01-02", "c")]
    log += [granted("github:1", scope, "2020-01-02") for scope in ("a", "b")] + [granted("github:2", "c", "2020-01-02")]
    assert ask(log, "2020-01-02", "effective_leaders", seats="nominal") == pytest.approx(2)


def test_a_source_that_is_withdrawn_gave_no_seats(ask: Ask) -> None:
    log = [granted("github:1", "a", "2020-01-01", source="roles:wrong"), granted("github:2", "a", "2020-01-03")]
    log += [declared("x", "2020-01-01", source="roles:wrong")]
    log += [event("source.withdrawn", "2021-01-01", {"source": "roles:wrong"}, "gone", source="by-hand")]
    assert ask(log, "2020-01-02", "leaders", seats="nominal") is None
    assert ask(log, "2020-01-03", "leaders", seats="nominal") == 1
    assert strengths(ask, log, "2020-01-03") == {"thin": 1}


def test_paid_and_volunteer(ask: Ask) -> None:
    log = [granted(f"github:{who}", f"s{who}", "2020-01-01") for who in range(4)]
    log += [contribution(f"github:{who}", "2020-01-01") for who in range(5)]
    companies = (("Acme", "paid"), ("ACME Inc.", "paid"), ("Self", "unknown"), ("Initech", "unknown"))
    for who, (organisation, basis) in enumerate(companies):
        data = {"organisation": organisation, "basis": basis, "since": DAY.replace(year=2019)}
        log.append(event("person.affiliated", "2020-01-01", data, f"a{who}", subject=f"github:{who}"))
    share = {basis: ask(log, "2020-01-01", "leadership_share_ratio", seats="nominal", basis=basis) for basis in BASES}
    assert share == {"volunteer": 0.25, "paid": 0.5, "both": 0, "unknown": 0.25}
    assert ask(log, "2020-01-01", "leadership_elephant_factor", seats="nominal") == 1
    assert ask(log, "2020-01-01", "departure_exposure_ratio", unit="organisation", of="leadership") == 0.5
    assert ask(log, "2020-01-01", "volunteer_representation_ratio") is None  # known for 3 of 5 who are active
    known = CommunityPolicy(organisations=Organisations(basis={"initech llc": "both"}))
    assert ask(log, "2020-01-01", "volunteer_representation_ratio", known) == pytest.approx(0.25 / 0.2)


def leading(people: int, day: str) -> list[Event]:
    """So many people, each with a scope of their own."""
    return [granted(f"github:{who}", f"s{who}", day) for who in range(people)]


def test_the_verdict_needs_a_year_and_then_twenty_eight_days(ask: Ask) -> None:
    """Twenty lead, 23 after 400 days, 21 after 500, 17 after 600; each year ago is twenty until 765 days are over."""
    start = date(2020, 1, 1)
    log = leading(20, str(start))
    log += [granted(f"github:{who}", f"s{who}", start + timedelta(days=400)) for who in (20, 21, 22)]
    log += [revoked(f"github:{who}", f"s{who}", start + timedelta(days=500)) for who in (21, 22)]
    log += [revoked(f"github:{who}", f"s{who}", start + timedelta(days=600)) for who in (20, 19, 18, 17)]
    days = {364: "unknown", 365: "steady", 426: "steady", 427: "spreading", 526: "spreading", 599: "spreading"}
    days |= {626: "spreading", 627: "concentrating", 700: "concentrating"}
    for day, verdict in days.items():
        assert ask(log, str(start + timedelta(days=day)), "leadership_verdict", verdict=verdict) == 1, day


def test_concentrating_when_a_quarter_of_the_scopes_rests_on_one(ask: Ask) -> None:
    """Four scopes of two owners and a member, twenty of one owner; then one of the four loses an owner."""
    log = [granted(f"github:{scope}{who}", f"s{scope}", "2020-01-01") for scope in range(4) for who in range(2)]
    log += [granted(f"github:9{scope}", f"s{scope}", "2020-01-01", "member") for scope in range(4)]
    log += [granted(f"github:8{scope}", f"t{scope}", "2020-01-01") for scope in range(20)]
    assert ask(log, "2021-02-01", "leadership_verdict", verdict="steady") == 1
    alone = [*log, revoked("github:01", "s0", "2020-12-01")]
    assert ask(alone, "2020-12-31", "leadership_strength_without_top_ratio", seats="nominal") == 3 / 24
    assert ask(alone, "2020-12-31", "effective_leaders", seats="nominal") == pytest.approx(24**2 / (21 + 6 / 4))
    for day, verdict in (("2020-12-31", "concentrating"), ("2021-11-30", "concentrating"), ("2021-12-28", "steady")):
        assert ask(alone, day, "leadership_verdict", verdict=verdict) == 1, day
