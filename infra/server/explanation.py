"""The page behind a number: its rule, and for those who may see people, who and which events."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from infra.server.disclosure import Disclosure
from infra.server.problems import Problem
from infra.server.state import JsonObject, Question
from infra.wording import label_words, say, wording
from projections.explain import RESTS_ON
from projections.history import series


def explanation_page(
    asked: Question, seen: Disclosure, found: JsonObject | None, meanings: Mapping[str, str]
) -> dict[str, Any]:
    """What the page says.

    Args:
        asked: The number.
        seen: The numbers, as the viewer may see them.
        found: The explanation with people and events; None for those who may not see it.
        meanings: Family without prefix → what it means.
    """
    words, family = wording(asked.metric), asked.metric.removeprefix("tenfold_")
    if family not in meanings:
        raise Problem(404, f"No family is called {asked.metric[:80]!r}.")
    labels = found["labels"] if found else asked.labels
    value = seen.value(series(family, **labels), asked.as_of)
    total = found["total"] if found else 0
    before = max(0, asked.offset - asked.limit)
    return {
        "community": asked.community,
        "back": f"/communities/{quote(asked.community)}?{urlencode({'as_of': asked.as_of})}",
        "title": words.title,
        "of": label_words(labels),
        "value": "not shown" if value is None else say(value, words.unit),
        "rule": found["rule"] if found else meanings[family],
        "rests_on": [
            (wording(f"tenfold_{name}").title, link(_about(asked, name))) for name in RESTS_ON.get(family, ())
        ],
        "as_of": asked.as_of,
        "total": total,
        "people": found["people"] if found else None,
        "previous": link(replace(asked, offset=before)) if asked.offset else "",
        "next": link(replace(asked, offset=asked.offset + asked.limit)) if asked.offset + asked.limit < total else "",
    }


def _about(asked: Question, family: str) -> Question:
    return replace(asked, metric=f"tenfold_{family}", labels={}, offset=0)


def link(asked: Question) -> str:
    """The page's address."""
    labels = [("label", f"{name}={value}") for name, value in asked.labels.items()]
    query = [("metric", asked.metric), ("as_of", str(asked.as_of)), *labels]
    more = [("offset", str(asked.offset))] if asked.offset else []
    return f"/communities/{quote(asked.community)}/explain?{urlencode(query + more)}"
