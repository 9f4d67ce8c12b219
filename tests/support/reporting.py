"""Reports of communities and of bare histories, for whoever may see everything and for everybody."""

from datetime import date

from projections.community.snapshot import CommunitySnapshot
from projections.disclosure.view import everything, public
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History
from reports.builder import report_for
from reports.inputs import ReportInputs
from reports.report import Report


def inputs(
    history: History,
    day: date,
    snapshot: CommunitySnapshot | None = None,
    policy: CommunityPolicy | None = None,
    *,
    community: str = "moss",
    by_public: bool = False,
) -> ReportInputs:
    """What a report is made of; the policy is the snapshot's where none is given."""
    policy = policy or (snapshot.policy if snapshot else CommunityPolicy())
    seen = public(history, policy) if by_public else everything(history)
    return ReportInputs(snapshot.name if snapshot else community, seen, history, policy, day, snapshot)


def report(
    history: History,
    day: date,
    snapshot: CommunitySnapshot | None = None,
    policy: CommunityPolicy | None = None,
    *,
    community: str = "moss",
    by_public: bool = False,
) -> Report:
    """The report itself."""
    return report_for(inputs(history, day, snapshot, policy, community=community, by_public=by_public))
