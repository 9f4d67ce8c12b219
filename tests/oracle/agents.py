"""docs/definitions.md, *Activity*, Declared agents: over the work up to the end of the day asked about."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tests.oracle import activity
from tests.oracle.contributions import Known
from tests.oracle.days import before, day_of
from tests.oracle.people import of_type
from tests.oracle.values import Values

Number = tuple[str, Fraction | int, dict[str, str]]


def families(known: Known, values: Values, day: date) -> Iterator[Number]:
    """Volume is person-days; of these the share on which an agent was declared, absent before anybody ever did."""
    work = [one for one in known.work if one.day <= day]
    if not work:
        return
    days = activity.active_days(work)
    people = activity.active(days, day, values.headline, values.min_contributions)
    first = before(day, values.headline - 1)
    volume = {(one, when) for one in people for when in days[one] if when >= first}
    yield "work_volume", len(volume), {}
    declared = declared_days(known)
    if any(when <= day and when in days.get(one, ()) for one, when in declared):
        those = volume & declared
        if volume:
            yield "agent_assisted_ratio", Fraction(len(those), len(volume)), {}
        yield "agent_assisted_contributors", len({one for one, _ in those}), {"window_days": str(values.headline)}


def declared_days(known: Known) -> set[tuple[str, date]]:
    """Person and day of every declaration by a human whose contribution was not taken back."""
    gone = {
        (event.data.retracts.source, event.data.retracts.id)
        for event in of_type(known.events, "contribution.retracted")
    }
    return {
        (known.person.get(event.subject, event.subject), day_of(event.time))
        for event in of_type(known.said, "agent.declared")
        if event.subject in known.humans and (event.data.contribution.source, event.data.contribution.id) not in gone
    }
