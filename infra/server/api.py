"""The JSON API. The public may ask for numbers and published roles; people are for leads and operators."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.concurrency import run_in_threadpool

from infra.clock import today_utc
from infra.server.auth import Access, Viewer, refused
from infra.server.explainer import explained_for, page_of
from infra.server.problems import Problem
from infra.server.state import Explain, Name, ServedCommunity, State, could_not
from projections.timeline.days import EPOCH
from projections.timeline.history import Series
from reports.explanation import Explained
from reports.number_query import (
    AmbiguousError,
    NoSuchNumberError,
    NumberPage,
    completed,
    labels_of_pairs,
    require_known,
    whole_name,
)
from reports.numbers import FamilyHistory, SeriesValues, labelled
from reports.portfolio import Line, Portfolio, line, unknown
from reports.report import Report

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


async def nameless(_community: str, _persons: Sequence[str]) -> Mapping[str, str]:
    """Nobody is called anything."""
    return {}


def build_api(
    state: State, access: Access, explain: Explain, today: Callable[[], date] = today_utc, name: Name = nameless
) -> APIRouter:
    """Everything under `/api/v1`; what is not known is left out of every answer."""
    api = APIRouter(prefix="/api/v1")
    Asker = Annotated[Viewer, Depends(access.of)]  # noqa: N806 # a type
    Day = Annotated[date | None, Query(description="A day in UTC; without it, the newest.")]  # noqa: N806

    @api.get("/communities", response_model_exclude_none=True)
    def communities(viewer: Asker) -> Portfolio:
        """All communities side by side, by name: how each stands on the newest day that its data reaches."""
        return Portfolio(communities=side_by_side(state, viewer, today(), None))

    @api.get("/communities/{community}/report", response_model_exclude_none=True)
    async def report(community: str, viewer: Asker, as_of: Day = None) -> Report:
        """What is to say of a community as of a day, and every number of it."""
        return await reported(find(state, community), viewer, as_of, today(), name)

    @api.get("/communities/{community}/history")
    def history(community: str, family: str, viewer: Asker) -> FamilyHistory:
        """One family on every day."""
        return _history(find(state, community), whole_name(family), viewer)

    @api.get("/communities/{community}/explain", response_model_exclude_none=True)
    async def explanation(
        community: str,
        metric: str,
        viewer: Asker,
        label: Annotated[list[str], Query(description="NAME=VALUE")] = [],  # noqa: B006
        as_of: Day = None,
        offset: Annotated[int, Query(ge=0)] = 0,
        limit: Annotated[int, Query(ge=1, le=MOST_PEOPLE)] = 50,
    ) -> Explained:
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


def line_of(known: ServedCommunity, viewer: Viewer, day: date) -> Line:
    """How a community stands among others."""
    return line(known.inputs(viewer, day)).model_copy(update={"failed": known.failed or None})


async def reported(known: ServedCommunity, viewer: Viewer, as_of: date | None, today: date, name: Name) -> Report:
    """The report of the day that a request is about; to those who may see people it says what they are called.

    Raises:
        Problem: 422, the day lies ahead, or before all days.
    """
    day = await run_in_threadpool(day_asked, known, viewer, as_of, today)
    found = await run_in_threadpool(known.report, viewer, day)
    return found if found.hides else found.named(await name(known.name, found.people))


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


def _history(known: ServedCommunity, family: str, viewer: Viewer) -> FamilyHistory:
    seen = known.seen_by(viewer)
    keys: list[Series] = sorted(key for key in seen.history.series if key[0] == family)
    if not keys:
        raise Problem(404, f"Nothing is known, or may be shown, of {family[:80]!r} here.")
    series = [SeriesValues(labelled(known.name, key[1]), seen.values(key)) for key in keys]
    return FamilyHistory(community=known.name, family=family, first_day=seen.history.first_day, series=series)
