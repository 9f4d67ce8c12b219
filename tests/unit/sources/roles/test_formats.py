"""Each format's own history: what every episode of it tells, to the event."""

import pytest

from events.people import PersonAffiliated
from tests.role_histories.commit import ordinals
from tests.role_histories.told import history_of, told_of

EPISODES = {
    "mots": {
        "person renamed": ["named/bugzilla:1001/Person One-Renamed"],
        "held again": ["granted/module_1/owner/bugzilla:1007"],
        "parent changed": ["declared/sub_3/module_8"],
        "bot": ["granted/module_9/peer/bugzilla:1099", "named/bugzilla:1099/Patch Bot"],
        "file moved": [],
        "mended": [
            "granted/module_2/owner/bugzilla:1030",
            "granted/module_2/peer/bugzilla:1031",
            "revoked/module_2/owner/bugzilla:1002",
            *(f"revoked/module_2/peer/bugzilla:{number}" for number in (1007, 1008, 1009, 1010)),
        ],
        "two roles": [
            "granted/module_3/owner/bugzilla:1012",
            "revoked/module_3/owner/bugzilla:1003",
            "revoked/module_3/peer/bugzilla:1010",
            "revoked/module_3/peer/bugzilla:1011",
        ],
    },
    "rust-team": {
        "mended first": [
            "declared/team4/core",
            "granted/team4/lead/github:5004",
            *(f"granted/team4/member/github:{5000 + number}" for number in range(28, 33)),
        ],
        "person renamed": ["named/github:5001/Person One-Renamed"],
        "login changed": ["linked/github-login:newlogin2/github:5002"],
        "people file added": [
            "granted/core/member/github:5999",
            "linked/github-login:fileless/github:5999",
            "named/github:5999/Person Late",
            "revoked/core/member/github-login:fileless",
        ],
        "people file moved": [],
        "file moved": [],
        "mended": [
            "granted/team7/lead/github:5040",
            "granted/team7/member/github:5041",
            "revoked/team7/lead/github:5007",
            *(f"revoked/team7/member/github:{5000 + number}" for number in range(49, 54)),
        ],
        "held again": ["granted/team8/lead/github:5050"],
        "two roles": ["granted/team9/member/github:5009"],
        "parent changed": ["declared/team11/team12"],
        "bot": [
            "granted/team13/member/github:47979223",
            "linked/github-login:rustbot/github:47979223",
            "named/github:47979223/Rust bot",
        ],
        "parent archived": [
            "declared/team11",
            "retired/team12",
            "revoked/team12/lead/github:5012",
            *(f"revoked/team12/member/github:{number}" for number in (5004, 5005, 5006, 5007, 5008)),
        ],
        "people file removed": [
            *(f"granted/team{number}/member/github-login:login70" for number in (10, 21)),
            *(f"revoked/team{number}/member/github:5070" for number in (10, 21)),
        ],
    },
    "owners": {
        "mended first": [
            "declared/area3/part0/area3",
            "granted/area3/part0/approver/github-login:dev3",
            "granted/area3/part0/reviewer/github-login:dev0",
            "granted/area3/part0/reviewer/github-login:dev4",
        ],
        "person renamed": [
            "granted/area0/part0/approver/github-login:dev0-new",
            "revoked/area0/part0/approver/github-login:dev0",
        ],
        "file moved": [
            "declared/area2/moved/area2",
            "granted/area2/moved/approver/github-login:dev3",
            "granted/area2/moved/reviewer/github-login:dev1",
            "granted/area2/moved/reviewer/github-login:dev4",
            "retired/area2/part1",
            "revoked/area2/part1/approver/github-login:dev3",
            "revoked/area2/part1/reviewer/github-login:dev1",
            "revoked/area2/part1/reviewer/github-login:dev4",
        ],
        "alias changed": [
            "granted/area4/approver/github-login:dev55",
            "revoked/area4/approver/github-login:dev24",
        ],
        "alias in an alias": [
            "granted/area5/part0/reviewer/github-login:dev25",
            "granted/area5/part0/reviewer/github-login:dev5",
            "granted/area5/part0/reviewer/github-login:dev70",
            "revoked/area5/part0/reviewer/github-login:dev0",
            "revoked/area5/part0/reviewer/github-login:dev6",
        ],
        "alias removed": [
            "revoked/area6/approver/github-login:dev26",
            "revoked/area6/approver/github-login:dev6",
        ],
        "named once more": ["granted/area6/approver/github-login:dev6"],
        "mended": [
            "granted/area7/approver/github-login:dev77",
            "granted/area8/reviewer/github-login:dev80",
            "revoked/area7/approver/github-login:dev27",
            "revoked/area7/approver/github-login:dev7",
            "revoked/area8/reviewer/github-login:dev9",
        ],
        "held again": ["granted/area9/approver/github-login:dev90"],
        "two roles": [
            "granted/area10/approver/github-login:dev91",
            "granted/area10/reviewer/github-login:dev91",
            "granted/area10/reviewer/github-login:dev92",
            "revoked/area10/approver/github-login:dev10",
            "revoked/area10/approver/github-login:dev30",
            "revoked/area10/reviewer/github-login:dev11",
        ],
        "parent changed": ["declared/area0/part3"],
        "parent removed": [
            *(f"declared/area7/part{number}/." for number in range(4)),
            "retired/area7",
            "revoked/area7/approver/github-login:dev77",
            "revoked/area7/reviewer/github-login:dev8",
        ],
        "filters": ["granted/area1/approver/github-login:dev95", "granted/area1/reviewer/github-login:yes"],
        "bot": ["granted/area1/reviewer/github-login:k8s-ci-robot"],
    },
    "sigs": {
        "person renamed": ["named/github-login:dev1/Person One-Renamed"],
        "company changed": ["affiliated/github-login:dev2/Elsewhere, Inc."],
        "company again": ["affiliated/github-login:dev2/Company 2"],
        "address removed": [],
        "held again": [
            "affiliated/github-login:dev42/Company 0",
            "granted/sig-5/chair/github-login:dev42",
            "linked/email:dev42@example.org/github-login:dev42",
            "named/github-login:dev42/Person 42",
        ],
        "two roles": ["granted/sig-7/tech_lead/github-login:dev7", "revoked/sig-7/tech_lead/github-login:dev9"],
        "bot": ["granted/sig-9/tech_lead/github-login:k8s-ci-robot", "named/github-login:k8s-ci-robot/CI Robot"],
        "new layout": [],
        "archived": [
            "retired/sig-10",
            "revoked/sig-10/chair/github-login:dev10",
            "revoked/sig-10/chair/github-login:dev11",
            "revoked/sig-10/tech_lead/github-login:dev12",
        ],
        "file moved": [],
    },
    "codeowners": {
        "person renamed": [
            "granted//src/part1//codeowner/github-login:dev1-renamed",
            "revoked//src/part1//codeowner/github-login:dev1",
        ],
        "last holder lost": [
            "revoked//src/part2//codeowner/github-login:dev2",
            "revoked//src/part2//codeowner/github-team:garden/team-2",
        ],
        "held again": ["granted//src/part2//codeowner/github-login:dev42"],
        "bot": ["granted//src/part6//codeowner/github-login:dependabot[bot]"],
        "file moved": [],
        "file moved again": [],
    },
    "maintainers": {
        "person renamed": ["named/github-login:dev1/Person One-Renamed"],
        "company changed": ["affiliated/github-login:dev2/Elsewhere, Inc."],
        "company again": ["affiliated/github-login:dev2/Company 2"],
        "address removed": [],
        "mended": [f"revoked/github.com/garden/roles/maintainer/github-login:{login}" for login in ("dev3", "dev4")],
        "named twice": [],
        "bot": [
            "granted/github.com/garden/roles/maintainer/github-login:garden-bot[bot]",
            "named/github-login:garden-bot[bot]/Garden Bot",
        ],
        "file moved": [],
        "held again": [
            "affiliated/github-login:dev0/Company 0",
            "granted/github.com/garden/roles/maintainer/github-login:dev0",
            "named/github-login:dev0/Person 0",
        ],
    },
}
"""Format → episode → what its events assert."""


@pytest.mark.parametrize(
    ("name", "episode", "asserted"),
    [(name, episode, asserted) for name, episodes in EPISODES.items() for episode, asserted in episodes.items()],
)
def test_an_episode_tells_this_and_nothing_else(name: str, episode: str, asserted: list[str]) -> None:
    [ordinal] = ordinals(history_of(name), episode)
    assert told_of(name).at(ordinal) == sorted(asserted)


@pytest.mark.parametrize(
    ("name", "seat", "other"),
    [
        ("mots", "module_5/peer/bugzilla:1020", "module_5/peer/bugzilla:1021"),
        ("rust-team", "team10/lead/github:5060", "team10/lead/github:5061"),
        ("owners", "area11/reviewer/github-login:dev93", "area11/reviewer/github-login:dev94"),
        ("sigs", "sig-8/chair/github-login:dev43", "sig-8/chair/github-login:dev44"),
        ("codeowners", "/src/part5//codeowner/github-login:dev43", "/src/part5//codeowner/github-login:dev44"),
        (
            "maintainers",
            "github.com/garden/roles/maintainer/github-login:dev31",
            "github.com/garden/roles/maintainer/github-login:dev32",
        ),
    ],
)
def test_within_one_second_the_order_of_commits_holds(name: str, seat: str, other: str) -> None:
    first, second, third = ordinals(history_of(name), "one second")
    events = told_of(name)
    assert len({event.time for event in events.events if first <= int(event.id[:8]) <= third}) == 1
    assert all(assertion.startswith("revoked/") for assertion in events.at(first))
    assert [text for text in events.at(second) if text.startswith(("granted", "revoked"))] == [f"granted/{seat}"]
    assert [text for text in events.at(third) if text.startswith(("granted", "revoked"))] == [f"granted/{other}"]


@pytest.mark.parametrize("name", ["mots", "rust-team", "owners", "sigs", "codeowners", "maintainers"])
def test_a_scope_outlives_its_last_holder(name: str) -> None:
    commits, events = history_of(name), told_of(name)
    [lost], [again] = ordinals(commits, "last holder lost"), ordinals(commits, "held again")
    assert any(text.startswith("revoked/") for text in events.at(lost))
    assert not any(text.startswith(("retired/", "declared/")) for text in events.at(lost, again))
    empty = {scope for scope, _, _ in events.until(lost - 1).seats() - events.until(lost).seats()}
    assert empty <= events.until(lost).scopes().keys()
    assert not {scope for scope, _, _ in events.until(lost).seats()} & empty
    assert {scope for scope, _, _ in events.until(again).seats()} >= empty


def test_an_affiliation_holds_from_the_day_it_entered() -> None:
    for event in told_of("sigs").events:
        if isinstance(event, PersonAffiliated):
            assert (event.data.since, event.data.basis) == (event.time.date(), "unknown")


def test_a_renamed_team_is_held_by_the_same_people_from_the_same_moment() -> None:
    [ordinal] = ordinals(history_of("rust-team"), "scope renamed")
    said = told_of("rust-team").at(ordinal)
    assert {"declared/newteam14/core", "retired/team14"} <= set(said)
    granted = {text.removeprefix("granted/newteam14/") for text in said if text.startswith("granted/")}
    revoked = {text.removeprefix("revoked/team14/") for text in said if text.startswith("revoked/")}
    assert granted == revoked
    assert len(granted) == 6


def test_a_marker_is_no_scope() -> None:
    [ordinal] = ordinals(history_of("rust-team"), "scope becomes a marker")
    assert "team15" in told_of("rust-team").until(ordinal - 1).scopes()
    assert "team15" not in told_of("rust-team").until(ordinal).scopes()


def test_a_name_that_was_ever_an_alias_names_nobody() -> None:
    holders = {identity for _, _, identity in told_of("owners").seats()}
    assert not any(identity.startswith("github-login:sig-") for identity in holders)


def test_what_lies_in_vendored_folders_is_nobodys() -> None:
    for name in ("owners", "codeowners"):
        assert "github-login:nobody-here" not in {identity for _, _, identity in told_of(name).seats()}
        assert not {"vendor/x", "area1/third_party", "_output", "/vendor/"} & told_of(name).scopes().keys()


def test_those_who_were_never_holders_hold_nothing() -> None:
    nobody = {"dev1999", "dev1998", "dev59", "dev58", "login79", "login78", "old1", "hidden", "nobody-here"}
    for name in ("owners", "sigs", "rust-team", "maintainers"):
        ever = {event.id.rpartition(":")[2] for event in told_of(name).events if "/granted/" in event.id}
        assert not ever & nobody
    assert not any(text.endswith("bugzilla:1059") for text in told_of("mots").at(2) if "owner" in text)
