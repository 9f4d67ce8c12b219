"""Events as Hypothesis draws them, and the record that each becomes."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel

from events.catalog import TYPES, AnyEvent
from events.contributions import ContributionRecorded
from events.envelope import EARLIEST_TIME
from events.published import SERVER

LOG_TIME = datetime(2026, 8, 22, 12, tzinfo=UTC)

ASCII_WORD = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
TEXT = st.text(st.characters(min_codepoint=0x20, exclude_categories=["Cs"]), min_size=1, max_size=12)
MOMENT = st.datetimes(EARLIEST_TIME.replace(tzinfo=None), LOG_TIME.replace(tzinfo=None), timezones=st.just(UTC))
URL = TEXT.map(lambda text: "https://example.org/" + "".join(text.split()))
IDENTITY = st.builds("{}:{}".format, st.sampled_from(["email", "github", "git-name"]), TEXT).filter(
    lambda identity: not identity.partition(":")[2][0].isspace()
)


def contributions() -> st.SearchStrategy[ContributionRecorded]:
    """Any contribution that the model takes, optional parts there or not."""
    optional = {
        "url": URL,
        "authored_at": MOMENT,
        "about": TEXT,
        "responds_to": st.fixed_dictionaries({"source": TEXT, "id": TEXT}),
        "outcome": st.sampled_from(["opened", "accepted", "declined"]),
    }
    data = st.fixed_dictionaries({"kind": ASCII_WORD}, optional=optional)
    envelope = {
        "id": TEXT,
        "source": TEXT,
        "time": MOMENT,
        "subject": IDENTITY,
        "community": ASCII_WORD,
        "data": data,
    }
    more = {"team": ASCII_WORD, "datacontenttype": st.just("application/json")}
    return st.fixed_dictionaries(envelope, optional=more).map(ContributionRecorded.model_validate)


DATA: dict[str, dict[str, Any]] = {
    "contribution.recorded": {"kind": "commit"},
    "agent.declared": {
        "agent": "email:noreply@anthropic.com",
        "contribution": {"source": "git:cargo", "id": "1"},
    },
    "contribution.retracted": {"retracts": {"source": "git:cargo", "id": "1"}, "reason": "by mistake"},
    "source.withdrawn": {"source": "git:cargo", "before": "2026-01-02T03:04:05Z"},
    "source.checked": {"source": "git:cargo", "through": "2026-01-02T03:04:05Z", "found": 0},
    "source.dated": {
        "source": "git:cargo",
        "why": "landing",
        "commits": 48,
        "first": "2020-02-16",
        "last": "2023-11-15",
        "on": "2025-01-15",
    },
    "source.retired": {"source": "git:cargo"},
    "mentoring.started": {"mentor": "github:2"},
    "mentoring.met": {"mentor": "github:2"},
    "mentoring.ended": {"mentor": "github:2", "outcome": "completed"},
    "role.granted": {"role": "owner", "scope": "build", "already_held": True},
    "role.revoked": {"role": "owner", "scope": "build"},
    "role.paused": {"role": "owner", "scope": "build", "until": "2026-09-01T00:00:00Z"},
    "scope.declared": {"scope": "build", "parent": "tools"},
    "scope.retired": {"scope": "build"},
    "person.linked": {"person": "github:1"},
    "person.unlinked": {},
    "person.affiliated": {"organisation": "Example Inc", "basis": "paid", "since": "2026-01-02"},
    "person.classified": {"bot": True, "reason": "bot"},
    "person.named": {"name": "Ada"},
    "person.opted_out": {"purpose": "leadership"},
    "person.erased": {},
    "goal.set": {"baseline": 40, "baseline_on": "2026-01-01", "factor": 10, "due_on": "2031-01-01"},
    "relationship.established": {"with": "docs", "nature": "reviews"},
    "relationship.ended": {"with": "docs", "nature": "reviews"},
    "engagement.held": {"kind": "report", "url": "https://example.org/report"},
    "practice.documented": {"practice": "recruiting_plan", "url": "https://example.org/plan"},
    "milestone.assigned": {"milestone": "synergy", "responsible": "github:1"},
    "action.recorded": {"about": "pathway:core", "url": "https://example.org/", "owner": "github:1"},
    "impact.noted": {"title": "Faster builds", "url": "https://example.org/story"},
    "opportunity.offered": {"opportunity": "lead-docs"},
    "opportunity.taken": {"opportunity": "lead-docs"},
    "day.published": {
        "day": "2026-08-21",
        "samples": [{"name": "tenfold_leaders", "labels": {"community": "rust"}, "value": 4.0}],
        "read_model_version": 1,
        "policy": "0123abcd",
    },
}
"""One valid ``data`` for each type, by the type's name without prefix and version."""


def document(stem: str = "contribution.recorded", **changes: Any) -> dict[str, Any]:
    """A valid CloudEvent of a type, as JSON would have it; a change to None leaves an attribute out."""
    type_ = f"tenfold.{stem}.v1"
    whole = {
        "specversion": "1.0",
        "id": "1",
        "source": SERVER if stem == "day.published" else "git:cargo",
        "type": type_,
        "time": (LOG_TIME - timedelta(hours=1)).isoformat(),
        "subject": "github:1" if _is_personal(TYPES[type_]) else None,
        "community": "rust",
        "data": DATA[stem],
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not None}


def _is_personal(model: type[BaseModel]) -> bool:
    return model.model_fields["subject"].is_required()


def example(stem: str, **changes: Any) -> AnyEvent:
    """The same, as an event."""
    whole = document(stem, **changes)
    return TYPES[whole["type"]].model_validate_json(json.dumps(whole))


JSON = [("content-type", b"application/json")]


def binary(stem: str = "contribution.recorded", **changes: Any) -> tuple[bytes, list[tuple[str, bytes]]]:
    """The value and the headers of an event in binary mode."""
    attributes = document(stem, **changes)
    data = json.dumps(attributes.pop("data", {})).encode()
    return data, [*JSON, *((f"ce_{name}", value.encode()) for name, value in attributes.items())]
