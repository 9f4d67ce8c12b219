import getpass

import pytest

from events.errors import TenfoldError
from infra.ingest import manual as by_hand


def test_who_is_not_logged_in_has_to_say_who_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError

    monkeypatch.setattr(getpass, "getuser", nobody)
    with pytest.raises(TenfoldError, match="--actor"):
        by_hand.said("garden", None, "unlinked/github:5")
    assert by_hand.said("garden", "grace", "unlinked/github:5")["actor"] == "grace"
