"""A made-up community with every family of this release, drawn from smooth curves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, replace
from datetime import date

import httpx
import numpy as np
from fastapi import FastAPI

from infra.server.sessions import Session
from infra.server.state import JsonObject, NumberPage, ServedCommunity
from projections.metrics.drilldown import ScopeShown
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import number_of
from projections.timeline.history import History, Series, Values, series
from reports.number_query import is_about_leadership
from reports.report import Led, led

TODAY = date(2026, 11, 22)
OPERATOR, LEAD, OTHER_LEAD = "operator-token-0001", "lead-token-of-rust-1", "lead-token-of-other"
SCRAPER = "token-of-the-scraper"

FIRST_DAY = date(2020, 3, 2)
DAYS = 2457
LAST_DAY = date(2026, 8, 22)
"""Nothing was read after it."""


def _active(scale: float) -> Values:
    day = np.arange(DAYS)
    values: Values = np.round(scale * (6 + day / 60 + 3 * np.sin(day * 2 * np.pi / 365.25)))
    return values


def _windows() -> dict[Series, Values]:
    found: dict[Series, Values] = {}
    for window, scale in ((30, 0.6), (90, 1.0), (365, 2.2)):
        active = _active(scale)
        before = np.concatenate([np.zeros(window), active[:-window]])
        new = np.round(active * 0.35)
        returned = np.round(active * 0.1)
        found |= {
            series("active_contributors", window_days=window): active,
            series("recurring_contributors", window_days=window): np.round(active * 0.55),
            series("new_contributors", window_days=window): new,
            series("returned_contributors", window_days=window): returned,
            series("lapsed_contributors", window_days=window): before + new + returned - active,
            series("newcomers", window_days=window): np.round(active * 0.4),
            series("contributions", window_days=window): active * 11,
            series("retention_ratio", window_days=window): np.where(before > 0, 0.61, np.nan),
        }
    return found


def made_up_history() -> History:
    active = _active(1.0)
    weekly = np.round(active * 0.4 + 2 * np.sin(np.arange(DAYS) / 9))
    judged = np.arange(DAYS) > 91 * 7
    goal = np.full(DAYS, np.nan)
    goal[-600:] = 30 * 10 ** (np.arange(600) / 1826)
    known: dict[Series, Values] = _windows() | {
        series("excluded_contributions", reason="bot"): np.full(DAYS, 41.0),
        series("excluded_contributions", reason="agent"): np.full(DAYS, 3.0),
        series("weekly_contributors"): weekly,
        series("growth_change_ratio"): np.where(judged, 0.18, np.nan),
        series("growth_change_low_ratio"): np.where(judged, 0.08, np.nan),
        series("growth_change_high_ratio"): np.where(judged, 0.29, np.nan),
        series("core_contributors_by_volume"): np.round(active * 0.2),
        series("regular_contributors_by_volume"): np.round(active * 0.3),
        series("casual_contributors_by_volume"): active - np.round(active * 0.2) - np.round(active * 0.3),
        series("contributor_absence_factor"): np.full(DAYS, 3.0),
        series("newcomer_share_ratio"): np.full(DAYS, 0.34),
        series("growth_corrections", window_days=90): np.zeros(DAYS),
        series("goal_baseline_contributors"): np.where(np.isnan(goal), np.nan, 30.0),
        series("goal_target_contributors"): goal,
        series("growth_ratio", coverage="same_sources"): np.where(np.isnan(goal), np.nan, active / 30),
        series("growth_ratio", coverage="all"): np.where(np.isnan(goal), np.nan, active / 30),
        series("growth_path_ratio"): active / goal,
        series("goal_due_timestamp_seconds"): np.where(np.isnan(goal), np.nan, 1893456000.0),
        series("source_checked_timestamp_seconds", source="git:rust-lang/cargo"): _moments(),
        series("source_last_event_timestamp_seconds", source="git:rust-lang/cargo"): _moments(),
    }
    known |= _leadership()
    for verdict in ("growing", "flat", "shrinking", "unknown"):
        holds = judged if verdict == "growing" else ~judged if verdict == "unknown" else judged & False
        known[series("growth_verdict", verdict=verdict)] = holds.astype(float)
    return History(FIRST_DAY, known)


def _leadership() -> dict[Series, Values]:
    """Roles since the 500th day: 31 leaders, of whom 12 work where it can be seen."""
    since = np.where(np.arange(DAYS) >= 500, 1.0, np.nan)
    told = since * (np.arange(DAYS) >= 500 + 365)
    found = {
        series("core_contributors_by_role"): since * 44,
        series("leadership_observed_ratio"): since * 0.4,
        series("leaders_without_known_work"): since * 12,
        series("contributors_per_effective_leader"): since * 4.2,
        series("leadership_spread_ratio"): since * 0.96,
        series("new_leaders"): since * 3,
        series("left_leaders"): since * 1,
        series("renewal_balance_leaders"): since * 2,
        series("last_new_leader_timestamp_seconds"): since * _moments(),
        series("leader_tenure_median_seconds"): since * 86400 * 900,
        series("new_leaders_contributed_ratio"): since * 0.5,
        series("departure_exposure_ratio", unit="person", of="leadership"): since * 0.11,
        series("departure_exposure_ratio", unit="person", of="scopes"): since * 0.09,
        series("leadership_verdict", verdict="unknown"): since - told,
        series("leadership_verdict", verdict="steady"): told,
        series("leadership_verdict", verdict="spreading"): since * 0,
        series("leadership_verdict", verdict="concentrating"): since * 0,
    }
    for seats, leaders in (("nominal", 31.0), ("active", 12.0)):
        found |= {
            series("leaders", seats=seats): since * leaders,
            series("leadership_seats", seats=seats): since * leaders * 2,
            series("effective_leaders", seats=seats): since * (leaders / 3 + np.arange(DAYS) / 1000),
            series("leadership_strength_ratio", seats=seats): since * 0.5,
            series("leadership_strength_without_top_ratio", seats=seats): since * 0.25,
        }
        for strength, scopes in (("covered", 2.0), ("thin", 1.0), ("vacant", 1.0), ("inherited", 1.0)):
            found[series("scopes", seats=seats, strength=strength)] = since * scopes
    return found


SCOPES = [
    ScopeShown("cargo", None, "covered", ["email:ada@example.org", "github:1"], ""),
    ScopeShown("compiler", None, "covered", ["github:1"], ""),
    ScopeShown("cargo/cache", "cargo", "inherited", [], ""),
    ScopeShown("docs", None, "thin", ["github:1"], "a second person"),
    ScopeShown("infra", None, "vacant", [], "an owner and a second person"),
]
POLICY = CommunityPolicy()


def _moments() -> Values:
    days: Values = np.arange(DAYS, dtype=np.float64) + number_of(FIRST_DAY)
    moments: Values = np.minimum(days, number_of(LAST_DAY)) * 86400 + 65000
    return moments


def known(name: str, history: History, policy: CommunityPolicy = POLICY) -> ServedCommunity:
    def report(day: date) -> JsonObject:
        samples = [{"name": one.name, "labels": dict(one.labels), "value": one.value} for one in history.on(day)]
        flows = {"new": [{"team": "compiler", "people": 2}]}
        about = {"community": name, "as_of": str(day), "verdict": "growing"}
        roles = {"leadership_verdict": "steady", "leadership_because": "12.8 effective leaders against 12.4"}
        return about | roles | {"flows": flows, "samples": samples, "scopes": [asdict(one) for one in SCOPES]}

    def leads(day: date) -> Led | None:
        found = led(history, policy, day)
        return replace(found, scopes=SCOPES) if found else None

    return ServedCommunity(name, history, policy, report, lambda _: "", leads)


async def explained(question: NumberPage) -> JsonObject:
    if is_about_leadership(question.metric, question.labels):
        return roles_explained(question)
    event = {"time": "2026-08-01T10:00:00Z", "kind": "commit", "source": "git:x", "id": "abc"}
    events = [event | {"url": "https://example.org/abc"}]
    people = [{"person": "email:ada@example.org", "name": "Ada", "events": events}]
    about = {"metric": question.metric, "labels": dict(question.labels), "value": 46.0}
    return about | {"rule": "People with active work.", "total": 120, "people": people}


def roles_explained(question: NumberPage) -> JsonObject:
    """Two leaders: one by account, one by address, whose grant's id holds it."""
    seat = {"role": "lead", "granted_at": "2021-03-01T09:00:00+00:00", "already_held": False}
    hers = seat | {"scope": "cargo", "already_held": True, "event": "1/granted/cargo/lead/email:ada@example.org"}
    theirs = [
        seat | {"scope": scope, "event": f"2/granted/{scope}/lead/github:1", "evidence": "https://example.org/c/2"}
        for scope in ("cargo", "compiler", "docs")
    ]
    people: list[JsonObject] = [
        {"person": "email:ada@example.org", "name": "Ada", "account": "ada-account", "share": 0.125, "seats": [hers]},
        {"person": "github:1", "name": "Grace", "account": "hopper", "share": 0.875, "seats": theirs},
    ]
    about = {"metric": question.metric, "labels": dict(question.labels), "as_of": str(question.as_of), "value": 12.8}
    scopes = [asdict(one) for one in SCOPES]
    people = [one | {"events": []} for one in people]
    page = people[question.offset : question.offset + question.limit]
    return about | {"rule": "How many.", "because": "12.8 against 12.4", "total": 2, "people": page, "scopes": scopes}


@asynccontextmanager
async def client_from(app: FastAPI, address: str) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, client=(address, 40000))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8010") as client:
        yield client


class Remembered:
    """Sessions as a process of its own remembers them."""

    def __init__(self) -> None:
        self.kept: dict[bytes, bytes] = {}

    async def begin(self, session: Session, token: str) -> None:
        self.kept[session.key] = session.proof(token)

    async def proof_of(self, session: Session) -> bytes | None:
        return self.kept.get(session.key)

    async def end(self, session: Session) -> None:
        self.kept.pop(session.key, None)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
