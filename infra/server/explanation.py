"""The page behind a number: its rule, and for those who may see people, who and which events."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from infra.server.auth import Viewer
from infra.server.explainer import page_of
from infra.server.problems import Problem
from infra.server.state import ServedCommunity
from projections.conditions.drilldown import spells
from projections.conditions.families import CONDITIONS_FAMILIES
from projections.evaluation.catalog import family_of
from projections.explain.lineage import found_by, rests_on
from projections.metrics.family import names_of
from projections.timeline.days import number_of
from projections.timeline.history import series
from reports.conditions.report import Held
from reports.dated import own_days_words
from reports.explanation import Explained
from reports.format.labels import format_labels, say_verdict, without_state
from reports.format.values import format_value
from reports.leadership.leadership import terms
from reports.leadership.scopes import weakest_first
from reports.number_query import NumberPage, rested_on
from reports.reach import not_read
from reports.tables import SENTENCES
from reports.text.conditions import held_words


def explanation_page(
    asked: NumberPage, known: ServedCommunity, viewer: Viewer, found: Explained | None, meanings: Mapping[str, str]
) -> dict[str, Any]:
    """What the page says.

    Args:
        asked: The number.
        known: Its community.
        viewer: Who looks.
        found: The explanation, all leaders in it or else one page of people; None for those who may not see it.
        meanings: Family without prefix → what it means.
    """
    family = asked.metric.removeprefix("tenfold_")
    if family not in meanings:
        raise Problem(404, f"No family is called {asked.metric[:80]!r}.")
    labels = found.labels if found else asked.labels
    total = found.total if found else 0
    before = max(0, asked.offset - asked.limit)
    return {
        "community": asked.community,
        "back": f"/communities/{quote(asked.community)}?{urlencode({'as_of': asked.as_of})}",
        "title": family_of(family).title,
        "of": format_labels(without_state(labels) if asked.metric in SENTENCES else labels),
        "value": told(asked, known, viewer, labels),
        "rule": found.rule if found else meanings[family],
        "rests_on": [one for name in rests_on(family, labels) for one in _rests_on(asked, known, viewer, name)],
        "held": held_words(_held(known, family, labels, asked.as_of), asked.as_of),
        "dated": own_days_words((found.dated or ()) if found else ()),
        "as_of": asked.as_of,
        "total": total,
        "told": (found.told or ()) if found else (),
        "people": page_of(found, asked).people if found else None,
        "leadership": _leading(asked, known, viewer, found),
        "previous": link(replace(asked, offset=before)) if asked.offset else "",
        "next": link(replace(asked, offset=asked.offset + asked.limit)) if asked.offset + asked.limit < total else "",
    }


def _held(known: ServedCommunity, family: str, labels: Mapping[str, str], as_of: date) -> list[Held]:
    """When a condition held; nothing for other numbers."""
    condition = labels.get("condition", "") if family in names_of(CONDITIONS_FAMILIES) else ""
    return [Held(*one) for one in spells(known.history, condition, number_of(as_of))]


def told(asked: NumberPage, known: ServedCommunity, viewer: Viewer, labels: Mapping[str, str]) -> str:
    """The value as it reads; of a verdict, whether it holds; of what nobody read, since when."""
    seen, family = known.seen_by(viewer), family_of(asked.metric)
    key = series(asked.metric.removeprefix("tenfold_"), **labels)
    value = seen.value(key, asked.as_of)
    if value is None and (hidden := not_read(seen.history, asked.as_of, family.rests_on(labels, known.policy))):
        return f"not known: {hidden}"
    if value is None:
        return "not defined" if seen.is_absent(key, asked.as_of) else "not shown"
    if asked.metric in SENTENCES and isinstance(value, float):
        return say_verdict(asked.labels, value)
    return format_value(value, family.unit)


def _leading(asked: NumberPage, known: ServedCommunity, viewer: Viewer, found: Explained | None) -> dict[str, Any]:
    """What stands on the page of a number about leadership beside people."""
    about = found if found and (asked.is_about_leadership or found.scopes is not None) else None
    return {
        "because": found.because if found else None,
        "terms": terms(asked.metric, asked.labels, known.policy) if asked.is_about_leadership else "",
        "scopes": weakest_first(about.scopes or ()) if about and not asked.offset else [],
        "leaders": {one.person: one for one in about.people} if about else {},
        "names_hidden": about is not None and not viewer.sees_people_of(known.name),
    }


def _rests_on(asked: NumberPage, known: ServedCommunity, viewer: Viewer, family: str) -> list[tuple[str, str]]:
    """Title and address of each number of a family that the number asked about is computed from."""
    whole, labels = f"tenfold_{family}", found_by(asked.metric.removeprefix("tenfold_"), asked.labels)
    several = rested_on(known.seen_by(viewer).history, whole, labels, asked.as_of, known.policy)
    title = family_of(family).title
    titles = [f"{title} ({format_labels(one)})" for one in several] if several[1:] else [title]
    found = (link(replace(asked, metric=whole, labels=one, offset=0)) for one in several)
    return list(zip(titles, found, strict=True))


def link(asked: NumberPage) -> str:
    """The page's address."""
    labels = [("label", f"{name}={value}") for name, value in asked.labels.items()]
    query = [("metric", asked.metric), ("as_of", str(asked.as_of)), *labels]
    more = [("offset", str(asked.offset))] if asked.offset else []
    return f"/communities/{quote(asked.community)}/explain?{urlencode(query + more)}"
