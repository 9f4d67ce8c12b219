"""What happened since the last report, counted by hand."""

from collections.abc import Sequence
from datetime import date, timedelta

from events.envelope import Event
from projections.evaluation.fold import community_of
from projections.policy.policy import CommunityPolicy
from reports.report import Report
from reports.since import Since
from reports.text.since import since_part
from tests.oracle.writing import contribution, event, granted, revoked
from tests.support import reporting

DAY = date(2026, 8, 22)


def ago(days: int) -> str:
    return str(DAY - timedelta(days=days))


def report(days: int) -> Event:
    return event("engagement.held", ago(days), {"kind": "report", "url": "https://example.org/r"}, f"r{days}")


def reported(log: Sequence[Event], *, by_public: bool = False) -> Report:
    community = community_of(log, CommunityPolicy(), "valley")
    return reporting.report(community.history(DAY), DAY, community.snapshot, by_public=by_public)


def told(log: Sequence[Event], *, by_public: bool = False) -> Since:
    found = reported(log, by_public=by_public).since
    assert found is not None
    return found


def test_it_begins_after_the_last_report_before_the_day() -> None:
    leads = [granted(f"github:{who}", "docs", ago(who), "lead") for who in (5, 30, 31, 200)]
    log = [*leads, revoked("github:200", "docs", ago(9), "lead"), report(100), report(30), report(0)]
    found = told(log)
    assert (found.begin, found.reported) == (DAY - timedelta(days=30), True)
    assert found.new_leaders == ["github:5"]
    assert found.left_leaders == ["github:200"]
    assert found.engagements == {"report": 1}
    words = "\n".join(since_part(reported(log).named({"github:5": "Ada"})))
    assert "Since the last report, of 23 Jul 2026\n  New leaders, 1: Ada.\n  Left leadership, 1: github:200." in words


def test_without_a_report_it_is_ninety_days() -> None:
    log = [contribution("github:1", ago(400)), granted("github:2", "docs", ago(90), "lead")]
    found = told(log)
    assert (found.begin, found.reported, found.new_leaders) == (DAY - timedelta(days=90), False, [])
    assert since_part(reported(log)) == [
        f"Since {found.begin:%-d %b %Y} (no report was recorded before)",
        "  Nothing that was recorded.",
    ]


def test_alerts_that_began_or_ended_are_told_with_their_day() -> None:
    found = told([report(120), report(10)])
    assert list(found.left) == []
    log = [report(120), event("impact.noted", ago(3), {"title": "A", "url": "https://example.org/a"}, "i")]
    found = told(log)
    assert list(found.entered) == ["report_overdue"]
    assert [one.title for one in found.stories] == ["A"]
    assert "Alerts that began: a report is overdue" in "\n".join(since_part(reported(log)))


def test_everybody_reads_who_came_to_lead_by_the_account_of_the_role() -> None:
    leads = [granted("github:5", "docs", ago(5), "lead"), granted("email:ada@example.org", "docs", ago(6), "lead")]
    assert told(leads).new_leaders == ["email:ada@example.org", "github:5"]
    everybody = reported(leads, by_public=True)
    assert everybody.since is not None
    assert everybody.since.new_leaders == ["github:5", "not shown (1)"]
    assert "New leaders, 2: github:5." in "\n".join(since_part(everybody))
