"""Events of older versions become events of the newest on the way in; behind the codec there is one of each type.

What was once written, to the log or to a table, is never written anew, so each older version stays readable for ever.
A version that is newer than all that are known here is refused by name: a later program wrote it, and will read it.

What events are told apart by (`events.keys.content_digest`) leaves the version out, not the names of fields: one that
is told again after a field was renamed conflicts with what stands, is set aside, and counts once.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from events.catalog import TYPES
from events.envelope import Event
from events.errors import Reason, Rejected

Upcaster = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""Makes the data of a version, as JSON has it and nobody has checked, that of the next one."""

UPCASTERS: Final[Mapping[str, Upcaster]] = {}
"""Each type of an older version, with what makes it the next one; its model is then gone from the catalog."""

_VERSIONED_TYPE = re.compile(r"(tenfold\.[a-z_.]+)\.v([1-9][0-9]*)")


@dataclass(frozen=True, slots=True)
class Versions:
    """Which versions there are.

    Attributes:
        models: the newest version of each type.
        upcasters: the older ones.
    """

    models: Mapping[str, type[Event]]
    upcasters: Mapping[str, Upcaster]

    def model_of(self, type_: str) -> type[Event]:
        """Return the model of a type in its newest version.

        Raises:
            Rejected: nobody knows the type, or not in this version yet.
        """
        if model := self.models.get(type_):
            return model
        raise Rejected(Reason.FUTURE_VERSION if self._is_known_stem(type_) else Reason.UNKNOWN_TYPE)

    def newest(self, document: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return an event, as JSON has it, in the newest version; the same object where it is that already.

        Raises:
            Rejected: it is of an older version and does not say what that one says.
        """
        while upcast := self.upcasters.get(document["type"]):
            try:
                document = {**document, "type": next_version(document["type"]), "data": upcast(document["data"])}
            except (LookupError, TypeError, ValueError, AttributeError):
                raise Rejected(Reason.INVALID_DATA, f"data: not what {document['type']} says") from None
        return document

    def _is_known_stem(self, type_: str) -> bool:
        known = {stem_of(one) for one in (*self.models, *self.upcasters)}
        return _VERSIONED_TYPE.fullmatch(type_) is not None and stem_of(type_) in known


VERSIONS: Final = Versions(TYPES, UPCASTERS)
"""Those of this program."""


def stem_of(type_: str) -> str:
    """Return a type without its version."""
    return type_.rpartition(".v")[0]


def next_version(type_: str) -> str:
    """Return the type of the version after this one."""
    stem, _, version = type_.rpartition(".v")
    return f"{stem}.v{int(version) + 1}"
