"""Who is taken for a machine by default, and who is not."""

import time

import pytest

from projections.people.machines import Machines, Named, looks_so
from projections.policy.policy import CommunityPolicy

DEFAULTS = Machines(CommunityPolicy())

MACHINES = [
    ("email:action@github.com", "GitHub Action", "bot"),
    ("email:actions@github.com", "actions-user", "bot"),
    ("github-login:github-actions[bot]", "anything", "bot"),
    ("github-login:carsonbot[bot]", "Carson", "bot"),
    ("email:llvmbot@l.test", "llvmbot", "bot"),
    ("email:noreply@weblate.test", "Weblate", "bot"),
    ("email:ci@l.test", "Travis CI", "bot"),
    ("github:66853113", "pre-commit-ci[bot]", "bot"),
    ("github-login:k8s-ci-robot", "Kubernetes Prow Robot", "bot"),
    ("email:openshift-merge-robot@l.test", "Merging", "bot"),
    ("email:mergify@l.test", "mergify", "bot"),
    ("github-login:codecov-commenter", "Codecov", "bot"),
    ("email:help@greenkeeper.test", "greenkeeperio-bot", "bot"),
    ("email:help@imgbot.test", "ImgBotApp", "bot"),
    ("email:jenkins@ci.l.test", "Our CI", "bot"),
    ("email:cron@cron.bot", "The Weekly Cronjob", "bot"),
    ("email:1234-compute@developer.gserviceaccount.com", "Compute", "bot"),
    ("email:syzbot+0a1b2c@syzkaller.test", "", "bot"),
    ("email:lkp@robots.test", "kernel test robot", "bot"),
    ("git-name:release bot", "Release Bot", "bot"),
    ("email:noreply@anthropic.com", "Claude", "agent"),
    ("email:codex@openai.com", "Codex", "agent"),
    ("email:openhands@all-hands.test", "openhands", "agent"),
    ("github:161369871", "google-labs-jules[bot]", "agent"),
    ("email:cursoragent@cursor.test", "Cursor Agent", "agent"),
    ("github:198982749", "Copilot", "agent"),
    ("github:81847", "claude", "agent"),
    ("git-name:claude-code opus 4.6", "Claude-Code opus 4.6", "agent"),
    ("email:her@l.test", "Her Name (aider)", "agent"),
]
PEOPLE = [
    ("email:claude@l.test", "Claude Monet"),
    ("git-name:claude", "Claude"),
    ("github:5", "Devin"),
    ("github:5", "Jules"),
    ("email:codex@l.test", "Codex"),
    ("email:abbot@l.test", "An Abbot"),
    ("email:talbot@l.test", "Talbot"),
    ("email:robot.lover@l.test", "Robota"),
    ("email:ann@my-bot", "Ann"),
    ("email:ann@bot-works.test", "Ann"),
    ("email:ann@renovate.test", "Ann"),
    ("github:818470", "Ann"),
    ("email:ann@github.com", "Ann"),
    ("email:ann@copilot-fans.test", "Ann"),
    ("git-name:noreply@anthropic.com", "noreply@anthropic.com"),
    ("email:robo@l.test", ""),
]


@pytest.mark.parametrize(("identity", "name", "reason"), MACHINES)
def test_machines_by_default(identity: str, name: str, reason: str) -> None:
    assert DEFAULTS.reason(identity, [name] if name else []) == reason


@pytest.mark.parametrize(("identity", "name"), PEOPLE)
def test_people_who_are_called_much_like_machines(identity: str, name: str) -> None:
    assert DEFAULTS.reason(identity, [name] if name else []) is None


@pytest.mark.parametrize(
    ("pattern", "fits", "fits_not"),
    [
        (
            "ci",
            ["github-login:ci", "email:ci@l.test", "git-name:ci", "email:CI@L.test"],
            ["email:a@ci", "email:a@ci.ci"],
        ),
        ("ci@*", ["email:ci@l.test"], ["github-login:ci", "git-name:ci@l.test"]),
        ("github:7", ["github:7"], ["github-login:7", "github:77", "email:github:7@l.test"]),
        ("email:*@ci.test", ["email:a@ci.test"], ["git-name:a@ci.test"]),
        ("*[bot]", ["github-login:a[bot]"], ["github-login:ab"]),
    ],
)
def test_what_a_pattern_is_held_against(pattern: str, fits: list[str], fits_not: list[str]) -> None:
    assert [Named([pattern]).fit(one.lower(), []) for one in fits] == [True] * len(fits)
    assert not any(Named([pattern]).fit(one, []) for one in fits_not)


def test_a_name_is_held_against_patterns_for_names_alone() -> None:
    assert Named(["ci*"]).fit("github:1", ["CI runner"])
    assert not Named(["ci@*", "ci:*"]).fit("github:1", ["ci@l.test"])
    assert not Named(["ci:*"]).fit("github:1", ["ci:7"])


def test_every_name_must_fit() -> None:
    assert DEFAULTS.reason("github:1", ["Release Bot", "Merge Bot"]) == "bot"
    assert DEFAULTS.reason("github:1", ["Release Bot", "Ann"]) is None


def test_an_app_is_a_bot_whatever_the_policy_says() -> None:
    assert Machines(CommunityPolicy(bot_patterns=(), agent_patterns=())).reason("github-login:a[bot]", []) == "bot"


def test_a_hundred_thousand_people_take_no_more_than_moments() -> None:
    people = [(f"email:some.body{one}@l.test", [f"Some Body {one}"]) for one in range(10_000)]
    started = time.perf_counter()
    assert not any(DEFAULTS.reason(*one) for one in people)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    ("identity", "names", "looks"),
    [
        ("email:automation@l.test", ["Our Tools"], True),
        ("email:ci@l.test", [], True),
        ("github:5", ["Garden CI"], True),
        ("github-login:my_bot_2", [], True),
        ("github-login:carsonbot", ["carsonbot"], True),
        ("email:zabot@l.test", ["Ann Zabot"], False),
        ("github:5", ["Talbot"], False),
        ("email:ann@ci.test", ["Ann"], False),
        ("email:cię@l.test", ["Ann Cię"], False),
        ("github-login:robotics", ["Robota"], False),
    ],
)
def test_who_looks_like_a_machine(identity: str, names: list[str], looks: bool) -> None:
    assert looks_so(identity, names) == looks
