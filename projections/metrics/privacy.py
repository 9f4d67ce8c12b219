"""Who may see a family: what its question says of it, and `projections/disclosure` does.

Source: docs/privacy.md.
"""

from dataclasses import dataclass
from enum import Enum, auto, unique


class PrivacyClass(Enum):
    """What those may see of a family who may see no person."""

    WITHHELD = auto()
    """Nothing: one person's doing, or nobody has said yet that it may be told."""
    PUBLIC = auto()
    """All: it says nothing of single people, or what was published of them."""
    COUNT = auto()
    """Counts of people: those from 1 to 4 as "<5"."""
    SHARE = auto()
    """What is of people without counting them: where enough of them are behind it."""


class Precision(Enum):
    """How finely a number is told."""

    EXACT = auto()
    PER_CENT = auto()
    """Whole per cents, as they read: their last digits give away what a number is a share of."""
    MINUTE = auto()
    DAY = auto()
    """At which hour somebody was at work is nobody's business."""


@unique
class Sum(Enum):
    """What counts of people add up to or are a part of, so that one that is hidden would follow from those shown."""

    FLOWS = "who was active when the window began, who is at its end, and who stayed"
    CLASSES = "who is active in the headline window, by volume"
    TEAMS = "who is active in the window, with who works across teams counted in each"
    KINDS = "who is active in the headline window, with who does several kinds of work counted in each"
    REST = "who is active in the window: the others are the rest"


@unique
class Denominator(Enum):
    """Of whom enough must be behind a number; in words, where it is told."""

    ACTIVE = "10 people or more were active in the headline window"
    ACTIVE_IN_PARTS = "10 or more were active, and both who is in the share and who is not are nobody, or 5 or more"
    ACTIVE_BEFORE = (
        "10 or more were active when the window began, and who stayed, came, came back and lapsed are each nobody, or "
        "5 or more"
    )
    ANSWERED = "10 people or more were answered, or had their work decided on"
    GOAL = (
        "the people whom it counts are nobody, or 5 or more, and so are those by whom the coverages differ: the goal's "
        "own numbers are public"
    )
    EXPOSURE = (
        "of work, 10 or more were active; of leadership and scopes, numbers over the seats that the policy judges by "
        "are told, and 10 or more lead where it is of organisations"
    )
    KIND_OF_WORK = "10 people or more did work of the kind"
    SEATS = (
        "it is over all seats, which are published; over active ones, 10 leaders or more are active and the others are "
        "nobody, or 5 or more"
    )
    AFFILIATED_SEATS = "numbers over these seats are told, and 10 or more hold them: affiliations are no part of a role"
    LEADERS_BESIDE_ACTIVE = (
        "10 or more were active in the headline window, and numbers over the seats that the policy judges by are told"
    )
    LEADERS_BESIDE_ACTIVE_THEN = "the same a year before, too, or 10 or more in the baseline that a goal published"
    REPRESENTATION = (
        "leadership is told beside the active, 10 or more lead, and both volunteers among the active and the others "
        "are nobody, or 5 or more"
    )
    NEW_LEADERS = "10 or more are new leaders, and both of whom it is true and of whom not are nobody, or 5 or more"
    LEADERS_WITHOUT_WORK = "both these leaders and the others are nobody, or 5 or more"
    COORDINATORS = "the policy judges by all seats: who coordinates is published, whether they work is not"
    STEPS = (
        "no step's 1 to 4 people follow from the others and the active of a year; never of leaders, nor of core beside "
        "them"
    )
    COHORT = (
        "10 people or more reached the step in the quarter; of arrivals, those newcomers who held a seat before are "
        "nobody, or 5 or more"
    )
    COHORT_IN_PARTS = "the same, and both who went on and who did not are nobody, or 5 or more"
    WENT_ON = "10 people or more went on in time"
    MENTORS = "10 people or more mentor"
    NEWCOMERS = "10 or more are newcomers, and both who was reached and who was not are nobody, or 5 or more"
    CAME = "both who was mentored when they came and who was not are nobody, or 5 or more"
    STAYED = "the same, 10 or more came, and both who stayed and who did not are nobody, or 5 or more"
    RECRUITED = "10 or more were recruited, and both who was mentored and who was not are nobody, or 5 or more"
    MILESTONE = (
        "always; of mentored recruits, nobody or 5 or more were recruited, also in the 90 days before where it is not "
        "met, or nothing is known"
    )
    SUCCESS = "always, but momentum never: it turns on one person"
    WORK = "5 people or more were active in every week and smallest window that it reaches into, or nobody contributed"
    HEADLINE_WORK = "the same of the headline window: many bots act whenever somebody does"
    DECLARED = "10 or more were active, and both who declared an agent and who did not are nobody, or 5 or more"
    LAST_EVENT = "it is of all sources together, and 5 or more were active in the weeks and windows since"


@dataclass(frozen=True, slots=True)
class Privacy:
    """What those may see of a family who may see no person.

    Attributes:
        of: The class.
        over: Of a share, of whom enough must be behind it.
        precision: How finely it is told.
        adds_up: Of a count, in which sum others would give it away.
    """

    of: PrivacyClass
    over: Denominator | None = None
    precision: Precision = Precision.EXACT
    adds_up: Sum | None = None

    def __post_init__(self) -> None:
        """Makes sure that a share, and nothing else, is over somebody, and that counts alone add up.

        Raises:
            ValueError: It is not so.
        """
        if (self.over is not None) != (self.of is PrivacyClass.SHARE):
            raise ValueError("a share is over somebody, and nothing else is")
        if self.adds_up and self.of is not PrivacyClass.COUNT:
            raise ValueError("counts alone add up")


WITHHELD = Privacy(PrivacyClass.WITHHELD)
PUBLIC = Privacy(PrivacyClass.PUBLIC)
PUBLIC_DAY = Privacy(PrivacyClass.PUBLIC, precision=Precision.DAY)
COUNT = Privacy(PrivacyClass.COUNT)


def count_in(adds_up: Sum) -> Privacy:
    """Of counts of people that others would give away."""
    return Privacy(PrivacyClass.COUNT, adds_up=adds_up)


def share(over: Denominator, precision: Precision = Precision.EXACT) -> Privacy:
    """Of what is told where enough people are behind it."""
    return Privacy(PrivacyClass.SHARE, over, precision)
