"""Who was answered, how soon, by what decision; and which newcomers wait.

Source: docs/definitions.md, "Activity", Response; docs/decisions.md for the readings.
"""

from dataclasses import dataclass, fields

import numpy as np

from projections.activity.first_contributions import FirstContributions
from projections.community.artefacts import ACCEPTED, DECLINED, Rows
from projections.people.index import FOREVER, PeopleIndex
from projections.responses.threads import Threads
from projections.timeline.history import Values
from projections.timeline.ranges import Flags, Ints

DAY_MICROSECONDS = 86_400_000_000
PATIENCE_DAYS = 7
"""Who waits longer is unanswered."""


@dataclass(frozen=True, slots=True)
class Whose:
    """For each row: the person, whether a human made it, and the day of that person's first contribution."""

    person: Ints
    is_human: Flags
    first: Ints

    @classmethod
    def of(cls, rows: Rows, who: PeopleIndex, firsts: FirstContributions) -> "Whose":
        """Join rows to the people behind them."""
        person = who.person[rows["identity"]]
        return cls(person, who.is_human[rows["identity"]], firsts.of(person))

    def is_same(self, other: "Whose") -> bool:
        """Whether both say the same."""
        pairs = ((self.person, other.person), (self.is_human, other.is_human), (self.first, other.first))
        return all(np.array_equal(mine, theirs) for mine, theirs in pairs)


@dataclass(frozen=True, slots=True)
class Settled:
    """What happened to artefacts, in columns; each counts for its author from day `start` up to, not including, `end`.

    Attributes:
        person: the author.
        newcomer: whether they were one when the artefact was opened.
        artefact: the row that opened it, or where none is known that which settled it.
        by: the row that settled it, for artefacts that wait that which opened them.
        value: seconds to the first response; 1 for accepted and 0 for declined.
    """

    person: Ints
    newcomer: Flags
    start: Ints
    end: Ints
    artefact: Ints
    by: Ints
    value: Values

    def where(self, chosen: Flags | Ints) -> "Settled":
        """Some of it."""
        return Settled(*(getattr(self, column.name)[chosen] for column in fields(self)))


@dataclass(frozen=True, slots=True)
class ResponsesEvaluation:
    """What became of the artefacts of a community.

    Attributes:
        since: the first day on which a source said that something answers an artefact; `FOREVER` before.
        responses: first responses, by day.
        decisions: those that hold, until the next one on the same artefact.
        waiting: newcomers' artefacts without an answer.
    """

    rows: Rows
    whose: Whose
    since: int
    responses: Settled
    decisions: Settled
    waiting: Settled

    @classmethod
    def of(cls, threads: Threads, whose: Whose, window: int) -> "ResponsesEvaluation":
        """Work it out; newcomers, and how long things count, go by a window of days."""
        asked = ResponseInputs(threads, whose, window)
        responses = asked.first_responses()
        spoken = asked.spoken_since()
        since = int(spoken.min(initial=FOREVER))
        return cls(threads.rows, whose, since, responses, asked.decisions(), asked.waiting(responses, spoken))


class ResponseInputs:
    """Threads and the people in them; `day` of each row, and `target`: the artefact of a human that a row answers."""

    def __init__(self, threads: Threads, whose: Whose, window: int) -> None:
        self.threads, self.whose, self.window = threads, whose, window
        self.time = np.ascontiguousarray(threads.rows["time"])
        self.day = self.time // DAY_MICROSECONDS
        answers = threads.answers
        self.is_artefact = threads.opens & whose.is_human
        self.target = np.where((answers >= 0) & whose.is_human[answers], answers, -1)

    def is_newcomer(self, row: Ints) -> Flags:
        """Whether the first contribution of whoever made a row lies in the window that ends on its day."""
        recent: Flags = self.whose.first[row] > self.day[row] - self.window
        return recent

    def first_responses(self) -> Settled:
        """The first response of another human to each artefact, by day."""
        person = self.whose.person
        response = np.flatnonzero((self.target >= 0) & self.whose.is_human & (person != person[self.target]))
        artefact, first = np.unique(self.target[response], return_index=True)
        order = np.argsort(response[first])
        artefact, by = artefact[order], response[first][order]
        seconds = (self.time[by] - self.time[artefact]) / 1e6
        start = self.day[by]
        newcomer = self.is_newcomer(artefact)
        return Settled(person[artefact], newcomer, start, start + self.window, artefact, by, seconds)

    def spoken_since(self) -> Ints:
        """For each row, since which day its source is known to say what answers an artefact."""
        linked = self.target >= 0
        source = self.threads.rows["source"]
        first = np.full(int(source.max(initial=0)) + 1, FOREVER)
        np.minimum.at(first, source[self.target[linked]], self.day[linked])
        since: Ints = first[source]
        return since

    def decisions(self) -> Settled:
        """The newest decision of each day on each artefact, which holds until the next one.

        It is its author's; where no opening is known, its subject's.
        """
        row = self._decided()
        answers, group = self.threads.answers[row], self.threads.group[row]
        artefact = np.where(answers >= 0, answers, row)
        size = len(self.time)
        unit = np.where(answers >= 0, answers, np.where(group >= 0, size + group, 2 * size + 1 + row))
        order = np.argsort(unit, kind="stable")
        row, unit, artefact, start = row[order], unit[order], artefact[order], self.day[row[order]]
        follows = np.append(unit[1:] == unit[:-1], np.zeros(min(len(unit), 1), bool))
        following = np.where(follows, np.append(start[1:], start[:1]), FOREVER)
        end = np.minimum(start + self.window, following)
        accepted = (self.threads.rows["outcome"][row] == ACCEPTED).astype(np.float64)
        found = Settled(self.whose.person[artefact], self.is_newcomer(artefact), start, end, artefact, row, accepted)
        return found.where(start < end)

    def _decided(self) -> Ints:
        """Rows that decide about what a human made."""
        answers, human = self.threads.answers, self.whose.is_human
        theirs = np.where(answers >= 0, human[answers], human)
        return np.flatnonzero(np.isin(self.threads.rows["outcome"], (ACCEPTED, DECLINED)) & theirs)

    def waiting(self, responses: Settled, spoken: Ints) -> Settled:
        """Artefacts of newcomers, from the day on which they have waited too long until somebody answers."""
        over = np.full(len(self.time), FOREVER)
        over[responses.artefact] = responses.start
        closing = self._closing()
        np.minimum.at(over, self.target[closing], self.day[closing])
        artefact = np.flatnonzero(self.is_artefact)
        artefact = artefact[self.is_newcomer(artefact)]
        start = np.maximum(self.day[artefact] + PATIENCE_DAYS, spoken[artefact])
        end = np.minimum(self.day[artefact] + self.window, over[artefact])
        person, nothing = self.whose.person[artefact], np.zeros(len(artefact))
        found = Settled(person, nothing == 0, start, end, artefact, artefact, nothing)
        return found.where(start < end)

    def _closing(self) -> Ints:
        """Rows after which nobody waits, though no other human answered: accepted, or declined by the author."""
        person, outcome = self.whose.person, self.threads.rows["outcome"]
        own = self.whose.is_human & (person == person[self.target])
        return np.flatnonzero((self.target >= 0) & ((outcome == ACCEPTED) | ((outcome == DECLINED) & own)))
