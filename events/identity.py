"""Identities: how sources name whoever did something.

An identity is ``provider:handle`` in lower case, e.g. ``github:583231`` or
``email:a@example.org``. Sources speak of identities, never of people: which identities are one
person is told by ``person.linked``.
"""

import re
from functools import lru_cache
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from events.personal import Personal

IDENTITY_CHARACTERS: Final = 512

_IDENTITY = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}:[^\x00-\x20][^\x00-\x1f]*")
_ANY_CASE = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}:[^\u0000-\u0020][^\u0000-\u001f]*$"


@lru_cache(maxsize=1 << 15)
def normalised(text: str) -> str:
    """Return the identity in its one spelling, lower case.

    Raises:
        ValueError: the text is no ``provider:handle``.
    """
    identity = text.lower()
    if len(identity) > IDENTITY_CHARACTERS or not _IDENTITY.fullmatch(identity):
        raise ValueError("an identity reads provider:handle")
    return identity


def provider_of(identity: str) -> str:
    """Return what stands before the first colon, e.g. ``github``."""
    return identity.partition(":")[0]


def handle_of(identity: str) -> str:
    """Return what stands after the first colon."""
    return identity.partition(":")[2]


Identity = Annotated[
    str,
    AfterValidator(normalised),
    Field(max_length=IDENTITY_CHARACTERS, json_schema_extra={"pattern": _ANY_CASE}),
    Personal.IDENTITY,
]
