"""What is shown of a community, and when it is made anew."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import numpy as np
import pytest

from infra.server import scrape
from infra.server.rendered import Condition, shown
from projections.evaluation.catalog import HELP
from projections.evaluation.evaluator import LastEvaluation
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History, Sample, series
from tests.support.made_up_community import LAST_DAY

POLICY = CommunityPolicy()
EVALUATED_AT = datetime(2026, 11, 22, tzinfo=UTC)
UNSETTLED = b'tenfold_condition{community="rust",condition="history_unsettled"}'


@pytest.fixture
def last(history: History) -> LastEvaluation:
    return LastEvaluation(history, LAST_DAY, EVALUATED_AT)


def test_a_community_is_made_anew_when_it_was_evaluated_or_begins_to_catch_up(last: LastEvaluation) -> None:
    made = shown("rust", last, POLICY, Condition())
    assert made.is_of(last, Condition())
    assert not made.is_of(replace(last), Condition())
    assert not made.is_of(last, Condition(catching_up=True))
    assert not made.is_of(last, Condition(failed_since=EVALUATED_AT))


def test_while_a_community_catches_up_its_history_is_unsettled() -> None:
    settled = History(LAST_DAY, {series("condition", condition="history_unsettled"): np.zeros(1)})
    last = LastEvaluation(settled, LAST_DAY, EVALUATED_AT)
    for catching_up in (False, True):
        made = shown("rust", last, POLICY, Condition(catching_up))
        assert UNSETTLED + b" %.1f\n" % catching_up in scrape.together([made.lines])


def test_each_family_stands_once_whoever_has_it() -> None:
    one, other = Sample("tenfold_risk", {"risk": "# HELP x"}, 1.0), Sample("tenfold_scopes", {"seats": "a\nb"}, 2.0)
    parts = [
        scrape.metric_lines(name, numbers, HELP)
        for name, numbers in (("a", [one, other]), ("b", [one]), ("c", [other]))
    ]
    for order in permutations(parts):
        text = scrape.together(order)
        assert text.count(b"# TYPE tenfold_risk gauge\n") == text.count(b"# TYPE tenfold_scopes gauge\n") == 1
        for lines in parts:
            assert all(values in text for values in lines.values())
        risks = text[text.index(b"# TYPE tenfold_risk") :].split(b"\n")[1:3]
        assert all(line.startswith(b"tenfold_risk{") for line in risks)
