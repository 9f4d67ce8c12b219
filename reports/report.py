"""The report of a community for a viewer and a day: the one model, of which page, text, JSON and API are views."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from projections.activity.cohorts import Cohort
from projections.activity.elephant import Bounds
from projections.activity.flows import Split
from reports.attention import Attention
from reports.collaboration import Bridge, Collaboration, Kind, Relationship
from reports.communication import EngagementShown, PracticeShown, StoryShown
from reports.conditions.report import ConditionsReport
from reports.flows import Movements, SayHello
from reports.format.document import Document, Moment
from reports.freshness import Freshness
from reports.headline import Goal, Headline
from reports.leadership.leadership import Leadership
from reports.leadership.scopes import Scope, weakest_first
from reports.mentoring import Outcome
from reports.numbers import Number, Terms
from reports.owners import owners
from reports.pathway import StepShown
from reports.since import Since
from reports.stage.report import Criterion, Milestone, Risk, StageReport


@dataclass(frozen=True, slots=True)
class YearAgo:
    """The numbers of the same day a year before; `tells_of_active` as of the report itself."""

    as_of: date
    samples: Sequence[Number]
    tells_of_active: bool = False


class Report(Document):
    """What is to say of one community as of a day, to whoever may see it so.

    What they may not see is not in it, nor what is not known; people are as they are recorded, or by account.

    Attributes:
        hides: whether anything may be hidden from whoever reads it.
        terms: the windows and seats that numbers go by where their labels don't say it.
        headline: the two answers, each in numbers and in plain words.
        verdict: whether it grows; `reason` says why there is no verdict, and is empty where there is one.
        last_event: the newest moment of any event up to the end of the day, source checks apart.
        samples: every number of the day, with the labels that /metrics has.
        tells_of_active: whether enough is known of those who lead for numbers over active seats to say anything.
        year_ago: the samples of the same day a year before.
        freshness: how far the data reaches, and what is withheld since too little is known.
        attention: the few things that need it, each with who answers for it and the next step.
        goal: the goal that holds, and where the community stands.
        who_came_and_went: in numbers and words, with the same day a year before, and to whom to say hello.
        since: what happened since the last report that the community published.
        flows: new, returned and lapsed of the headline window by team, basis and class.
        say_hello: to whom a word is due: who lapsed, and who soon will if nothing more comes from them.
        cohorts: retention by month of first active work.
        active_by_basis: share of the active people by basis, where an affiliation was ever recorded.
        elephant_factor_bounds: where too few affiliations are known to give the number itself.
        looks_like_machines: identities that count as people's and are called as machines are: leads say what they are.
        unmapped_kinds: kinds that neither the policy nor the defaults map, with how often they occur.
        leadership_verdict: absent, as the three below, where no role was recorded up to the day.
        leadership_because: why it is what it is, as half a sentence.
        leadership: what is told of it beside the answer, the scopes and the numbers.
        scopes: by name, with who leads each and what it lacks.
        milestones: of the scaling stage, each with its reason and the next step, as its success and its risks.
        conditions: those that hold and why, those left lately, and those that were told and taken back.
        pathway: its steps, first to last, with how many came so far and how many of them went on.
        mentoring_outcome: whether newcomers stayed who were mentored, beside the others; absent before any mentoring.
        bridges: pairs of teams that share people.
        relationships: with other teams and communities, those that have not ended.
        engagements: the last that was held of each kind.
        practices: as last documented.
        impact: active work by kind, beside a year before.
        stories: about what the work brought, newest first.
        names: what people in it are called: who said so, for those who may see people; published accounts, for all.
        failed: since when it cannot be worked out anew, where that is so.
    """

    community: str
    as_of: date
    hides: bool
    terms: Terms
    headline: Headline
    verdict: str
    reason: str
    samples: Sequence[Number]
    tells_of_active: bool
    year_ago: YearAgo
    freshness: Freshness
    attention: Attention
    conditions: ConditionsReport
    who_came_and_went: Movements
    pathway: Sequence[StepShown]
    last_event: Moment | None = None
    goal: Goal | None = None
    since: Since | None = None
    flows: Mapping[str, Split] | None = None
    say_hello: SayHello | None = None
    cohorts: Sequence[Cohort] | None = None
    active_by_basis: Mapping[str, float] | None = None
    elephant_factor_bounds: Bounds | None = None
    looks_like_machines: Sequence[str] | None = None
    unmapped_kinds: Mapping[str, int] | None = None
    leadership_verdict: str | None = None
    leadership_because: str | None = None
    leadership: Leadership | None = None
    scopes: Sequence[Scope] | None = None
    milestones: Mapping[str, Milestone] | None = None
    success: Mapping[str, Criterion] | None = None
    risks: Mapping[str, Risk] | None = None
    mentoring_outcome: Outcome | None = None
    bridges: Sequence[Bridge] | None = None
    relationships: Sequence[Relationship] | None = None
    engagements: Sequence[EngagementShown] | None = None
    practices: Sequence[PracticeShown] | None = None
    impact: Sequence[Kind] | None = None
    stories: Sequence[StoryShown] | None = None
    names: Mapping[str, str] | None = None
    failed: str | None = None

    @property
    def stage(self) -> StageReport | None:
        """The scaling stage; nothing where it was never worked out for the day."""
        if self.milestones is None or self.success is None or self.risks is None:
            return None
        return StageReport(self.milestones, self.success, self.risks)

    @property
    def collaboration(self) -> Collaboration:
        """Work with others, communication and impact."""
        return Collaboration(
            self.bridges or (),
            self.relationships or (),
            self.engagements or (),
            self.practices or (),
            self.impact or (),
            self.stories or (),
        )

    @property
    def judged_scopes(self) -> list[Scope]:
        """The scopes, the weakest first; none where too little is known of the seats that leadership is judged by."""
        return weakest_first(self.scopes or ()) if self.leadership and self.leadership.is_told else []

    @property
    def people(self) -> list[str]:
        """Everybody in it who may have a name."""
        hello = self.say_hello
        found = [*hello.lapsed, *hello.lapsing] if hello else []
        found += self.since.people if self.since else ()
        found += self.looks_like_machines or ()
        return sorted({*found, *owners(self.stage, self.conditions)})

    def named(self, names: Mapping[str, str]) -> Self:
        """The same, with what people are called."""
        return self.model_copy(update={"names": names})

    def called(self, who: str) -> str:
        """Somebody by the name they gave, or as they are recorded."""
        return (self.names or {}).get(who, who)

    def all_called(self, people: Sequence[str]) -> list[str]:
        """Some people by name, alphabetically."""
        return sorted(map(self.called, people), key=str.casefold)
