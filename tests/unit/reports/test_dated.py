"""Which commits count on days of their own, in words."""

from datetime import date, timedelta

from events.checks import SourceDating
from reports.dated import OwnDays, own_days, own_days_words

FIRST, LAST, LANDED = date(2020, 2, 15), date(2023, 11, 15), date(2025, 1, 15)


def test_what_landed_late() -> None:
    found = OwnDays("git:garden", "landing", 1248, FIRST, LAST, LANDED)
    assert found.sentence == (
        "1,248 commits of git:garden that landed on 15 Jan 2025 count on the days on which they were committed, "
        "15 Feb 2020 to 15 Nov 2023"
    )


def test_what_one_landed_late() -> None:
    found = OwnDays("git:garden", "landing", 1, FIRST, FIRST, LANDED)
    assert found.sentence == (
        "1 commit of git:garden that landed on 15 Jan 2025 counts on the day on which it was committed, 15 Feb 2020"
    )


def test_what_landed_by_a_clock_that_cannot_be() -> None:
    found = OwnDays("git:garden", "landing", 2, FIRST, FIRST)
    assert found.sentence == (
        "2 commits of git:garden that landed by a clock that was off count on the day on which they were committed, "
        "15 Feb 2020"
    )


def test_what_was_committed_in_bulk() -> None:
    found = OwnDays("git:garden", "bulk", 25, FIRST, LAST, LANDED)
    assert found.sentence == (
        "25 commits of git:garden made in bulk on 15 Jan 2025 count on the days on which they were authored, "
        "15 Feb 2020 to 15 Nov 2023"
    )


def test_the_largest_are_told_one_by_one() -> None:
    every = [
        SourceDating(
            source="git:garden", why="landing", commits=9 - at, first=FIRST, last=LAST, on=LANDED + timedelta(at)
        )
        for at in range(7)
    ]
    words = own_days_words(own_days(every))
    assert len(words) == 6
    assert words[0].startswith("9 commits of git:garden that landed on 15 Jan 2025 count")
    assert words[-1] == "7 more commits, of 2 other days, count on days of their own."
    assert own_days_words([]) == []
