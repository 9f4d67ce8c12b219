"""What keeps the local stack from standing."""

from events.errors import TenfoldError


class StackError(TenfoldError):
    """The local stack cannot start or cannot stay up; the message says what to do."""
