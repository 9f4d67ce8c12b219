"""Every type of event has somebody who reads it, and the catalog says who."""

import ast
import inspect
import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from events.catalog import READERS, TYPES
from events.envelope import Event
from projections.community.standing_facts import StandingFacts
from projections.evaluation.community import Community
from projections.evaluation.fold import change_of
from projections.policy.policy import CommunityPolicy
from tests.support.drawn_events import DATA, LOG_TIME, example

ROOT = Path(__file__).parents[3]
PROJECTIONS = ROOT / "projections"
TAKEN_IN = {PROJECTIONS / "evaluation" / "community.py", PROJECTIONS / "evaluation" / "fold.py"}
"""Where all events pass through on their way to their readers."""
TYPE = re.compile(r"tenfold\.[a-z]+\.[a-z_]+\.v[0-9]+")


class Asked(StandingFacts):
    """Standing facts that know which package asked for which events."""

    def __init__(self) -> None:
        super().__init__()
        self.by: defaultdict[type[Event], set[str]] = defaultdict(set)

    def of(self, *classes: Any) -> Any:
        callers = (one.frame.f_globals["__name__"].split(".") for one in inspect.stack(0)[1:])
        asking = next(name[1] for name in callers if name[0] == "projections" and name[1] != "community")
        for one in classes:
            self.by[one].add(asking)
        return super().of(*classes)


def asked() -> Mapping[type[Event], set[str]]:
    """Which packages ask for which classes, where all is asked of a community in which everything happened."""
    takes_back = ("person.", "contribution.retracted", "source.withdrawn")
    facts, community = Asked(), Community("rust", CommunityPolicy())
    community.facts = facts
    community.apply(change_of([example(stem, id=stem) for stem in DATA if not stem.startswith(takes_back)]))
    community.history((LOG_TIME + timedelta(days=1)).date())
    return facts.by


def named() -> Mapping[type[Event], set[str]]:
    """Which packages name which classes."""
    found: defaultdict[type[Event], set[str]] = defaultdict(set)
    classes = {model.__name__: model for model in TYPES.values()}
    for path in set(PROJECTIONS.rglob("*.py")) - TAKEN_IN:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("events."):
                for name in node.names:
                    if model := classes.get(name.name):
                        found[model].add(path.relative_to(PROJECTIONS).parts[0])
    return found


def test_the_catalog_says_who_reads_the_events_of_each_class() -> None:
    by_asking, by_naming = asked(), named()
    reading = {model: tuple(sorted({*by_asking[model], *by_naming[model]})) for model in TYPES.values()}
    assert dict(READERS) == reading


@pytest.mark.parametrize("stem", DATA)
def test_an_event_of_each_type_is_taken_in(stem: str) -> None:
    Community("rust", CommunityPolicy()).apply(change_of([example(stem)]))


def test_types_are_no_text_outside_of_their_models() -> None:
    rings = ("infra", "reports", "streams", "projections", "benchmarks")
    modules = [path for ring in rings for path in (ROOT / ring).rglob("*.py")]
    assert not {str(path) for path in modules if TYPE.search(path.read_text("utf-8"))}


def test_views_in_sql_read_the_newest_version_of_types_that_there_are() -> None:
    """They read stored events by themselves: with a new version of a type, its view is to be changed too."""
    read = {type_ for path in PROJECTIONS.rglob("*.sql") for type_ in TYPE.findall(path.read_text("utf-8"))}
    assert read
    assert read <= TYPES.keys()
