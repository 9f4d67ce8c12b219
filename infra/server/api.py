"""The JSON API. The public may ask for numbers and published roles; people are for leads and operators."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.concurrency import run_in_threadpool

from infra.clock import today_utc
from infra.server.auth import Access, Viewer, refused
from infra.server.problems import Problem
from infra.server.state import Explain, JsonObject, NumberPage, ServedCommunity, State, could_not
from projections.disclosure.view import Disclosure
from projections.timeline.days import EPOCH, YEAR
from projections.timeline.history import Series
from reports.headline import reach, verdict
from reports.leadership.active_seats import known_of
from reports.leadership.leadership import leadership
from reports.number_query import (
    AmbiguousError,
    NoSuchNumberError,
    completed,
    labels_of_pairs,
    require_known,
    whole_name,
)
from reports.portfolio import Line, line, unknown
from reports.published_collaboration import published_together
from reports.published_roles import explained_for, page_of, published_in
from reports.report import last_event, sample_json
from reports.stage.viewed import conditions, stage

MOST_PEOPLE = 500
"""People in one page of an explanation: some hundred kilobytes with their events."""


def find(state: State, community: str) -> ServedCommunity:
    """A community by name.

    Raises:
        Problem: 404, nobody knows it; 503, it could not be worked out yet.
    """
    known = state.communities.get(community)
    if known is None and community in state.failed:
        raise Problem(503, f"{community} {could_not(state.failed[community], None)}.")
    if known is None:
        raise Problem(404, f"No community is called {community[:64]!r}.")
    return known


def day_asked(known: ServedCommunity, viewer: Viewer, as_of: date | None, today: date) -> date:
    """The day a request is about: at most the newest that was evaluated.

    Raises:
        Problem: 422, it lies ahead, or before all days.
    """
    if as_of is not None and as_of < EPOCH:
        raise Problem(422, f"as_of: {as_of} lies before {EPOCH}, the first day there is.")
    if as_of is not None and as_of > today:
        raise Problem(422, f"as_of: {as_of} lies ahead of today, {today} (UTC).")
    return min(as_of or known.opens_on(viewer, today), known.newest(today))


def question_asked(
    known: ServedCommunity, viewer: Viewer, metric: str, label: Sequence[str], day: date, page: tuple[int, int]
) -> NumberPage:
    """A question about a number, from a request; `page` is offset and limit.

    Labels that it leaves out are found in what the viewer may see.

    Raises:
        Problem: 404 or 422, there is no such number, or the labels make no sense.
    """
    family = whole_name(metric)
    try:
        given = labels_of_pairs(label)
        seen = known.seen_by(viewer)
        require_known(seen.defined, family, given)
        labels = completed(seen.history, family, given, day, known.policy)
    except ValueError as error:
        raise Problem(422, f"label: {error}") from error
    except NoSuchNumberError as error:
        raise Problem(404, str(error)) from error
    except AmbiguousError as error:
        raise Problem(422, str(error)) from error
    return NumberPage(known.name, family, labels, day, *page)


def question_for(
    known: ServedCommunity,
    viewer: Viewer,
    metric: str,
    label: Sequence[str],
    as_of: date | None,
    today: date,
    page: tuple[int, int],
) -> NumberPage:
    """The same on the day that a request is about. It can take long: what a viewer may see is worked out for it."""
    return question_asked(known, viewer, metric, label, day_asked(known, viewer, as_of, today), page)


def build_api(state: State, access: Access, explain: Explain, today: Callable[[], date] = today_utc) -> APIRouter:
    """Everything under `/api/v1`."""
    api = APIRouter(prefix="/api/v1")
    Asker = Annotated[Viewer, Depends(access.of)]  # noqa: N806 # a type
    Day = Annotated[date | None, Query(description="A day in UTC; without it, the newest.")]  # noqa: N806

    @api.get("/communities")
    def communities(viewer: Asker) -> JsonObject:
        """All communities side by side, by name: how each stands on the newest day that its data reaches."""
        return {"communities": [one.as_json() for one in side_by_side(state, viewer, today(), None)]}

    @api.get("/communities/{community}/report")
    def report(community: str, viewer: Asker, as_of: Day = None) -> JsonObject:
        """The numbers of a day."""
        known = find(state, community)
        report = report_for(known, viewer, day_asked(known, viewer, as_of, today()))
        return report | ({"failed": known.failed} if known.failed else {})

    @api.get("/communities/{community}/history")
    def history(community: str, family: str, viewer: Asker) -> JsonObject:
        """One family on every day."""
        return _history(find(state, community), whole_name(family), viewer)

    @api.get("/communities/{community}/explain")
    async def explanation(
        community: str,
        metric: str,
        viewer: Asker,
        label: Annotated[list[str], Query(description="NAME=VALUE")] = [],  # noqa: B006
        as_of: Day = None,
        offset: Annotated[int, Query(ge=0)] = 0,
        limit: Annotated[int, Query(ge=1, le=MOST_PEOPLE)] = 50,
    ) -> JsonObject:
        """The rule, the people and the events behind a number."""
        known = find(state, community)
        page = (offset, limit)
        asked = await run_in_threadpool(question_for, known, viewer, metric, label, as_of, today(), page)
        found = await explained_for(viewer, known, asked, explain)
        if found is None:
            raise refused(viewer)
        return page_of(found, asked)

    return api


def by_name(state: State) -> list[ServedCommunity]:
    """All communities, by name."""
    return [known for _, known in sorted(state.communities.items())]


def report_for(known: ServedCommunity, viewer: Viewer, day: date) -> JsonObject:
    """The report of a day; for the public only what says nothing of single people."""
    report = known.report(day)
    seen = known.seen_by(viewer)
    if not seen.hides:
        return report
    kept = {name: report[name] for name in PUBLIC_FIELDS if name in report}
    roles = published_in(report) if known.policy.judge_by == "nominal" else {}
    kept |= _last_event(seen, day) | published_together(report, seen, day, known.policy)
    told = stage(seen, day, known.policy, known.snapshot)
    kept |= roles | (told.as_json() if told else {})
    if "conditions" in report:
        kept["conditions"] = conditions(seen, day, known.policy, known.snapshot).as_json()
    return kept | {"samples": _samples(seen, day), "year_ago": _year_ago(seen, day)}


PUBLIC_FIELDS = ("community", "as_of", "verdict", "reason", "leadership_verdict")
"""Of a report, what holds no number of people; samples pass disclosure."""


def _last_event(seen: Disclosure, day: date) -> JsonObject:
    """Its day; everybody hears of no hour."""
    moment = last_event(seen.history, day)
    return {"last_event": moment.date().isoformat()} if moment else {}


def _year_ago(seen: Disclosure, day: date) -> JsonObject:
    before = day - timedelta(days=YEAR)
    return {"as_of": str(before), "samples": _samples(seen, before)}


def _samples(seen: Disclosure, day: date) -> list[JsonObject]:
    return [sample_json(sample, value) for sample, value in seen.seen(seen.defined.on(day), day)]


def line_of(known: ServedCommunity, viewer: Viewer, day: date) -> Line:
    """How a community stands among others."""
    seen, leaders = known.seen_by(viewer), known_of(known.history, day)
    told = leadership(seen, day, known.led(day), known.policy, leaders, known.name)
    said = verdict(seen, day, known.reason(day)), told, reach(seen, day)
    return replace(line(known.name, seen, day, known.policy, said), failed=known.failed)


def side_by_side(state: State, viewer: Viewer, today: date, as_of: date | None) -> list[Line]:
    """How all communities stand, by name, each on its own newest day unless one is asked for.

    Raises:
        Problem: 422, that day lies ahead.
    """
    names = sorted({*state.communities, *state.failed})
    return [_line(state, name, viewer, today, as_of) for name in names]


def _line(state: State, name: str, viewer: Viewer, today: date, as_of: date | None) -> Line:
    """How one community stands; what is wrong with it keeps no other from being told of."""
    known = state.communities.get(name)
    if known is None:
        return unknown(name, today, could_not(state.failed[name], None))
    try:
        return line_of(known, viewer, day_asked(known, viewer, as_of, today))
    except Problem:
        raise
    except Exception as error:  # noqa: BLE001 - it is shown as failed, and logged once
        known.tell("Line", error)
        return unknown(name, as_of or today, "cannot be shown")


def _history(known: ServedCommunity, family: str, viewer: Viewer) -> JsonObject:
    seen = known.seen_by(viewer)
    keys: list[Series] = sorted(key for key in seen.history.series if key[0] == family)
    if not keys:
        raise Problem(404, f"Nothing is known, or may be shown, of {family[:80]!r} here.")
    series = [{"labels": dict(key[1]), "values": seen.values(key)} for key in keys]
    first_day = seen.history.first_day
    return {"community": known.name, "family": family, "first_day": first_day, "series": series}
