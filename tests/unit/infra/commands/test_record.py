"""What is recorded by hand: wrong usage, what the id holds, and what is said of days that nobody sees."""

from datetime import UTC, date, datetime, timedelta

import pytest
import typer

from events.community import EngagementHeld, ImpactNoted
from infra import cli
from infra.commands.recording import Telling
from infra.ingest.manual import hint

MAY = datetime(2024, 5, 1, tzinfo=UTC)
LATER = f"{datetime.now(UTC) + timedelta(days=9):%Y-%m-%d}"
NOTES = "https://garden.example/notes"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("mentoring begun github:5 github:6", "is not one of"),
        ("mentoring started github:5 GitHub:5", "nobody mentors themselves"),
        ("mentoring started github:5 ada", "an identity reads provider:handle"),
        ("mentoring ended github:5 github:6", "ended needs it"),
        ("mentoring met github:5 github:6 --outcome dropped", "--outcome goes with ended"),
        (f"mentoring met github:5 github:6 --on {LATER}", "lies ahead"),
        ("mentoring met github:5 github:6 --on 1969-07-20", "lies before 1970-01-02"),
        (f"goal --baseline 5 --baseline-on 2024-01-01 --due-on 2025-01-01 --set-on {LATER}", "lies ahead"),
        ("opportunity taken release-3", "taken needs it"),
        ("opportunity offered release-3 --by github:5", "--by goes with taken"),
        (f"opportunity taken release-3 --by github:5 --url {NOTES}", "--url goes with offered"),
        ("opportunity taken release-3 --by ada", "an identity reads provider:handle"),
        ("contribution github:5 Code-Review", "a kind has up to 63"),
        ("contribution github:5 review --on May", "is no moment"),
        ("contribution github:5 review --url notes", "a link begins with http"),
        ("engagement report", "a report needs --url"),
        ("engagement meeting --participants -1", "--participants"),
        (f"engagement meeting --participants {10**9 + 1}", "--participants"),
        (f"engagement meeting --participants {'9' * 5000}", "--participants"),
        ("engagement meeting --with \udcff\udcfe", "this is not UTF-8: \\xff\\xfe"),
        (f"practice recruiting_plan {NOTES} --newcomers-per-quarter {10**30}", "--newcomers-per-quarter"),
        ("relationship established docs", "--nature"),
        (f"practice gardening {NOTES}", "is not one of"),
        (f"practice recruiting_plan {NOTES} --review-by May", "--review-by"),
        (f"practice recruiting_plan {NOTES} --review-by 2999-01-01", "review_by lies before 1970-01-02, or more than"),
        (f"goal --baseline 5 --baseline-on {LATER} --due-on 2035-01-01", "baseline_on lies before 1970-01-02"),
        ("goal --baseline 5 --baseline-on 2024-01-01 --due-on 9999-12-31", "due_on lies before 1970-01-02, or more"),
        ("role granted github:5 lead docs --until 2999-01-01", "until lies before 1970-01-02, or more than"),
        ("milestone synergy", "--responsible"),
        (f"action growth {NOTES} --owner ada", "pathway:STEP or condition:NAME"),
        (f"action pathway:leader {NOTES} --owner ada", "there are arrived, second_day, sustained, core"),
        (f"action condition:stalled {NOTES} --owner ada", "growth_stalled"),
        ("impact Shade notes", "a link begins with http"),
    ],
)
def test_wrong_usage_is_said_in_one_line(line: str, complaint: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["record", *line.split(), "--community", "garden"])
    assert ended.value.code == 2
    error = capsys.readouterr().err
    assert complaint in error
    assert error.count("\n") == 1
    assert "Value error" not in error


def test_an_id_holds_all_that_is_asserted_and_when() -> None:
    data = {"kind": "meeting", "with": "docs", "audience": None, "participants": 0}
    event = Telling(EngagementHeld, "", data, team="core").event("garden", "grace", MAY)
    assert event.id == "engagement/held/team=core/kind=meeting/with=docs/participants=0/2024-05-01T00:00:00+00:00"
    assert (event.time, event.team, event.actor, event.source) == (MAY, "core", "grace", "by-hand")


def test_ids_of_long_stories_differ_where_only_their_ends_do() -> None:
    told = [Telling(ImpactNoted, "", {"title": "long\n" * 300 + end, "url": NOTES}) for end in "ab"]
    first, second = (one.event("garden", "grace", MAY).id for one in told)
    assert first != second
    assert len(first) <= 512


def test_what_no_event_may_say_is_wrong_usage() -> None:
    with pytest.raises(typer.BadParameter, match="a report needs a url") as refused:
        Telling(EngagementHeld, "", {"kind": "report"}).event("garden", "grace", MAY)
    assert "Value error" not in str(refused.value)


def test_who_records_something_after_the_day_that_reports_open_on_is_told_so() -> None:
    event = Telling(EngagementHeld, "", {"kind": "meeting"}).event("garden", "grace", MAY)
    assert hint(event, date(2024, 5, 1), "--on") == ""
    words = hint(event, date(2024, 2, 1), "--on")
    assert "open on 1 Feb 2024" in words
    assert "holds from 1 May 2024 on: `--on DAY`" in words
