"""What a report says of mentoring."""

from datetime import date, timedelta

from projections.evaluation.fold import fold
from projections.policy.policy import CommunityPolicy
from reports.mentoring import Group, Outcome, outcome_on
from reports.text import mentoring as mentoring_text
from tests.oracle.writing import contribution, event

CAME, DAY = date(2026, 1, 1), date(2026, 6, 1)


def outcome(mentored: int, of_those: int, others: int, of_others: int) -> Outcome | None:
    """So many come on New Year's Day, mentored or not, and so many of each are there two months later."""
    log = [event("mentoring.met", CAME, {"mentor": "github:1"}, "first", subject="github:2")]
    for group, people, stay in (("mentored", mentored, of_those), ("other", others, of_others)):
        for place in range(people):
            who = f"github:{group}{place}"
            log.append(contribution(who, CAME))
            log += [contribution(who, CAME + timedelta(days=60))] if place < stay else []
            told = event("mentoring.met", CAME, {"mentor": "github:1"}, who, subject=who)
            log += [told] if group == "mentored" else []
    return outcome_on(fold(log, CommunityPolicy(), DAY), DAY)


def test_both_shares_stand_beside_each_other_with_the_interval_of_the_difference() -> None:
    """56 of 70 and 48 of 80: Newcombe's first example."""
    assert mentoring_text.mentoring_sections(outcome(70, 56, 80, 48)) == [
        [
            "Whether newcomers stay",
            "  150 people came between 1 Jun 2025 and 31 Jan 2026; 70 had a mentor within 14",
            "  days. Active work 31 to 120 days after they came: 80 % of these, 60 % of the",
            "  others (+20 points, 95 % interval +5 to +33). An association: who is mentored",
            "  may differ from others in much else.",
        ]
    ]


def test_too_few_are_not_compared() -> None:
    (found,) = mentoring_text.mentoring_sections(outcome(9, 9, 80, 48))
    assert found[1:] == [
        "  89 people came between 1 Jun 2025 and 31 Jan 2026; 9 had a mentor within 14",
        "  days. Those with or those without a mentor are too few to compare who stayed.",
    ]


def test_where_nobody_came_nothing_is_said() -> None:
    assert mentoring_text.mentoring_sections(outcome(0, 0, 0, 0)) == []
    assert mentoring_text.mentoring_sections(None) == []


def test_what_cannot_be_compared_is_not_known() -> None:
    found = outcome(9, 9, 80, 48)
    assert found is not None
    assert (found.first_day, found.last_day) == (date(2025, 6, 1), date(2026, 1, 31))
    assert (found.mentored, found.others) == (Group(9), Group(80, 0.6))
    assert (found.difference, found.low, found.high) == (None, None, None)
