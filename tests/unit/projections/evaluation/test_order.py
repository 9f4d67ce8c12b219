"""Order follows from needs; what nobody declared raises, whether it is asked for or answered with."""

from datetime import date
from graphlib import CycleError

import numpy as np
import pytest

from projections.activity.evaluation import EvaluateActivity
from projections.community.context import EvaluationContext, UndeclaredNeedError
from projections.evaluation.community import Community
from projections.evaluation.fold import change_of
from projections.evaluation.order import EVALUATIONS, UndeclaredFamilyError, declared, in_order
from projections.leadership.series import LeadershipEvaluation
from projections.metrics.evaluation import Answer, Evaluation
from projections.metrics.family import Family
from projections.metrics.group import Group
from projections.metrics.labels import WINDOW_DAYS
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import series
from tests.oracle.writing import contribution


class Asking(Evaluation):
    def evaluate(self, context: EvaluationContext) -> Answer:
        return Answer([(series("asked"), context.values("active_contributors", window_days=90))])


class Needing(Asking):
    needs = (EvaluateActivity,)
    families = (Family("asked", "Asked", "What is asked.", Group.ACTIVITY),)


class Misspelling(Needing):
    def evaluate(self, context: EvaluationContext) -> Answer:
        return Answer([(series("asked"), context.values("active_contributor", window_days=90))])


class Finding(Needing):
    def evaluate(self, context: EvaluationContext) -> Answer:
        return Answer(results=(context.find(LeadershipEvaluation),))


class Undeclared(Needing):
    families = (Family("other", "Other", "Something else.", Group.ACTIVITY),)


class Labelled(Needing):
    families = (Family("asked", "Asked", "What is asked.", Group.ACTIVITY, labels=(WINDOW_DAYS,)),)


def asked(question: type[Evaluation]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    community = Community("valley", CommunityPolicy(), in_order({EvaluateActivity, question}))
    community.apply(change_of([contribution("github:1", "2020-01-01")]))
    return community.history(date(2020, 1, 3)).series[series("asked")]


def test_every_question_is_asked_after_those_that_it_needs() -> None:
    order = in_order(EVALUATIONS)
    assert set(order) == EVALUATIONS
    for at, one in enumerate(order):
        assert set(one.needs) <= set(order[:at])


def test_the_order_does_not_depend_on_how_questions_are_given() -> None:
    assert in_order(sorted(EVALUATIONS, key=lambda one: one.__name__, reverse=True)) == in_order(EVALUATIONS)


def test_questions_that_need_each_other_have_no_order() -> None:
    class First(Asking):
        pass

    class Second(Asking):
        needs = (First,)

    First.needs = (Second,)
    with pytest.raises(CycleError):
        in_order({First, Second})


def test_what_is_needed_is_answered() -> None:
    assert asked(Needing).tolist() == [1, 1, 1]


@pytest.mark.parametrize("question", [Asking, Misspelling, Finding])
def test_what_is_not_said_to_be_needed_cannot_be_asked_for(question: type[Evaluation]) -> None:
    with pytest.raises(UndeclaredNeedError):
        asked(question)


def test_what_is_not_declared_cannot_be_answered_with() -> None:
    for question in (Undeclared, Labelled):
        with pytest.raises(UndeclaredFamilyError, match="tenfold_asked"):
            asked(question)
    assert list(declared(Needing, [])) == []
