"""All families together: names are theirs alone, and what they say of each other is so."""

from typing import ClassVar

import pytest

from projections.activity.evaluation import EvaluateActivity
from projections.community.context import EvaluationContext
from projections.evaluation.catalog import FAMILIES, HELP, family_of, gathered
from projections.evaluation.order import EVALUATIONS
from projections.explain.lineage import found_by, rests_on
from projections.metrics.evaluation import Answer, Evaluation
from projections.metrics.family import Family
from projections.metrics.group import Group
from projections.metrics.labels import Label
from projections.metrics.privacy import WITHHELD, Privacy, PrivacyClass, Sum


class AlsoActive(Evaluation):
    families: ClassVar = (Family("active_contributors", "Active", "The same name.", Group.ACTIVITY),)

    def evaluate(self, context: EvaluationContext) -> Answer:
        raise NotImplementedError


def test_no_two_families_have_one_name() -> None:
    with pytest.raises(ValueError, match="active_contributors"):
        gathered({EvaluateActivity, AlsoActive})
    assert gathered(sorted(EVALUATIONS, key=lambda one: one.__name__)) == FAMILIES


def test_families_stand_in_reading_order_group_by_group() -> None:
    groups = [family.group for family in FAMILIES.values()]
    assert list(dict.fromkeys(groups)) == list(Group)
    assert sorted(groups, key=list(Group).index) == groups
    assert next(iter(HELP)) == "active_contributors"


def test_a_family_is_found_with_its_prefix_and_without() -> None:
    assert family_of("tenfold_leaders") is family_of("leaders") is FAMILIES["leaders"]
    with pytest.raises(KeyError):
        family_of("friends_of_friends")


def test_titles_within_a_group_are_told_apart() -> None:
    titles = [(family.group, family.title) for family in FAMILIES.values()]
    assert len(set(titles)) == len(titles)


def test_labels_are_alphabetical_as_those_of_series_are() -> None:
    for family in FAMILIES.values():
        assert list(family.label_names) == sorted(set(family.label_names)), family.name


def test_a_series_has_the_labels_that_its_family_declares_and_no_others() -> None:
    family = FAMILIES["leadership_share_ratio"]
    assert family.has((("basis", "paid"), ("seats", "active")))
    assert not family.has((("basis", "paid"),))
    assert not family.has((("basis", "paid"), ("seats", "active"), ("team", "roses")))
    assert not family.has((("basis", "paid"), ("seats", "former")))
    assert FAMILIES["team_active_contributors"].has((("team", "anything"), ("window_days", "30")))


def test_what_families_are_derived_from_are_families_with_such_numbers() -> None:
    for family in FAMILIES.values():
        for source in family.derived_from:
            found = {label.name: label for label in FAMILIES[source.family].labels}
            assert all(found[name].allows(value) for name, value in source.labels.items()), (family.name, source)
            own = {label.name: label for label in family.labels}
            assert all(own[name].allows(value) for name, value in source.where.items()), (family.name, source)


def test_a_number_rests_on_what_is_said_of_it_alone() -> None:
    assert rests_on("milestone", {"milestone": "synergy", "state": "met"}) == ("relationships_active",)
    assert rests_on("milestone", {}) == ()
    growth = {"criterion": "growth"}
    assert rests_on("scaling_success", growth) == ("growth_ratio", "recurring_contributors")
    assert found_by("scaling_success", growth) == growth | {"coverage": "same_sources"}
    assert found_by("growth_verdict", {"verdict": "flat"}) == {"verdict": "flat"}


def test_what_a_family_does_not_say_is_withheld() -> None:
    assert Family("new", "New", "Something new.", Group.ACTIVITY).privacy is WITHHELD


def test_a_label_says_what_it_can_be() -> None:
    with pytest.raises(ValueError, match="colour"):
        Label("colour")


@pytest.mark.parametrize(
    ("of", "adds_up"), [(PrivacyClass.SHARE, None), (PrivacyClass.PUBLIC, Sum.FLOWS), (PrivacyClass.WITHHELD, Sum.REST)]
)
def test_a_share_is_over_somebody_and_counts_alone_add_up(of: PrivacyClass, adds_up: Sum | None) -> None:
    with pytest.raises(ValueError, match=r"share|counts"):
        Privacy(of, adds_up=adds_up)
