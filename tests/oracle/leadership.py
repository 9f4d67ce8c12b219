"""docs/definitions.md, *Leadership*: every number of a day, by family, and when each is absent."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from statistics import median

from tests.oracle import activity, goals
from tests.oracle import leadership_measures as measures
from tests.oracle import leadership_renewal as renewal
from tests.oracle.contributions import Known
from tests.oracle.days import before, end_of
from tests.oracle.leadership_balance import affiliations_known, by_organisation, of_basis, share, works_for
from tests.oracle.leadership_day import Leadership, observed
from tests.oracle.leadership_measures import Picture
from tests.oracle.leadership_verdict import verdicts
from tests.oracle.values import Values

BASES = ("volunteer", "paid", "both", "unknown")
STRENGTHS = ("vacant", "thin", "inherited", "covered")
VERDICTS = ("spreading", "steady", "concentrating", "unknown")
Number = tuple[str, Fraction | float, dict[str, str]]


def families(known: Known, values: Values, day: date) -> Iterator[Number]:
    """All of leadership; nothing before the day of the first word about roles."""
    if known.roles.began is None or day < known.roles.began:
        return
    asked = Leadership(known, values, day)
    yield from of_a_day(asked)
    yield from over_time(asked)


def of_a_day(asked: Leadership) -> Iterator[Number]:
    """What the seats of one day say."""
    yield "core_contributors_by_role", len({seat.person for seat in asked.held}), {}
    for seats, picture in (("nominal", asked.nominal), ("active", asked.active)):
        for family, value, labels in [*of_seats(picture), *by_basis(asked, picture)]:
            yield family, value, {"seats": seats} | labels
    yield from who_is_seen(asked)
    yield from exposures(asked)
    yield from volunteers(asked)
    if asked.judged.mass and asked.work:
        effective = measures.effective(asked.judged.mass.values())
        yield "contributors_per_effective_leader", len(asked.active_people(asked.day)) / effective, {}


def of_seats(picture: Picture) -> Iterator[Number]:
    """What is said of nominal and of active seats alike."""
    yield "leaders", len({seat.person for seat in picture.leadership_seats}), {}
    yield "leadership_seats", len(picture.leadership_seats), {}
    for strength in STRENGTHS:
        yield "scopes", list(picture.strengths.values()).count(strength), {"strength": strength}
    yield from defined("leadership_strength_ratio", picture.strength_ratio)
    yield from defined("leadership_strength_without_top_ratio", picture.strength_without_top_ratio)
    most = [sum(person in people for people in picture.leaders.values()) for person in people_of(picture)]
    yield from defined("scopes_per_leader_max", max(most, default=None))
    yield from distribution(list(picture.mass.values()))


def people_of(picture: Picture) -> set[str]:
    """Everybody who leads, by the seats in question."""
    return {seat.person for seat in picture.leadership_seats}


def distribution(masses: list[Fraction]) -> Iterator[Number]:
    """Measures over everybody's mass; without a leader there are none."""
    if masses:
        yield "effective_leaders", measures.effective(masses), {}
        yield "effective_leaders_entropy", measures.effective_by_entropy(masses), {}
        yield "leadership_concentration_ratio", measures.concentration(masses), {}
        yield "leadership_hhi", measures.hhi(masses), {}
        yield "leadership_gini_ratio", measures.gini(masses), {}
        yield "leadership_top_share_ratio", activity.exposure(masses), {}
        yield "leadership_absence_factor", activity.absence_factor(masses), {}


def by_basis(asked: Leadership, picture: Picture) -> Iterator[Number]:
    """Shares by basis wherever an affiliation was ever recorded; the elephant factor where enough is known."""
    if not (asked.known.affiliations and picture.mass):
        return
    for one in BASES:
        yield "leadership_share_ratio", share(picture.mass, of_basis(asked, set(picture.mass), {one})), {"basis": one}
    if affiliations_known(asked, picture.mass):
        masses = by_organisation(asked, picture.mass).values()
        yield "leadership_elephant_factor", activity.absence_factor(masses), {}


def who_is_seen(asked: Leadership) -> Iterator[Number]:
    """The share of observed seats, and leaders of whom nothing is known."""
    seats = asked.nominal.leadership_seats
    seen = sum(observed(seat.scope, asked.values) for seat in seats)
    yield from defined("leadership_observed_ratio", measures.ratio(seen, len(seats)))
    yield "leaders_without_known_work", len(asked.leaders - {one.person for one in asked.work}), {}


def over_time(asked: Leadership) -> Iterator[Number]:
    """The verdict, leadership's growth beside the community's, and renewal."""
    holds = verdicts(asked.reading, asked.known.roles.began or asked.day, asked.day)[-1]
    for one in VERDICTS:
        yield "leadership_verdict", one == holds, {"verdict": one}
    yield from defined("leadership_spread_ratio", spread(asked))
    yield from renewing(asked)


def spread(asked: Leadership) -> Fraction | None:
    """(EL(D)/EL(D₀)) / (active(D)/active(D₀)), D₀ = the goal's baseline_on, else D−365."""
    aim = goals.goal(asked.known.events, asked.day)
    start = before(asked.day, 365) if aim is None else aim.baseline_on
    if start > asked.day:
        return None
    now, then = asked.reading(asked.day).effective, asked.reading(start).effective
    active, active_then = len(asked.active_people(asked.day)), len(asked.active_people(start))
    if now is None or then is None or not active or not active_then:
        return None
    return (now / then) / Fraction(active, active_then)


def exposures(asked: Leadership) -> Iterator[Number]:
    """**Departure exposure**: the largest one's share of mass, and of covered scopes lost with them."""
    picture = asked.judged
    people = {seat.person for seat in picture.seats}
    persons = [frozenset({person}) for person in people]
    where = {person: works_for(asked, person) for person in people}
    organisations = [frozenset(p for p in people if where[p] == one) for one in set(where.values())]
    for unit, groups in (("person", persons), ("organisation", organisations)):
        if unit == "person" or (asked.known.affiliations and affiliations_known(asked, picture.mass)):
            if picture.mass:
                largest = max(share(picture.mass, set(group)) for group in groups)
                yield "departure_exposure_ratio", largest, {"unit": unit, "of": "leadership"}
            lost = measures.ratio(max(map(picture.lost, groups), default=0), len(picture.covered))
            yield from defined("departure_exposure_ratio", lost, unit=unit, of="scopes")


def volunteers(asked: Leadership) -> Iterator[Number]:
    """**volunteer representation** = volunteers' share of mass ÷ their share of active people.

    Needs the *basis* known for 70 % on both sides.
    """
    mass, active = asked.judged.mass, asked.active_people(asked.day)
    if not (mass and active and asked.known.affiliations):
        return
    known = {"volunteer", "paid", "both"}
    side = [share(mass, of_basis(asked, set(mass), known)), Fraction(len(of_basis(asked, active, known)), len(active))]
    volunteering = Fraction(len(of_basis(asked, active, {"volunteer"})), len(active))
    if min(side) >= asked.values.known_share and volunteering:
        leading = share(mass, of_basis(asked, set(mass), {"volunteer"}))
        yield "volunteer_representation_ratio", leading / volunteering, {}


def renewing(asked: Leadership) -> Iterator[Number]:
    """**Renewal**."""
    leaders = renewal.by_leader(asked.known.roles.terms, asked.day, asked.values)
    new = renewal.new_leaders(leaders, asked.day, asked.values)
    left = renewal.left_leaders(leaders, asked.day, asked.values)
    yield "new_leaders", len(new), {}
    yield "left_leaders", len(left), {}
    yield "renewal_balance_leaders", len(new) - len(left), {}
    newest = max(renewal.firsts(leaders).values(), default=None)
    yield from defined("last_new_leader_timestamp_seconds", newest.timestamp() if newest else None)
    tenures = renewal.tenures(leaders, asked.day)
    yield from defined("leader_tenure_median_seconds", median(tenures) if tenures else None)
    yield from defined("new_leaders_contributed_ratio", measures.ratio(contributed(asked, new), len(new)))
    began = asked.known.roles.mentoring_began
    if began is not None and began <= asked.day:
        yield from defined("new_leaders_mentored_ratio", measures.ratio(mentored(asked, new), len(new)))


def contributed(asked: Leadership, new: Mapping[str, datetime]) -> int:
    """How many contributed before the moment of the grant."""
    return sum(any(one.person == who and one.moment < at for one in asked.work) for who, at in new.items())


def mentored(asked: Leadership, new: Mapping[str, datetime]) -> int:
    """How many were mentored before the grant."""
    before_it = [(who, at) for who, at in asked.known.roles.mentored if at < end_of(asked.day)]
    return sum(any(one == who and met < at for one, met in before_it) for who, at in new.items())


def defined(family: str, value: Fraction | float | None, **labels: str) -> Iterator[Number]:
    """A number that is not defined on a day is absent, never 0."""
    if value is not None:
        yield family, value, labels
