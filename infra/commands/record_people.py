"""`tenfold record contribution|mentoring|opportunity`: what people did where no tool saw it."""

from typing import Annotated, Literal

import typer

from events.catalog import AnyEvent
from events.community import OpportunityOffered, OpportunityTaken
from events.contributions import ContributionRecorded, EventReference, Outcome
from events.mentoring import MentoringEnded, MentoringMet, MentoringOutcome, MentoringStarted
from infra.commands.options import AboutTeamOption, IdentityArgument, LinkOption, identity_of, kind_of
from infra.commands.recording import Telling, by_hand
from reports.format.labels import step_words

MenteeArgument = Annotated[str, typer.Argument(help="Who is mentored, such as github:583231.", callback=identity_of)]
MentorArgument = Annotated[str, typer.Argument(help="Who mentors.", callback=identity_of)]
OutcomeOption = Annotated[MentoringOutcome | None, typer.Option(help="How it ended; goes with ended.")]
KindArgument = Annotated[str, typer.Argument(help="Such as review, event_organised or design.", callback=kind_of)]
ChanceArgument = Annotated[str, typer.Argument(metavar="ID", help="What you call it: offered and taken go by it.")]
TakerOption = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="WHO", help="Who took it; goes with taken.", callback=lambda one: one and identity_of(one)
    ),
]


@by_hand
def mentoring(
    what: Annotated[Literal["started", "met", "ended"], typer.Argument(help="What happened between the two.")],
    mentee: MenteeArgument,
    mentor: MentorArgument,
    outcome: OutcomeOption = None,
    team: AboutTeamOption = None,
) -> Telling:
    """Say that a mentorship started or ended, or that the two met; meeting outside of one starts one."""
    if mentee == mentor:
        raise typer.BadParameter("nobody mentors themselves")
    if (outcome is not None) != (what == "ended"):
        raise typer.BadParameter("--outcome goes with ended, and ended needs it")
    kinds: dict[str, type[AnyEvent]] = {"started": MentoringStarted, "met": MentoringMet, "ended": MentoringEnded}
    told = {
        "started": f"{mentor} mentors {mentee}",
        "met": f"{mentor} and {mentee}, whom they mentor, met",
        "ended": f"{mentor} no longer mentors {mentee} ({step_words(str(outcome))})",
    }[what]
    return Telling(kinds[what], told, {"mentor": mentor, "outcome": outcome}, mentee, team)


@by_hand
def opportunity(
    what: Annotated[Literal["offered", "taken"], typer.Argument(help="Whether it was offered, or somebody took it.")],
    opportunity: ChanceArgument,
    by: TakerOption = None,
    url: LinkOption = None,
    team: AboutTeamOption = None,
) -> Telling:
    """Say that a chance to lead was offered, or who took it up."""
    if (by is not None) != (what == "taken"):
        raise typer.BadParameter("--by goes with taken, and taken needs it")
    if url and what == "taken":
        raise typer.BadParameter("--url goes with offered")
    if by:
        return Telling(OpportunityTaken, f"{by} took up {opportunity}", {"opportunity": opportunity}, by, team)
    told = f"{opportunity} stands open to whoever wants to lead it"
    return Telling(OpportunityOffered, told, {"opportunity": opportunity, "url": url}, team=team)


@by_hand
def contribution(
    identity: IdentityArgument,
    kind: KindArgument,
    url: LinkOption = None,
    about: Annotated[str | None, typer.Option(metavar="ID", help="What it concerned, by an id that stays.")] = None,
    responds_to: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="SOURCE ID", help="The contribution that it answers."),
    ] = None,
    outcome: Annotated[Outcome | None, typer.Option(help="What became of it.")] = None,
    team: AboutTeamOption = None,
) -> Telling:
    """Say that somebody contributed where no tool saw it; what level of work a kind is, the policy says."""
    answered = EventReference(source=responds_to[0], id=responds_to[1]) if responds_to else None
    data = {"kind": kind, "url": url, "about": about, "responds_to": answered, "outcome": outcome}
    return Telling(ContributionRecorded, f"{identity} contributed ({step_words(kind)})", data, identity, team)
