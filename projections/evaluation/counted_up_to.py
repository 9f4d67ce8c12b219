"""Up to which moment everything that was applied is counted, where a batch that does not end may hold others back."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class CountedUpTo:
    """Remembers one moment whose newest batch is not counted yet, so that it moves on under any load.

    Attributes:
        moment: what had been applied by then is counted; None before the first look.
    """

    moment: datetime | None = None
    _waiting: tuple[datetime, int] | None = None

    def look(self, now: datetime, newest: int, before: int) -> None:
        """Take in a look: at `now` batches up to `newest` had been applied, and all `before` one are counted."""
        passed = [at for at, number in filter(None, (self._waiting, (now, newest))) if number < before]
        if passed:
            self.moment = passed[-1]
            self._waiting = None
        self._waiting = self._waiting or (now, newest)
