"""Small logs of work in teams and with others, written by hand: one line per event."""

from datetime import date, timedelta
from typing import Any

from events.envelope import Event
from tests.oracle.writing import contribution, event

DAY = date(2026, 8, 22)


def back(days: int) -> date:
    """So many days before the day asked about."""
    return DAY - timedelta(days=days)


def work(who: int, team: str | None, days_back: int, kind: str = "commit") -> Event:
    """Somebody worked in a team, so many days before."""
    return contribution(f"github:{who}", back(days_back), kind, id_=f"{who} {team} {days_back} {kind}", team=team)


def together(kind: str, days_back: int, partner: str = "moss", **more: Any) -> Event:
    """A relationship of the community, or of a team."""
    data = {"with": partner, "nature": "we share a build"}
    return event(f"relationship.{kind}", back(days_back), data, f"{kind} {partner} {days_back} {more}", **more)


def held(kind: str, days_back: int, **data: Any) -> Event:
    """An engagement, so many days before."""
    named = {"kind": kind, "url": "https://example.org/report"} | data
    return event("engagement.held", back(days_back), named, f"{kind} {days_back} {data}")


def paid(who: int, basis: str, since: str = "2020-01-01") -> Event:
    """Somebody works for Acme."""
    data = {"organisation": "Acme", "basis": basis, "since": date.fromisoformat(since)}
    return event("person.affiliated", "2020-01-01", data, f"{who} {basis} {since}", subject=f"github:{who}")
