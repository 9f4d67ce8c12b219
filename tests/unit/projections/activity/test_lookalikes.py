"""Who counts and looks like a machine, of whom nobody has said what they are yet."""

from events.envelope import Event
from projections.activity.lookalikes import lookalikes
from projections.evaluation.fold import community_of
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import number_of
from tests.oracle.writing import contribution, event, moment

CI, ANN, BOT = "email:ci@l.test", "email:ann@l.test", "email:ci-bot@l.test"
LOG = [contribution(one, "2020-01-02") for one in (CI, ANN, BOT)]


def found(*more: Event, day: str = "2020-01-02") -> list[str]:
    community = community_of([*LOG, *more], CommunityPolicy())
    community.history(moment(day).date())
    return list(lookalikes(community.snapshot, number_of(moment(day).date())))


def said(who: str, *, bot: bool) -> Event:
    return event("person.classified", "2020-01-03", {"bot": bot, "reason": "seen"}, f"{who} {bot}", subject=who)


def test_who_counts_and_is_called_so() -> None:
    assert found() == [CI]
    assert found(day="2020-01-01") == []


def test_what_somebody_said_of_it_holds() -> None:
    assert found(said(CI, bot=False)) == []
    assert found(said(CI, bot=True)) == []
    assert found(said(BOT, bot=False)) == [CI]


def test_a_name_comes_later() -> None:
    assert found(event("person.named", "2020-01-05", {"name": "Build robot 2"}, "n", subject=ANN)) == [ANN, CI]
