"""The tree of errors, and the closed set of reasons for refusing a record.

    TenfoldError
    ├── Rejected     this record can never be applied: set it aside with its reason
    ├── Transient    broker or database is away: wait, hold the position, try again
    └── WrongLog     the stored position belongs to another log: stop and say so

Anything else that is raised is a bug: the process ends and its supervisor restarts it.
"""

from enum import StrEnum


class TenfoldError(Exception):
    """Anything that Tenfold itself has to say about what went wrong."""


class Reason(StrEnum):
    """Why a record was set aside; also the ``reason`` label of ``tenfold_events_rejected_total``."""

    NULL_VALUE = "null_value"
    TOO_LARGE = "too_large"
    NOT_UTF8 = "not_utf8"
    NOT_JSON = "not_json"
    TOO_DEEP = "too_deep"
    NUL_CHARACTER = "nul_character"
    NOT_CLOUDEVENT = "not_cloudevent"
    UNKNOWN_TYPE = "unknown_type"
    FUTURE_VERSION = "future_version"
    INVALID_DATA = "invalid_data"
    TIME_IN_FUTURE = "time_in_future"
    TIME_TOO_OLD = "time_too_old"
    WRONG_TOPIC = "wrong_topic"
    NOT_ITS_OWN = "not_its_own"
    UNKNOWN_COMMUNITY = "unknown_community"
    CONFLICTING_DUPLICATE = "conflicting_duplicate"
    UNREADABLE = "unreadable"
    NO_TIMESTAMP = "no_timestamp"


class Rejected(TenfoldError):  # noqa: N818 - a fate, as Transient is
    """A record that can never be applied, however often it is tried.

    Attributes:
        reason: which of the closed set it is.
        detail: where it went wrong, for a person to read; never a value out of the record, which
            may be personal.
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail


class Transient(TenfoldError):  # noqa: N818
    """Something outside is away; the same work will succeed later."""


class WrongLog(TenfoldError):  # noqa: N818
    """A stored position does not fit the log it is about to be used on."""
