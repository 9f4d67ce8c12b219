"""Labels of families, and those that families of several questions have."""

from collections.abc import Sequence
from dataclasses import dataclass

from projections.people.index import BASES


@dataclass(frozen=True, slots=True)
class Label:
    """A label beside `community`.

    Attributes:
        values: all that it can be; none where the policy or the log decides.
        words: what it can be, as documents say it; by default its values.
    """

    name: str
    values: tuple[str, ...] = ()
    words: str = ""

    def __post_init__(self) -> None:
        """Makes sure that what it can be is said.

        Raises:
            ValueError: it is not.
        """
        if not (self.values or self.words):
            raise ValueError(f"what can the label {self.name} be?")

    def allows(self, value: str) -> bool:
        """Whether it can have this value."""
        return not self.values or value in self.values

    @property
    def described(self) -> str:
        """What it can be, in Markdown."""
        return self.words or quoted(self.values)


def quoted(values: Sequence[str]) -> str:
    """Values as Markdown lists them."""
    return ", ".join(f"`{one}`" for one in values)


WINDOW_DAYS = Label("window_days", words="windows of the policy, by default 30, 90 and 365")
SEATS = Label(
    "seats",
    ("nominal", "active"),
    "`nominal`: all that are documented; `active`: those whose holder worked lately",
)
BASIS = Label("basis", BASES, f"{quoted(BASES)}: why people contribute, as far as it was said")
