"""Taking in changes one after another gives what one sweep over all of them gives."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import numpy as np
import pytest

from events.contributions import ContributionRecorded
from events.envelope import Event
from events.mentoring import MentoringEnded, MentoringMet
from events.people import PersonAffiliated, PersonClassified, PersonLinked
from events.roles import RoleGranted, RoleRevoked
from projections.community.change import Change
from projections.community.firsts import FirstMoments
from projections.evaluation.community import Community
from projections.evaluation.fold import change_of, fold
from projections.policy.policy import CommunityPolicy
from projections.policy.thresholds import PathwayPolicy
from projections.timeline.history import History

START = datetime(2023, 1, 1, tzinfo=UTC)
LAST_DAY = (START + timedelta(days=420)).date()
POLICY = CommunityPolicy(teams=("docs",), min_people=3, pathway=PathwayPolicy(fewest_people=1))
PEOPLE = [f"github:{number}" for number in range(40)]


def made(dice: Random, number: int) -> Event:
    """Mostly contributions; the rest touches who people are and what they hold."""
    about = {"id": f"e{number}", "source": "git:moss", "community": "moss", "subject": dice.choice(PEOPLE)}
    about |= {"time": START + timedelta(days=dice.randrange(400), seconds=number)}  # type: ignore[dict-item]
    match dice.randrange(30):
        case 0:
            return PersonLinked.model_validate(about | {"data": {"person": dice.choice(PEOPLE)}})
        case 1:
            since = (START + timedelta(days=dice.randrange(400))).date()
            data = {"organisation": dice.choice(("Acme", "Self")), "basis": "paid", "since": since}
            return PersonAffiliated.model_validate(about | {"data": data})
        case 2:
            return PersonClassified.model_validate(about | {"data": {"bot": dice.random() < 0.5, "reason": "seen"}})
        case 3 | 4:
            seat = {"role": dice.choice(("owner", "member")), "scope": dice.choice(("core", "docs"))}
            kind = RoleRevoked if dice.random() < 0.3 else RoleGranted
            return kind.model_validate(about | {"data": seat})
        case 5:
            return mentoring(dice, about)
        case _:
            team = dice.choice((None, "docs", "tools"))
            return ContributionRecorded.model_validate(about | {"team": team, "data": {"kind": "commit"}})


def mentoring(dice: Random, about: Mapping[str, object]) -> Event:
    """A meeting, or the end of a mentorship."""
    mentor = {"mentor": dice.choice(PEOPLE)}
    if dice.random() < 0.3:
        return MentoringEnded.model_validate({**about, "data": mentor | {"outcome": "completed"}})
    return MentoringMet.model_validate({**about, "data": mentor})


def parts(events: Sequence[Event], first: int, step: int) -> list[Change]:
    """Changes that hold the events in this order: many at first, then a few at a time, under the same numbers."""
    whole = change_of(list(events))
    cuts = [0, first, *range(first + step, len(events), step), len(events)]
    return [renumbered(change_of(list(events[a:b])), whole) for a, b in pairwise(cuts)]


def renumbered(change: Change, whole: Change) -> Change:
    """The same change under the numbers that the whole gave."""
    cells = change.cells
    for column, names in (("identity", "identities"), ("kind", "kinds"), ("source", "sources")):
        places = [getattr(whole.names, names).index(name) for name in getattr(change.names, names)]
        cells = replace(cells, **{column: np.array(places, np.int64)[getattr(cells, column)]})
    teams = np.array([*(whole.names.teams.index(name) for name in change.names.teams), -1], np.int64)
    order = np.argsort(cells.identity, kind="stable")
    cells = replace(cells, team=teams[cells.team]).where(order)
    places = [whole.names.identities.index(name) for name in change.names.identities]
    firsts = FirstMoments.of(np.array(places, np.int64), change.firsts.moment)
    return replace(change, names=whole.names, cells=cells, firsts=firsts)


def same(one: History, other: History) -> None:
    assert one.first_day == other.first_day
    defined = [{key: v for key, v in history.series.items() if not np.isnan(v).all()} for history in (one, other)]
    empty = [key for key in set(defined[0]) ^ set(defined[1]) if np.nan_to_num((defined[0] | defined[1])[key]).any()]
    assert empty == []
    for key in set(defined[0]) & set(defined[1]):
        np.testing.assert_allclose(defined[0][key], defined[1][key], atol=1e-9, err_msg=str(key))


@pytest.mark.parametrize("seed", range(6))
def test_changes_one_after_another(seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - chance that can be repeated
    events = [made(dice, number) for number in range(600)]
    community = Community("moss", POLICY)
    for change in parts(events, 560, 5):
        community.apply(change)
        community.history(LAST_DAY)
    same(community.history(LAST_DAY), fold(events, POLICY, LAST_DAY))
