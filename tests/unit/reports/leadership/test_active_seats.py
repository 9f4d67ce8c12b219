"""Active seats are shown where enough is known of those who lead, and withheld where it is not."""

from dataclasses import replace

from projections.policy.policy import CommunityPolicy
from reports.leadership.active_seats import without_active
from tests.oracle.writing import COMMUNITY, contribution, granted
from tests.support.two_scopes_led import BEGIN, NARROW, RECENT, leadership, reported, sentence, text, two_scopes


def test_who_cannot_be_seen_is_never_called_idle() -> None:
    found = leadership(reported(two_scopes(), NARROW))
    assert found.note is not None
    assert "withheld: contributions can be seen in the scopes of 2 of 4 leadership seats" in found.note.text
    assert ["observed_scopes" in way for way in found.note.ways] == [True]
    words = text(two_scopes(), NARROW)
    assert "active seats" not in words.replace("Numbers over active seats", "")
    assert "all seats" in words


def test_leaders_of_all_scopes_beside_contributors_of_some_are_said_to_be_just_that() -> None:
    assert sentence(reported(two_scopes(), NARROW)) == (
        "Steady: 2.0 effective leaders for 8 contributors, was 2.0 for 8 a year ago"
        "; leaders are those of all scopes, contributors those of the observed ones alone"
    )
    late = [granted("github:1", "a", "2026-03-01"), contribution("github:1", RECENT)]
    assert sentence(reported(late, CommunityPolicy(observed_scopes=()))).endswith("of the observed ones alone")


def test_leaders_without_known_work_are_asked_for() -> None:
    strangers = [granted(f"github-login:x{who}", "a", BEGIN) for who in range(3)]
    found = leadership(reported(two_scopes(*strangers)))
    assert found.note is not None
    assert "2 of 5 leaders have a known contribution" in found.note.text
    assert f"tenfold people unseen --community {COMMUNITY}" in found.note.ways[0]


def test_where_enough_is_known_active_seats_are_shown_and_suggested() -> None:
    all_seen = CommunityPolicy(observed_scopes=("*",))
    found, unsaid = leadership(reported(two_scopes(), all_seen)), leadership(reported(two_scopes()))
    assert found.note is not None
    assert unsaid.note is not None
    assert 'judge_by = "active"' in found.note.ways[0]
    assert (unsaid.note.text, unsaid.note.ways) == (found.note.text, [])
    assert "active seats" in text(two_scopes(), CommunityPolicy())
    judged = leadership(reported(two_scopes(), CommunityPolicy(judge_by="active")))
    assert judged.note is not None
    assert not judged.note.ways
    assert judged.judged_by == "active seats"


def test_a_policy_that_judges_by_seats_nobody_sees_gets_no_sentence() -> None:
    found = reported(two_scopes(), CommunityPolicy(observed_scopes=("a",), judge_by="active"))
    assert sentence(found).startswith("Withheld: ")
    assert not leadership(found).is_told
    assert (leadership(found).because, found.judged_scopes) == (None, [])


def test_samples_that_rest_on_active_seats_go_with_what_is_known() -> None:
    found = reported(two_scopes())
    assert found.tells_of_active
    assert not reported(two_scopes(), NARROW).tells_of_active
    kept = without_active(found.samples, found.terms)
    assert {one.labels.get("seats") for one in kept} == {None, "nominal"}
    by_active = {one.name for one in without_active(found.samples, replace(found.terms, judge_by="active"))}
    assert {one.name for one in kept} - by_active == {
        "tenfold_contributors_per_effective_leader",
        "tenfold_leadership_spread_ratio",
    }
    assert "tenfold_new_leaders" in by_active


def test_which_new_leaders_contributed_is_not_told_where_most_cannot_be_seen() -> None:
    policy, found = CommunityPolicy(observed_scopes=("a",)), "New leaders who contributed before"
    new = [granted("github:3", "c", "2026-08-02"), contribution("github:3", "2026-08-01")]
    assert found not in text(two_scopes(*new), policy)
    assert found in text(two_scopes(*new), CommunityPolicy())
