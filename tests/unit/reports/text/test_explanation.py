"""What is behind a number of leadership, on a terminal."""

from datetime import UTC, date, datetime

from events.checks import SourceDating
from projections.explain.explain import Explanation
from projections.explain.people import Person
from projections.metrics.drilldown import ScopeShown, SeatShown
from reports.dated import own_days
from reports.explanation import Explained
from reports.published_roles import as_published
from reports.text.explanation import explanation_text

MOMENT = datetime(2021, 3, 1, 9, tzinfo=UTC)


def seat(scope: str, *, already_held: bool = False, evidence: str | None = None) -> SeatShown:
    return SeatShown(scope, "lead", MOMENT, already_held, f"grant-of-{scope}", evidence)


ADA = Person(
    "github:1",
    "Ada",
    share=0.75,
    seats=[seat("cargo", already_held=True), seat("docs", evidence="https://x.org/c/1")],
)
GRACE = Person("github:2", account="hopper", share=0.25, seats=[seat("cargo")])
SCOPES = [
    ScopeShown("cargo", None, "covered", ["github:1", "github:2"], ""),
    ScopeShown("cache", "cargo", "inherited", [], "", led_from="cargo"),
    ScopeShown("docs", "cargo", "thin", ["github:1"], "a second person"),
]
FOUND = Explained.of(
    "moss",
    Explanation(
        "tenfold_leadership_verdict",
        {"verdict": "steady"},
        date(2026, 8, 22),
        1.0,
        "1 for the verdict that holds.",
        (),
        2,
        [ADA, GRACE],
        "6.1 effective leaders against 5.9",
        SCOPES,
    ),
)


def test_a_verdict_opens_into_why_scopes_leaders_shares_and_grants() -> None:
    words = explanation_text(FOUND, FOUND.people, 0)
    assert words.splitlines() == [
        "Leadership verdict: steady on 22 Aug 2026",
        "  1 for the verdict that holds.",
        "  Because: 6.1 effective leaders against 5.9.",
        "",
        "3 scopes, the weakest first; in brackets each leader's share of all leadership:",
        "  docs (in cargo): thin, lacks a second person; led by Ada (75.0 %)",
        "  cache (in cargo): inherited from cargo",
        "  cargo: covered; led by Ada (75.0 %), hopper (25.0 %)",
        "",
        "2 behind it, 1 to 2 in alphabetical order:",
        "",
        "  github:1  Ada  75.0 % of leadership",
        "    before 2021-03-01, when records began  lead of cargo",
        "      grant-of-cargo",
        "    since 2021-03-01  lead of docs",
        "      https://x.org/c/1",
        "",
        "  github:2  hopper  25.0 % of leadership",
        "    since 2021-03-01  lead of cargo",
        "      grant-of-cargo",
    ]


def test_scopes_name_leaders_of_other_pages() -> None:
    words = explanation_text(FOUND, FOUND.people[1:], 1)
    assert "2 behind it, 2 to 2" in words
    assert "led by Ada (75.0 %)" in words
    assert "github:1  Ada" not in words


def test_the_json_says_the_same_with_the_labels_that_a_scrape_has() -> None:
    found = FOUND.as_json()
    assert found["labels"] == {"community": "moss", "verdict": "steady"}
    assert found["people"][1] == {
        "person": "github:2",
        "account": "hopper",
        "share": 0.25,
        "events": [],
        "seats": [
            {
                "scope": "cargo",
                "role": "lead",
                "granted_at": "2021-03-01T09:00:00+00:00",
                "already_held": False,
                "event": "grant-of-cargo",
                "evidence": None,
            }
        ],
    }
    assert found["scopes"][1] == {
        "scope": "cache",
        "parent": "cargo",
        "strength": "inherited",
        "leaders": [],
        "lacks": "",
        "deputies": 0,
        "led_from": "cargo",
    }
    assert found["scopes"][0]["parent"] is None
    assert {"rests_on", "told", "held", "dated"}.isdisjoint(found)


def test_which_commits_count_on_days_of_their_own_is_told_to_who_sees_people() -> None:
    made = SourceDating(source="git:moss", why="bulk", commits=25, first=date(2026, 5, 4), last=date(2026, 5, 8))
    found = FOUND.model_copy(update={"dated": own_days([made])})
    words = (
        "25 commits of git:moss made in bulk count on the days on which they were authored, 4 May 2026 to 8 May 2026"
    )
    assert f"{words}." in " ".join(explanation_text(found, [], 0).split())
    assert found.as_json()["dated"] == [
        {
            "source": "git:moss",
            "why": "bulk",
            "commits": 25,
            "first": "2026-05-04",
            "last": "2026-05-08",
            "sentence": words,
        }
    ]
    assert as_published(found, 1.0, "active").dated is None
