"""A condition: something that somebody should be told, declared once, beside its rule, in the folder of its question.

Reports, pages, messages, `explain` and what may be recorded about it read the record. Only the sentence that says why
it holds today is not in it: that sentence depends on the day and on what a viewer may see, so it is said above privacy,
by the function of the same name in `reports/conditions/reasons.py`.

Source: docs/definitions.md, "Conditions".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from projections.community.context import EvaluationContext
from projections.timeline.ranges import Flags

Severity = Literal["ticket", "digest"]
Kind = Literal["community", "scope", "step", "source"]
Holds = Flags | Mapping[str, Flags]
"""The days on which a condition holds, or those on which it holds of each thing that has a name."""
Rule = Callable[[EvaluationContext], Holds]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What it is called, what it means, when it holds, how urgent it is, and what to do about it.

    Attributes:
        name: the value of the label `condition`.
        title: what it is called in a list.
        headline: the first line of a message; `{community}` stands for the community's name.
        meaning: what a message says of it, in whole sentences. `{family:format}` or `{family:format,label=value}` is a
            number of the moment; formats are share, change, count, decimal and day.
        severity: `ticket` asks somebody to look at it, `digest` is read with the others.
        next_step: what to do next, asked of roles and never of a person.
        rests_on: the families that it rests on.
        only: labels of those of their numbers that it rests on, where it is not all.
        owner: the milestone whose responsible answers for it, where nobody took it on.
        holds_of: what its rule speaks of.
        rule: the days on which it holds; of scopes, steps and sources by the name of each that it ever holds of.
    """

    name: str
    title: str
    headline: str
    meaning: str
    severity: Severity
    next_step: str
    rests_on: tuple[str, ...]
    only: Mapping[str, str] = field(default_factory=dict)
    owner: str | None = None
    holds_of: Kind = "community"
    rule: Rule
