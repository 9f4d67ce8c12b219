"""`tenfold record engagement|relationship|practice|milestone|action|impact`: what was said, agreed and decided."""

from datetime import date
from typing import Annotated, Any, Final, Literal

import typer

from events.community import (
    ActionRecorded,
    EngagementHeld,
    ImpactNoted,
    Milestone,
    MilestoneAssigned,
    PracticeDocumented,
    PracticeName,
    PracticeTargets,
    RelationshipEnded,
    RelationshipEstablished,
)
from events.envelope import MAX_COUNT
from infra.commands.options import AboutTeamOption, LinkArgument, LinkOption, day_of, kind_of, link_of
from infra.commands.recording import Telling, by_hand
from projections.conditions.catalog import CONDITIONS
from projections.pathway.steps import STEPS
from reports.format.labels import step_words

ABOUT = {"pathway": STEPS[:-1], "condition": CONDITIONS}
"""What an action can be about: a step that people go on from, or a condition."""

MOST_PEOPLE: Final = MAX_COUNT
"""As many as a goal may begin with: more than that is a slip of the finger."""


def about_of(text: str) -> str:
    """What an action is about."""
    what, _, name = text.partition(":")
    known = ABOUT.get(what)
    if known is None:
        raise typer.BadParameter("it reads pathway:STEP or condition:NAME, such as pathway:arrived")
    if name not in known:
        raise typer.BadParameter(f"no {what} is called {name[:64]!r}; there are {', '.join(known)}")
    return text


AboutArgument = Annotated[
    str,
    typer.Argument(
        metavar="ABOUT", help="pathway:STEP or condition:NAME, such as condition:growth_stalled.", callback=about_of
    ),
]
EngagementArgument = Annotated[
    str, typer.Argument(help="Such as report, meeting or check_in; a report needs --url.", callback=kind_of)
]
WithOption = Annotated[
    str | None, typer.Option("--with", metavar="GROUP", help="The other team or community, where there was one.")
]
AudienceOption = Annotated[str | None, typer.Option(help="Whom it was for.")]
ParticipantsOption = Annotated[int | None, typer.Option(min=0, max=MOST_PEOPLE, help="How many took part.")]
NewcomersOption = Annotated[
    int | None, typer.Option(min=0, max=MOST_PEOPLE, help="Newcomers a quarter that the plan promises.")
]
LeadersOption = Annotated[
    int | None, typer.Option(min=0, max=MOST_PEOPLE, help="New leaders a half-year that the plan promises.")
]
ReviewOption = Annotated[
    date | None,
    typer.Option(parser=day_of, metavar="DAY", help="When it wants looking at again."),
]
DueOption = Annotated[date | None, typer.Option(parser=day_of, metavar="DAY", help="The day to have it by.")]
OwnerOption = Annotated[str, typer.Option(metavar="WHO", help="Who sees to it: an identity, a name or a title.")]
ResponsibleOption = Annotated[
    str, typer.Option(metavar="WHO", help="Who answers for it: an identity, a name or a title.")
]
SupportOption = Annotated[str | None, typer.Option(metavar="WHO", help="Who helps.")]


@by_hand
def engagement(
    kind: EngagementArgument,
    url: LinkOption = None,
    with_: WithOption = None,
    audience: AudienceOption = None,
    participants: ParticipantsOption = None,
    team: AboutTeamOption = None,
) -> Telling:
    """Say that the community reported, met, checked in: with itself, or with others."""
    if kind == "report" and url is None:
        raise typer.BadParameter("a report needs --url: where it can be read")
    data = {"kind": kind, "with": with_, "audience": audience, "participants": participants, "url": url}
    told = f"{step_words(kind)} held{f' with {with_}' if with_ else ''}"
    return Telling(EngagementHeld, told, data, team=team)


@by_hand
def relationship(
    what: Annotated[Literal["established", "ended"], typer.Argument(help="Whether it began or ended.")],
    with_: Annotated[str, typer.Argument(metavar="GROUP", help="The other team or community.")],
    nature: Annotated[str, typer.Option(help="What the two do together.")],
    team: AboutTeamOption = None,
) -> Telling:
    """Say that two groups began to work together, or no longer do."""
    kind = RelationshipEstablished if what == "established" else RelationshipEnded
    return Telling(kind, f"relationship with {with_} {what} ({nature})", {"with": with_, "nature": nature}, team=team)


@by_hand
def practice(
    practice: Annotated[PracticeName, typer.Argument(help="What was written down.")],
    url: LinkArgument,
    review_by: ReviewOption = None,
    newcomers_per_quarter: NewcomersOption = None,
    leaders_per_half_year: LeadersOption = None,
) -> Telling:
    """Say where a practice or a plan is written down; the newest one of each holds."""
    promised = {"newcomers_per_quarter": newcomers_per_quarter, "leaders_per_half_year": leaders_per_half_year}
    targets = PracticeTargets(**promised) if any(each is not None for each in promised.values()) else None
    data: dict[str, Any] = {"practice": practice, "url": url, "review_by": review_by, "targets": targets}
    return Telling(PracticeDocumented, f"{step_words(practice)} is written down at {url}", data)


@by_hand
def milestone(
    milestone: Annotated[Milestone, typer.Argument(help="Which one.")],
    responsible: ResponsibleOption,
    support: SupportOption = None,
    deliverable: Annotated[str | None, typer.Option(metavar="URL", help="What will show it.", callback=link_of)] = None,
    due_on: DueOption = None,
) -> Telling:
    """Say who answers for a milestone; the newest word on each holds."""
    data = {
        "milestone": milestone,
        "responsible": responsible,
        "support": support,
        "deliverable": deliverable,
        "due_on": due_on,
    }
    by = f" by {due_on}" if due_on else ""
    return Telling(MilestoneAssigned, f"{responsible} answers for {step_words(milestone)}{by}", data)


@by_hand
def action(about: AboutArgument, url: LinkArgument, owner: OwnerOption) -> Telling:
    """Say what is done about a gap in the pathway or about a condition: it is acknowledged from then on."""
    return Telling(ActionRecorded, f"{owner} sees to {about}: {url}", {"about": about, "url": url, "owner": owner})


@by_hand
def impact(
    title: Annotated[str, typer.Argument(help="What the work brought, in a sentence.")], url: LinkArgument
) -> Telling:
    """Note a story about what the work brought."""
    return Telling(ImpactNoted, f"noted: {title}", {"title": title, "url": url})
