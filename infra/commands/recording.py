"""What all that is recorded by hand has in common: who says so, when, and an id that holds what is asserted.

A command is a plain function from its own arguments to a `Telling`; `by_hand` gives it the options that every such
command has, and puts what it tells into the log.
"""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

import typer
from pydantic import ValidationError

from events.catalog import AnyEvent
from events.envelope import TOKEN_CHARACTERS
from infra.commands.options import ActorOption, CommunityOption, OnOption
from infra.ingest.manual import said, tell
from infra.terminal.format import Format, FormatOption
from infra.terminal.refusals import problem_words

MOMENT_CHARACTERS: Final = 40
"""What the moment at the end of an id needs."""
DIGEST_CHARACTERS: Final = 24


@dataclass(frozen=True, slots=True)
class Telling:
    """One event to be told by hand.

    Attributes:
        kind: Which type of event.
        sentence: What it says, to be read after "COMMUNITY: ".
        data: Its data; what was not given is None and left out.
        subject: Whom it is about, where it is about somebody.
        team: The team it is about, where it is not about the whole community.
    """

    kind: type[AnyEvent]
    sentence: str
    data: Mapping[str, Any] = field(default_factory=dict)
    subject: str | None = None
    team: str | None = None

    @property
    def given(self) -> dict[str, Any]:
        """Its data without what was not given."""
        return {name: value for name, value in self.data.items() if value is not None}

    @property
    def assertion(self) -> str:
        """All that it says, for the id: `engagement/held/kind=report/with=docs`; the end of a long one as a digest."""
        _, *words, _ = str(self.kind.model_fields["type"].default).split(".")
        about = {"subject": self.subject, "team": self.team, **self.data}
        named = (f"{name}={' '.join(str(value).split())}" for name, value in about.items() if value is not None)
        whole = "/".join((*words, *named))
        most = TOKEN_CHARACTERS - MOMENT_CHARACTERS
        digest = sha256(whole.encode()).hexdigest()[:DIGEST_CHARACTERS]
        return whole if len(whole) <= most else f"{whole[: most - DIGEST_CHARACTERS - 1]}~{digest}"

    def event(self, community: str, actor: str | None, at: datetime | None) -> AnyEvent:
        """The event, said by somebody at a moment.

        Raises:
            typer.BadParameter: Its data cannot be so.
        """
        envelope = said(community, actor, self.assertion, at=at) | {"subject": self.subject, "team": self.team}
        try:
            return self.kind.model_validate(envelope | {"data": self.given})
        except ValidationError as error:
            raise typer.BadParameter(problem_words(error)) from None


def by_hand(telling: Callable[..., Telling]) -> Callable[..., Awaitable[None]]:
    """Makes a command of a function that says what its arguments tell: with its options, and those of all of them."""

    async def command(
        *,
        community: CommunityOption,
        on: OnOption = None,
        actor: ActorOption = None,
        format_: FormatOption = Format.TEXT,
        **asked: Any,
    ) -> None:
        found = telling(**asked)
        await tell(found.event(community, actor, on), found.sentence, format_, when="--on")

    command.__doc__, command.__name__ = telling.__doc__, telling.__name__
    command.__signature__ = _joined(telling, command)  # type: ignore[attr-defined] # typer reads it
    return command


def _joined(telling: Callable[..., Telling], command: Callable[..., Any]) -> inspect.Signature:
    """The parameters of both, those of the telling first."""
    own = inspect.signature(telling).parameters.values()
    shared = [one for one in inspect.signature(command).parameters.values() if one.name != "asked"]
    return inspect.Signature([one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in (*own, *shared)])
