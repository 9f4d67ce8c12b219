"""Whoever is named behind a number is as many as the number says."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.contributions import ContributionRecorded
from events.envelope import Event
from events.people import PersonLinked
from projections.activity.drilldown import PEOPLE
from projections.evaluation.fold import community_of, fold
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import number_of
from projections.timeline.history import series
from tests.support.drilled import behind

START = datetime(2024, 1, 1, tzinfo=UTC)
POLICY = CommunityPolicy(windows_days=(7, 30), headline_window_days=30, teams=("docs",), min_people=1)
COUNTS = sorted(set(PEOPLE) - {"retention_ratio", "newcomer_share_ratio", "affiliation_known_ratio"})

work = st.builds(
    lambda number, who, day, team, kind: ContributionRecorded.model_validate(
        {
            "id": f"c{number}",
            "source": "git:moss",
            "community": "moss",
            "subject": f"github:{who}",
            "time": START + timedelta(days=day),
            "team": team,
            "data": {"kind": kind},
        }
    ),
    st.integers(0, 10_000),
    st.integers(0, 6),
    st.integers(0, 120),
    st.sampled_from((None, "docs", "infra")),
    st.sampled_from(("commit", "bug_report")),
)
link = st.builds(
    lambda who, person: PersonLinked.model_validate(
        {
            "id": f"l{who}-{person}",
            "source": "by-hand",
            "community": "moss",
            "subject": f"github:{who}",
            "time": START,
            "data": {"person": f"github:{person}"},
        }
    ),
    st.integers(0, 6),
    st.integers(0, 6),
)


@pytest.mark.parametrize(
    "family", [name for name in COUNTS if name not in {"contributions", "departure_exposure_ratio"}]
)
@settings(max_examples=40, deadline=None)
@given(events=st.lists(work | link, min_size=1, unique_by=lambda event: event.id), day=st.integers(0, 130))
def test_as_many_people_as_the_number_says(family: str, events: list[Event], day: int) -> None:
    as_of = (START + timedelta(days=day)).date()
    community = community_of(events, POLICY, "moss")
    history = fold(events, POLICY, as_of)
    for labels, values in history.family(f"tenfold_{family}"):
        value = history.value((f"tenfold_{family}", labels), as_of)
        found = behind(community.snapshot, family, dict(labels), number_of(as_of))
        assert len(found.identities) == (0 if np.isnan(value) else value), (labels, len(values))


def test_the_person_with_the_most_days_is_behind_the_exposure() -> None:
    events = [
        ContributionRecorded.model_validate(
            {
                "id": f"{who}-{day}",
                "source": "git:moss",
                "community": "moss",
                "subject": f"github:{who}",
                "time": START + timedelta(days=day),
                "data": {"kind": "commit"},
            }
        )
        for who, days in (("busy", 5), ("rare", 1))
        for day in range(days)
    ]
    community = community_of(events, POLICY, "moss")
    found = behind(
        community.snapshot, "departure_exposure_ratio", {"unit": "person", "of": "volume"}, number_of(START.date()) + 9
    )
    assert found.identities == {"github:busy": ["github:busy"]}
    history = fold(events, POLICY, START.date() + timedelta(days=9))
    exposure = history.value(series("departure_exposure_ratio", unit="person", of="volume"), history.last_day)
    assert exposure == pytest.approx(5 / 6)
