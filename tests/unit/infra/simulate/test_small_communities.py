from datetime import date, timedelta

import pytest

from infra.simulate.scenario import Outlook
from projections.evaluation.fold import fold
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import series
from tests.support.simulated import SMALL


@pytest.mark.parametrize("outlook", SMALL)
@pytest.mark.parametrize("back", range(7))
def test_small_communities_end_as_they_say(outlook: Outlook, back: int) -> None:
    small, last_day = SMALL[outlook], date(2026, 6, 30) - timedelta(days=back)
    events = small.events(outlook, "garden", last_day)
    history = fold(events, CommunityPolicy(), last_day)
    assert len(events) <= 8000
    assert history.series[series("active_contributors", window_days=90)][-1] <= 60
    assert history.series[series("condition", condition=small.condition)][-7:].all()
