"""What everybody sees of published roles: scopes, who leads them by account, with which share, and the grants.

No names, no addresses, and nothing that anybody contributed. Where leadership is judged by active seats, shares and
strengths say who worked lately: then everybody sees seats and grants alone.

Source: docs/privacy.md.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from reports.explanation import Explained, Person, Seat
from reports.leadership.scopes import Scope
from reports.viewer import accounts

HOUR = re.compile(r"\dT\d\d(:|%3A)\d\d", re.IGNORECASE)
"""The time of day in a moment: what is recorded by hand bears it in its id."""


def is_published(metric: str, labels: Mapping[str, str], judge_by: str) -> bool:
    """Whether a number about leadership rests on published roles, and not on what their holders do.

    With whom most would go is told by the seats that leadership is judged by.
    """
    return (
        metric != "tenfold_leaders_without_known_work"
        and labels.get("seats", "nominal") == "nominal"
        and labels.get("unit", "person") == "person"
        and ("unit" not in labels or judge_by == "nominal")
    )


def as_published(found: Explained, value: float | str | None, judge_by: str) -> Explained:
    """An explanation with published roles alone in it.

    Args:
        found: What is behind a number, all its people.
        value: The number as everybody may see it.
        judge_by: The seats that leadership is judged by.
    """
    by_roles = judge_by == "nominal"
    leaders = [one for one in found.people if one.share is not None]
    shown = (found.scopes or ()) if by_roles else ()
    called = accounts([*(one.person for one in leaders), *(who for scope in shown for who in scope.leaders)])
    people = [_leader(one, called, shares=by_roles) for one in leaders]
    kept = {
        "value": value,
        "because": found.because if by_roles else None,
        "scopes": published_scopes(shown, called) or None,
        "told": None,
        "held": None,
        "dated": None,
        "total": len(people),
        "people": sorted(people, key=_called),
    }
    return found.model_copy(update=kept)


def published_scopes(scopes: Sequence[Scope], called: Mapping[str, str] | None = None) -> list[Scope]:
    """Scopes with their leaders by account."""
    called = called or accounts(who for scope in scopes for who in scope.leaders)
    return [replace(one, leaders=sorted(called[who] for who in one.leaders)) for one in scopes]


def _leader(found: Person, called: Mapping[str, str], *, shares: bool) -> Person:
    who = found.person
    account = found.account if called[who] == who else None
    seats = list(map(_seat, found.seats or ()))
    return Person(called[who], account=account, share=found.share if shares else None, seats=seats)


def _called(found: Person) -> tuple[str, str]:
    return (found.account or found.person).casefold(), found.person


def _seat(seat: Seat) -> Seat:
    """A seat without an id or a link that holds an address or an hour; the scope, the role and the day stay."""
    event, evidence = (None if one and _tells(one) else one for one in (seat.event, seat.evidence))
    return replace(seat, granted_at=_day(seat.granted_at), event=event, evidence=evidence)


def _day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _tells(text: str) -> bool:
    return any(sign in text for sign in ("@", "%40", "email:", "git-name:")) or bool(HOUR.search(text))
