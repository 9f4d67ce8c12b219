"""Pseudonyms: what stands in the log for people who are not to be named there.

A log cannot forget, so this happens at the edge, before anything is written. Every field marked
``Personal`` is replaced by a keyed hash, which whoever lacks the key can neither undo nor guess;
a link to a page that names somebody is left out; a name never reaches the log. What is hidden is
handed back for a table outside of the log. Sources keep their names.

Bots are told apart first, since nobody can see them afterwards.
"""

import base64
import hmac
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel

from events.catalog import AnyEvent
from events.identity import handle_of, normalised, provider_of
from events.people import PersonClassified, PersonNamed, classified
from events.personal import Personal, marks, named_in

_Model = TypeVar("_Model", bound=BaseModel)

Classify = Callable[[str, frozenset[str]], str | None]
"""Given an identity and the names it was ever given, why it is a bot (``bot``, ``agent``), or None."""

MIN_KEY_BYTES = 16

_CODE_CHARACTERS = 16  # 80 bits: among a billion of them, two alike are a one in two million chance
_CHECK_CHARACTERS = 4
_PSEUDONYM = re.compile(rf"~[a-z2-7]{{{_CODE_CHARACTERS + _CHECK_CHARACTERS}}}")
_ORDINAL = re.compile(r"0[0-9]{3,}[/:-]")


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Who is behind a pseudonym: a row of the table outside of the log.

    Attributes:
        identity: the pseudonym, as it stands in the log.
        handle: what it hides; the provider stands in front of the pseudonym.
        name: the newest that was given, if one was.
    """

    identity: str
    handle: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Pseudonymised:
    """Events fit for the log, and what they no longer say."""

    events: tuple[AnyEvent, ...]
    people: tuple[KnownPerson, ...]


class Pseudonymiser:
    """Replaces identities under one key; what it gave once it always gives.

    Args:
        key: what whoever lacks it cannot undo.
        public: identities that stay as they are.
    """

    def __init__(self, key: bytes, public: Collection[str] = ()) -> None:
        if len(key) < MIN_KEY_BYTES:
            raise ValueError(f"a pseudonym key has at least {MIN_KEY_BYTES} bytes")
        self._key, self._public = key, frozenset(public)

    def identity(self, text: str) -> str:
        """Return the pseudonym of an identity, under the same provider.

        Text that is no identity (``Who`` allows it) gets one without a provider. A pseudonym made
        under this key stays as it is, so that people can use what they see.
        """
        try:
            identity = normalised(text)
        except ValueError:
            return self._pseudonym("who", text)
        if identity in self._public or self._is_ours(handle_of(identity)):
            return identity
        return f"{provider_of(identity)}:{self._pseudonym('identity', identity)}"

    def text(self, text: str) -> str:
        """Return the pseudonym of an id, which may contain identities or the hashes of commits.

        The zero-padded ordinal that an id may begin with stays: it holds the order of history.
        """
        match = _ORDINAL.match(text)
        ordinal = match[0] if match else ""
        return ordinal + self._pseudonym("id", text.removeprefix(ordinal))

    def pseudonymise(self, events: Iterable[AnyEvent], classify: Classify) -> Pseudonymised:
        """Return the events as they may be written, bots first, and who is behind them.

        Reading a source again gives the same events, so that nothing is counted twice.
        """
        told = tuple(events)
        names = _names(told)
        bots = list(_bots(told, names, classify))
        known = {(bot.community, bot.source, bot.subject) for bot in bots}
        others = (event for event in told if not isinstance(event, PersonNamed) and not _says_again(event, known))
        return Pseudonymised(tuple(map(self._replaced, (*bots, *others))), tuple(self._people(told)))

    def _replaced(self, model: _Model) -> _Model:
        stand_ins = {
            name: self._stand_in(mark, value)
            for name, mark in marks(type(model))
            if (value := getattr(model, name)) is not None
        }
        inner = {name: self._replaced(value) for name, value in model if isinstance(value, BaseModel)}
        return model.model_copy(update=stand_ins | inner)

    def _stand_in(self, mark: Personal, text: str) -> str | None:
        match mark:
            case Personal.IDENTITY:
                return self.identity(text)
            case Personal.ID:
                return self.text(text)
            case Personal.LINK:
                return None

    def _people(self, events: tuple[AnyEvent, ...]) -> Iterator[KnownPerson]:
        named = sorted((e for e in events if isinstance(e, PersonNamed)), key=lambda e: (e.time, e.id))
        names = {event.subject: event.data.name for event in named}
        seen = dict.fromkeys(text for event in events for text in named_in(event))
        for text in seen:
            pseudonym = self.identity(text)
            if pseudonym != text:
                handle = handle_of(text) if ":" in pseudonym else text
                yield KnownPerson(pseudonym, handle, names.get(text))

    def _pseudonym(self, domain: str, text: str) -> str:
        if self._is_ours(text):
            return text
        code = self._code(domain, text, _CODE_CHARACTERS)
        return f"~{code}{self._code('check', code, _CHECK_CHARACTERS)}"

    def _is_ours(self, text: str) -> bool:
        if not _PSEUDONYM.fullmatch(text):
            return False
        code, check = text[1 : 1 + _CODE_CHARACTERS], text[-_CHECK_CHARACTERS:]
        return hmac.compare_digest(check, self._code("check", code, _CHECK_CHARACTERS))

    def _code(self, domain: str, text: str, characters: int) -> str:
        digest = hmac.digest(self._key, f"{domain}\0{text}".encode(), "sha256")
        return base64.b32encode(digest).decode().lower()[:characters]


def _says_again(event: AnyEvent, known: Collection[tuple[str, str, str]]) -> bool:
    """Whether a source calls somebody a machine whom the patterns know, and so why."""
    is_verdict = isinstance(event, PersonClassified) and event.actor is None
    return is_verdict and (event.community, event.source, event.subject) in known


def _bots(
    events: tuple[AnyEvent, ...], names: Mapping[tuple[str, str], frozenset[str]], classify: Classify
) -> Iterator[PersonClassified]:
    seen = dict.fromkeys((event.community, event.source, identity) for event in events for identity in named_in(event))
    for community, source, identity in seen:
        reason = classify(identity, names.get((community, identity), frozenset()))
        if reason is not None:
            yield classified(community, source, identity, reason)


def _names(events: tuple[AnyEvent, ...]) -> Mapping[tuple[str, str], frozenset[str]]:
    names: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for event in events:
        if isinstance(event, PersonNamed):
            names[event.community, event.subject].add(event.data.name)
    return {key: frozenset(given) for key, given in names.items()}
