"""A made-up community with every family of this release, drawn from smooth curves."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime

import httpx
import numpy as np
from fastapi import FastAPI

from infra.server.auth import Viewer
from infra.server.sessions import Session
from infra.server.state import ServedCommunity
from projections.metrics.drilldown import ScopeShown
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import number_of
from projections.timeline.history import History, Series, Values, series
from reports.dated import OwnDays
from reports.explanation import Event, Explained, Person, Seat
from reports.inputs import ReportInputs
from reports.leadership.scopes import Scope, scopes
from reports.number_query import NumberPage

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
    for verdict in ("growing", "flat", "shrinking", "unclear", "unknown"):
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
        for strength, many in (("covered", 2.0), ("thin", 1.0), ("vacant", 1.0), ("inherited", 1.0)):
            found[series("scopes", seats=seats, strength=strength)] = since * many
    return found


SCOPES = [
    ScopeShown("cargo", None, "covered", ["email:ada@example.org", "github:1"], ""),
    ScopeShown("compiler", None, "covered", ["github:1"], ""),
    ScopeShown("cargo/cache", "cargo", "inherited", [], "", led_from="cargo"),
    ScopeShown("docs", None, "thin", ["github:1"], "a second person"),
    ScopeShown("infra", None, "vacant", [], "an owner and a second person"),
]
POLICY = CommunityPolicy()


def _moments() -> Values:
    days: Values = np.arange(DAYS, dtype=np.float64) + number_of(FIRST_DAY)
    moments: Values = np.minimum(days, number_of(LAST_DAY)) * 86400 + 65000
    return moments


class WithScopes(ReportInputs):
    """Scopes that no facts were read for."""

    @property
    def scopes(self) -> Sequence[Scope]:
        return scopes(SCOPES)


class MadeUp(ServedCommunity):
    def inputs(self, viewer: Viewer, day: date) -> ReportInputs:
        of = super().inputs(viewer, day)
        return WithScopes(of.community, of.seen, of.history, of.policy, of.day, of.snapshot)


def known(name: str, history: History, policy: CommunityPolicy = POLICY) -> ServedCommunity:
    return MadeUp(name, history, policy)


async def explained(question: NumberPage) -> Explained:
    if question.is_about_leadership:
        return roles_explained(question)
    event = Event("git:x", "abc", datetime(2026, 8, 1, 10, tzinfo=UTC), "commit", url="https://example.org/abc")
    people = [Person("email:ada@example.org", "Ada", events=[event])]
    dated = [OwnDays("git:x", "landing", 48, date(2020, 2, 16), date(2023, 11, 15), date(2026, 8, 1))]
    found = about(question, 46.0, "People with active work.", people)
    return found.model_copy(update={"total": 120, "dated": dated})


def about(question: NumberPage, value: float, rule: str, people: Sequence[Person]) -> Explained:
    return Explained(
        community=question.community,
        metric=question.metric,
        labels=question.labels,
        as_of=question.as_of,
        value=value,
        rule=rule,
        total=len(people),
        people=people,
    )


def roles_explained(question: NumberPage) -> Explained:
    """Two leaders: one by account, one by address, whose grant's id holds it."""
    granted = datetime(2021, 3, 1, 9, tzinfo=UTC)
    hers = Seat("cargo", "lead", granted, already_held=True, event="1/granted/cargo/lead/email:ada@example.org")
    theirs = [
        Seat(scope, "lead", granted, already_held=False, event=f"2/granted/{scope}", evidence="https://example.org/c/2")
        for scope in ("cargo", "compiler", "docs")
    ]
    people = [
        Person("email:ada@example.org", "Ada", "ada-account", 0.125, seats=[hers]),
        Person("github:1", "Grace", "hopper", 0.875, seats=theirs),
    ]
    found = about(question, 12.8, "How many.", people)
    page = people[question.offset : question.offset + question.limit]
    return found.model_copy(update={"because": "12.8 against 12.4", "scopes": scopes(SCOPES), "people": page})


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
