"""What is behind a number, for whoever asks: people for those who may see them, published roles for everybody.

Of published roles everybody sees scopes, who leads them by account, with which share, and the grants; no names, no
addresses, and nothing that anybody contributed. Where leadership is judged by active seats, shares and strengths say
who worked lately: then everybody sees seats and grants alone.

Source: docs/privacy.md.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from infra.server.auth import Viewer
from infra.server.state import Explain, JsonObject, NumberPage, ServedCommunity
from projections.timeline.history import series
from reports.number_query import EVERYBODY, is_about_leadership

ACCOUNT = re.compile(r"(?:github|github-login|bugzilla):[^@%:]+|[a-z-]+:~[a-z2-7]{20}")
"""Identities that are an account in published roles, or a pseudonym: neither an address nor a name."""
HOUR = re.compile(r"\dT\d\d(:|%3A)\d\d", re.IGNORECASE)
"""The time of day in a moment: what is recorded by hand bears it in its id."""
DAY_LETTERS = len("2026-08-22")
ABOUT = ("metric", "labels", "as_of", "rule", "rests_on")


async def explained_for(
    viewer: Viewer, known: ServedCommunity, asked: NumberPage, explain: Explain
) -> JsonObject | None:
    """What is behind a number, as somebody may see it; nothing where they may not.

    A page of leaders comes with all scopes, and with `everybody`: what each leader is called, and their share.
    """
    sees = viewer.sees_people_of(known.name)
    if not is_about_leadership(asked.metric, asked.labels):
        return await explain(asked) if sees else None
    if not sees and not is_published(asked.metric, asked.labels, known.policy.judge_by):
        return None
    found = await explain(replace(asked, offset=0, limit=EVERYBODY))
    return found if sees else as_published(found, known, asked)


def page_of(found: JsonObject, asked: NumberPage) -> JsonObject:
    """The page of people that was asked for, where all of them were found."""
    if not is_about_leadership(asked.metric, asked.labels):
        return found
    return found | {"people": found["people"][asked.offset : asked.offset + asked.limit]}


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


def as_published(found: JsonObject, known: ServedCommunity, asked: NumberPage) -> JsonObject:
    """An explanation with published roles alone in it."""
    by_roles = known.policy.judge_by == "nominal"
    leaders = [one for one in found["people"] if "share" in one]
    scopes = found.get("scopes", []) if by_roles else []
    called = accounts([*(one["person"] for one in leaders), *(who for scope in scopes for who in scope["leaders"])])
    people = [_leader(one, called, shares=by_roles) for one in leaders]
    value = known.seen_by(Viewer()).value(series(asked.metric.removeprefix("tenfold_"), **found["labels"]), asked.as_of)
    shown = {
        "value": value,
        "because": found.get("because") if by_roles else None,
        "scopes": [_scope(scope, called) for scope in scopes] or None,
    }
    kept = {name: found[name] for name in ABOUT if name in found}
    kept |= {name: part for name, part in shown.items() if part is not None}
    return kept | {"total": len(people), "people": sorted(people, key=_called)}


def published_in(report: JsonObject) -> JsonObject:
    """Of a report, what published roles say beside the numbers."""
    scopes = report.get("scopes", [])
    called = accounts(who for scope in scopes for who in scope["leaders"])
    shown = {"leadership_because": report.get("leadership_because"), "scopes": [_scope(one, called) for one in scopes]}
    return {name: part for name, part in shown.items() if name in report}


def accounts(persons: Iterable[str]) -> Mapping[str, str]:
    """What everybody may call each of these people: their account, or a number where that is an address or a name."""
    found = sorted(set(persons))
    hidden = [one for one in found if not ACCOUNT.fullmatch(one)]
    return {one: one for one in found} | {one: f"not shown ({at})" for at, one in enumerate(hidden, 1)}


def _leader(found: Mapping[str, Any], called: Mapping[str, str], *, shares: bool) -> JsonObject:
    share = {"share": found["share"]} if shares else {}
    who = found["person"]
    account = {"account": found["account"]} if "account" in found and called[who] == who else {}
    return {
        "person": called[who],
        **account,
        "events": [],
        **share,
        "seats": [_seat(s) for s in found.get("seats", [])],
    }


def _called(found: Mapping[str, Any]) -> tuple[str, str]:
    return str(found.get("account", found["person"])).casefold(), str(found["person"])


def _seat(seat: JsonObject) -> JsonObject:
    """A seat without an id or a link that holds an address or an hour; the scope, the role and the day stay."""
    kept = {name: value for name, value in seat.items() if name not in ("event", "evidence") or not _tells(str(value))}
    return kept | {"granted_at": seat["granted_at"][:DAY_LETTERS]}


def _tells(text: str) -> bool:
    return any(sign in text for sign in ("@", "%40", "email:", "git-name:")) or bool(HOUR.search(text))


def _scope(scope: JsonObject, called: Mapping[str, str]) -> JsonObject:
    return scope | {"leaders": sorted(called[one] for one in scope["leaders"])}
