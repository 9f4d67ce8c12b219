"""Small communities with a policy, drawn by Hypothesis, and the days on which to ask about them."""

from datetime import date, timedelta

from hypothesis import strategies as st

from events.envelope import Event
from projections.policy.policy import LEADERSHIP_ROLES, OWNING_ROLES, CommunityPolicy, Organisations, SourcePolicy
from projections.policy.thresholds import (
    CommunicationPolicy,
    Criteria,
    MentoringPolicy,
    PathwayPolicy,
    SuccessPolicy,
    TeamsPolicy,
)
from tests.oracle.leadership_strategies import led_logs
from tests.oracle.mentoring_strategies import mentored_logs
from tests.oracle.pathway_strategies import pathway_logs
from tests.oracle.stage_strategies import lively_logs
from tests.oracle.strategies import BACK_DAYS, PIVOTS, WINDOWS, busy_logs, logs
from tests.oracle.teams_strategies import logs_together

Community = tuple[list[Event], CommunityPolicy, date]
LADDERS: tuple[dict[str, Criteria], ...] = (
    {},
    {"owner": Criteria(days=1), "member": Criteria(days=3)},
    {"owner": Criteria(kinds={"commit": 2}), "lead": Criteria(reviews=1), "triager": Criteria(kinds={"tea": 1})},
    {"peer": Criteria(mentees=1), "owner": Criteria(sponsors=1, days=1)},
    {"owner": Criteria(mentees=1, sponsors=1), "maintainer": Criteria(kinds={"review": 1}, reviews=2)},
)
SOURCE_POLICIES: tuple[dict[str, SourcePolicy], ...] = (
    {},
    {"git:two": SourcePolicy(cadence_days=1.5)},
    {"git:*": SourcePolicy(team="web"), "git:two": SourcePolicy(team="core", cadence_days=1.5)},
    {"*": SourcePolicy(team="docs"), "GIT:T*": SourcePolicy(team="new")},
)
FLOORS: tuple[dict[str, float], ...] = (
    {"arrived": 0.15, "second_day": 0.25, "sustained": 0.1},
    {},
    {"arrived": 0.5, "sustained": 0.9, "core": 0.5},
)


@st.composite
def policies(draw: st.DrawFn) -> CommunityPolicy:
    """Defaults, and what can be set, together."""
    windows = draw(st.sampled_from(WINDOWS))
    return CommunityPolicy(
        windows_days=windows,
        headline_window_days=draw(st.sampled_from(windows)),
        min_contributions=draw(st.sampled_from((1, 1, 1, 2, 3))),
        teams=draw(st.sampled_from(((), ("core",), ("core", "docs")))),
        levels=draw(st.sampled_from(({}, {"tea": "substantial", "commit": "light"}))),
        team_levels=draw(st.sampled_from(({}, {"docs": {"commit": "light", "tea": "stewardship"}}))),
        organisations=Organisations(aliases=draw(st.sampled_from(({}, {"Acme Labs": "Acme", "Initech": "Self"})))),
        teams_shown_max=draw(st.sampled_from((50, 50, 2, 1, 0))),
        sources=draw(st.sampled_from(SOURCE_POLICIES)),
        min_people=draw(st.sampled_from((1, 2, 5))),
        pathway=PathwayPolicy(fewest_people=draw(st.sampled_from((1, 2, 20)))),
        affiliation_known_min=draw(st.sampled_from((0.3, 0.5, 0.7))),
    )


@st.composite
def communities(draw: st.DrawFn) -> Community:
    """A log, its policy, and a day around which things happen."""
    pivot, policy = date.fromisoformat(draw(st.sampled_from(PIVOTS))), draw(policies())
    log = draw(busy_logs(pivot)) if draw(st.integers(0, 3)) == 0 else draw(logs(pivot, policy.windows_days))
    return log, policy, pivot


@st.composite
def leadership_policies(draw: st.DrawFn) -> CommunityPolicy:
    """Defaults, and what can be set of leadership, together."""
    return CommunityPolicy(
        headline_window_days=draw(st.sampled_from((90, 30))),
        min_contributions=draw(st.sampled_from((1, 1, 2))),
        owning_roles=draw(st.sampled_from((OWNING_ROLES, ("owner", "triager")))),
        leadership_roles=draw(st.sampled_from((LEADERSHIP_ROLES, LEADERSHIP_ROLES, ("owner", "member")))),
        deputy_roles=draw(st.sampled_from((("member", "reviewer"), ("triager", "peer"), ()))),
        observed_scopes=draw(st.sampled_from((None, None, ("core*", "web"), ("[ab]*", "docs"), ()))),
        inheriting_sources=draw(st.sampled_from((("roles:*:owners",), ("roles:*",), ("*:TWO", "roles:one")))),
        collective_scopes=draw(st.sampled_from(((), (), ("core*", "web"), ("*",)))),
        scope_weights=draw(st.sampled_from(({}, {}, {"core": 2.5, "docs": 0.1}, {"core": 0, "web": 3}))),
        judge_by=draw(st.sampled_from(("nominal", "active"))),
        active_seat_days=draw(st.sampled_from((90, 90, 10, 400))),
        renewal_days=draw(st.sampled_from((180, 180, 7))),
        criteria=draw(st.sampled_from(LADDERS)),
        affiliation_known_min=draw(st.sampled_from((0.3, 0.5, 0.7))),
        organisations=Organisations(
            aliases=draw(st.sampled_from(({}, {"Acme Labs": "Acme", "Initech": "Self"}))),
            basis=draw(st.sampled_from(({}, {"ACME GmbH": "paid", "Initech": "both"}))),
        ),
    )


@st.composite
def led_communities(draw: st.DrawFn) -> Community:
    """A log with roles, its policy, and a day around which things happen."""
    pivot = date.fromisoformat(draw(st.sampled_from(PIVOTS)))
    return draw(led_logs(pivot)), draw(leadership_policies()), pivot


@st.composite
def policies_together(draw: st.DrawFn) -> CommunityPolicy:
    """Defaults, and what can be set of work across teams and of communication, together."""
    return CommunityPolicy(
        windows_days=(7, 90, 365),
        headline_window_days=draw(st.sampled_from((90, 90, 7))),
        min_contributions=draw(st.sampled_from((1, 1, 2))),
        team_levels=draw(st.sampled_from(({}, {"docs": {"commit": "light", "tea": "stewardship"}}))),
        collaboration=TeamsPolicy(
            cross_team_days=draw(st.sampled_from((90, 90, 7, 400))),
            main_team_days=draw(st.sampled_from((365, 365, 30))),
            dormant_days=draw(st.sampled_from((180, 10))),
        ),
        communication=CommunicationPolicy(
            cadence_days=draw(st.sampled_from(({"report": 45, "meeting": 30, "check_in": 30}, {"other": 1, "tea": 9})))
        ),
        organisations=Organisations(basis=draw(st.sampled_from(({}, {"ACME GmbH": "paid", "Initech": "both"})))),
    )


@st.composite
def communities_together(draw: st.DrawFn) -> Community:
    """A log with work in teams and with others, its policy, and a day around which things happen."""
    pivot = date.fromisoformat(draw(st.sampled_from(PIVOTS)))
    return draw(logs_together(pivot)), draw(policies_together()), pivot


@st.composite
def mentored_communities(draw: st.DrawFn) -> Community:
    """A log with mentoring, its policy, and a day around which things happen."""
    pivot = date.fromisoformat(draw(st.sampled_from(PIVOTS)))
    mentoring = MentoringPolicy(
        dormant_days=draw(st.sampled_from((90, 90, 30, 1))),
        newcomer_days=draw(st.sampled_from((90, 90, 7, 365))),
        fewest_in_group=draw(st.sampled_from((1, 1, 2, 10))),
        recruited_days=draw(st.sampled_from((180, 180, 7))),
    )
    levels = draw(st.sampled_from(({}, {"tea": "substantial", "commit": "light"})))
    return draw(mentored_logs(pivot)), CommunityPolicy(mentoring=mentoring, levels=levels), pivot


@st.composite
def pathway_communities(draw: st.DrawFn) -> Community:
    """A log of people who come far; few suffice, so that there is something to say of most quarters."""
    pivot = date.fromisoformat(draw(st.sampled_from(PIVOTS)))
    policy = CommunityPolicy(
        pathway=PathwayPolicy(fewest_people=draw(st.sampled_from((1, 2, 3, 5))), floors=draw(st.sampled_from(FLOORS))),
        min_contributions=draw(st.sampled_from((1, 1, 2))),
        levels=draw(st.sampled_from(({}, {"review": "light"}))),
        leadership_roles=draw(st.sampled_from((LEADERSHIP_ROLES, ("member",)))),
    )
    return draw(pathway_logs(pivot)), policy, pivot


@st.composite
def lively_communities(draw: st.DrawFn) -> Community:
    """A log with all that milestones, success and risks go by, its policy, and a day around which things happen."""
    pivot = date.fromisoformat(draw(st.sampled_from(PIVOTS)))
    policy = CommunityPolicy(
        judge_by=draw(st.sampled_from(("nominal", "active"))),
        renewal_days=draw(st.sampled_from((180, 180, 30))),
        observed_scopes=draw(st.sampled_from((None, None, ("core",)))),
        success=SuccessPolicy(
            leaders_min=draw(st.sampled_from((3, 1.5))),
            active_per_leader=draw(st.sampled_from((25, 2))),
            strength_min=draw(st.sampled_from((0.8, 0.5))),
        ),
        pathway=PathwayPolicy(fewest_people=draw(st.sampled_from((20, 3)))),
    )
    return draw(lively_logs(pivot)), policy, pivot


def all_communities() -> st.SearchStrategy[Community]:
    """Communities of work alone, led, working together, where people are mentored or come far, and lively ones."""
    of_work = communities() | communities_together() | pathway_communities()
    return of_work | led_communities() | mentored_communities() | lively_communities()


def days_to_ask(pivot: date) -> list[date]:
    """The last days, every edge of a window before them, and days after."""
    return [pivot - timedelta(days=back) for back in (*BACK_DAYS, -1, -7, -30, -89, -90, -365, -731)]
