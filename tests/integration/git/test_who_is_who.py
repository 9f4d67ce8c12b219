"""Histories in which it is not plain who somebody is, made small after what was reported of tools of this kind.

Source: docs/definitions.md, "People"; "How sources become facts".
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from events.people import PersonLinked
from infra.ingest.pseudonymising import Edge
from projections.evaluation.fold import fold
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import series
from tests.integration.git.conftest import START, GitRepository
from tests.integration.git.numbers import DEFAULTS, active, read
from tests.oracle.writing import affiliated, linked, unlinked

SEVERAL_AT_ONE: Final = (
    "Ana Ruiz <ana@ruiz.test> ana <root@buildhost>\nBo Lindgren <bo@lindgren.test> bo <root@buildhost>\n"
)


def person_days(events: list[Any], on: int) -> float:
    """The volume of the headline window."""
    day = (START + timedelta(days=on)).date()
    return fold(events, DEFAULTS, day).value(series("work_volume"), day)


def test_names_at_one_address_are_several_people(repository: GitRepository) -> None:
    """Git's own documentation of mailmap maps by name and address: so says `git shortlog -sne`."""
    for on in (4, 5, 6, 7, 8, 11):
        repository.commit(on=on, author="ana <root@buildhost>")
    for on in (4, 5):
        repository.commit(on=on, author="Bo <ROOT@buildhost>")
    repository.commit(on=12, author="Ana Ruiz <ana@ruiz.test>", dot_mailmap=SEVERAL_AT_ONE)
    events = read(repository.folder)
    assert (active(events, 31), person_days(events, 31)) == (2, 9)
    people = {event.subject: event.data.person for event in events if isinstance(event, PersonLinked)}
    assert people == {"git-name:ana": "email:ana@ruiz.test", "git-name:bo": "email:bo@lindgren.test"}
    everybody = read(repository.folder, CommunityPolicy(placeholder_addresses=()))
    assert (active(everybody, 31), person_days(everybody, 31)) == (2, 9)


def test_one_address_of_one_person_stays_an_address(repository: GitRepository) -> None:
    repository.commit(on=1, author="ana <ana@old.test>")
    repository.commit(on=2, author="A. Ruiz <ana@old.test>")
    repository.commit(
        on=3, author="Ana Ruiz <ana@ruiz.test>", dot_mailmap="Ana Ruiz <ana@ruiz.test> ana <ana@old.test>\n"
    )
    assert active(read(repository.folder), 31) == 1


@pytest.mark.parametrize(
    "address", ["you@example.com", "root@localhost", "ana@example.org", "me@localhost.localdomain"]
)
def test_addresses_that_are_nobodys_are_names(repository: GitRepository, address: str) -> None:
    for author in ("Ana", "Bo", "ana"):
        repository.commit(on=1, author=f"{author} <{address}>")
    assert active(read(repository.folder), 31) == 2
    assert active(read(repository.folder, CommunityPolicy(placeholder_addresses=())), 31) == 1


def test_a_placeholder_that_the_repository_explains_is_explained(repository: GitRepository) -> None:
    repository.commit(on=1, author="Your Name <you@example.com>")
    repository.commit(on=2, author="ana <you@example.com>")
    repository.commit(on=3, author="Ana <ana@ruiz.test>", dot_mailmap="Ana <ana@ruiz.test> <you@example.com>\n")
    assert active(read(repository.folder), 31) == 1


TRAILERS: Final = [
    "Co-authored-by: Bo Lind <bo@l.test>\n\nSession-Id: 123\n",
    "Co-authored-by: Cyd Moe <cyd@l.test>\n\nFixes #12\n",
    "Co-authored-by: Dan Ost <dan@l.test>, Eve Poe <eve@l.test>\n",
    "Co-authored-by: Fay Qin <fay@l.test> and Gus Ray <gus@l.test>\n",
    "Co-authored by: Hal Sun <hal@l.test>\n",
    "Co-Authored-By: @ida-t\n",
    "Co-developed-by: Joe Ulm <joe@l.test>\nSigned-off-by: Joe Ulm <joe@l.test>\n",
    "co-authored-by:Kim Voe <kim@l.test>\n",
    "Co-authored-by: Lou Wex lou@l.test\n",
    'Co-authored-by: "Max Yao" <Max@L.test>\nCo-authored-by: max yao <max@l.test>\n',
    "Co-authored-by: Ned Zed <ned@l.test>\n\n* second\n\n---------\n\nCo-authored-by: Ola Abe <ola@l.test>\n",
]


def test_trailers_are_what_git_takes_for_them(repository: GitRepository) -> None:
    """Not what stands above the last paragraph; of two people in one line the first; `@word` is an address."""
    for on, trailers in enumerate(TRAILERS):
        repository.commit(f"fix\n\n{trailers}", on=on, author="Ana Ruiz <ana@l.test>")
    people = {event.subject for event in read(repository.folder) if event.type == "tenfold.contribution.recorded.v1"}
    assert people - {"email:ana@l.test"} == {
        "email:dan@l.test",
        "email:fay@l.test",
        "email:@ida-t",
        "email:kim@l.test",
        "git-name:lou wex lou@l.test",
        "email:max@l.test",
        "email:ola@l.test",
    }


AUTOMATION: Final = [
    "GitHub Action <action@github.com>",
    "actions-user <actions@github.com>",
    "github-actions <41898282+github-actions[bot]@users.noreply.github.com>",
    "carsonbot <41898283+renamed[bot]@users.noreply.github.com>",
    "llvmbot <llvmbot@l.test>",
    "Weblate <noreply@weblate.test>",
    "Travis CI <travis@travis-ci.test>",
    "pre-commit-ci[bot] <66853113+pre-commit-ci[bot]@users.noreply.github.com>",
    "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>",
    "Kubernetes Prow Robot <k8s-ci-robot@users.noreply.github.com>",
    "openshift-merge-robot <openshift-merge-robot@l.test>",
    "mergify <mergify@l.test>",
    "codecov-commenter <codecov-commenter@users.noreply.github.com>",
    "greenkeeperio-bot <support@greenkeeper.test>",
    "ImgBotApp <ImgBotHelp@mail.test>",
    "semantic-release-bot <semantic-release-bot@l.test>",
    "Jenkins <jenkins@ci.l.test>",
]
AGENTS: Final = [
    "Claude <noreply@anthropic.com>",
    "Codex <codex@openai.com>",
    "openhands <openhands@all-hands.test>",
    "google-labs-jules[bot] <161369871+google-labs-jules[bot]@users.noreply.github.com>",
    "Devin AI <158243242+devin-ai-integration[bot]@users.noreply.github.com>",
    "Cursor Agent <cursoragent@cursor.test>",
    "Copilot <198982749+Copilot@users.noreply.github.com>",
]


def automated(repository: GitRepository) -> None:
    """Machines of all sorts, and Ana."""
    for on in (4, 11, 18):
        for author in (*AUTOMATION, *AGENTS, "Ana Ruiz <ana@ruiz.test>"):
            repository.commit(on=on, author=author)
    for on, sign in ((19, "0a1b"), (20, "1a1b")):
        trailers = f"Reported-by: syzbot+{sign}@syzkaller.test\nTested-by: kernel test robot <lkp@robots.test>"
        repository.commit(f"fix\n\n{trailers}\n", on=on, author="Ana Ruiz <ana@ruiz.test>")


def test_automation_without_a_suffix_is_automation(repository: GitRepository) -> None:
    automated(repository)
    events = read(repository.folder)
    assert (active(events, 31), active(events, 31, family="newcomers")) == (1, 1)
    day = (START + timedelta(days=31)).date()
    history = fold(events, DEFAULTS, day)
    left_out = [history.value(series("excluded_contributions", reason=reason), day) for reason in ("bot", "agent")]
    assert left_out == [3 * len(AUTOMATION) + 4, 3 * len(AGENTS)]


def test_under_a_key_automation_is_automation(repository: GitRepository) -> None:
    automated(repository)
    edge = Edge(DEFAULTS, b"a key for tests alone")
    told = read(repository.folder)
    names: dict[str, set[str]] = {}
    for event in told:
        if event.type == "tenfold.person.named.v1":
            names.setdefault(event.subject, set()).add(event.data.name)
    events = list(edge.admit(told, names).events)
    assert active(events, 31) == 1
    day = (START + timedelta(days=31)).date()
    history = fold(events, DEFAULTS, day)
    assert history.value(series("excluded_contributions", reason="agent"), day) == 3 * len(AGENTS)


def test_what_is_merged_and_unmerged_is_whole_again(repository: GitRepository) -> None:
    for on in (4, 5, 6):
        repository.commit(on=on, author="Ana Ruiz <ana@ruiz.test>")
        repository.commit(on=on, author="A. Ruiz <a.ruiz@work.test>")
    before = read(repository.folder)
    merged = [*before, linked("email:a.ruiz@work.test", "email:ana@ruiz.test", "2024-02-01")]
    again = [*merged, unlinked("email:a.ruiz@work.test", "2024-02-02")]
    assert [(active(log, 31), person_days(log, 31)) for log in (before, merged, again)] == [(2, 6), (1, 3), (2, 6)]


def working_days() -> Iterator[tuple[int, str]]:
    """Day of 2024, and author: somebody who moves on at the end of March, and four who were there before."""
    for month in (date(2024, 3, 1), date(2024, 4, 1)):
        for day in range(10):
            yield (month - START.date()).days + day, "P0 <p0@l.test>"
    for person in range(1, 5):
        for day in range(10, 15):
            yield (date(2024, 4, 1) - START.date()).days + day, f"P{person} <p{person}@l.test>"


def test_work_belongs_to_whom_one_worked_for_then(repository: GitRepository) -> None:
    for on, author in working_days():
        repository.commit(on=on, author=author)
    moved = [
        affiliated("email:p0@l.test", "Alpha Corp", "2020-01-01"),
        affiliated("email:p0@l.test", "Beta GmbH", "2024-04-01", "2024-04-02"),
        *(affiliated(f"email:p{person}@l.test", "Beta gmbh", "2020-01-01") for person in range(1, 5)),
    ]
    history = fold([*read(repository.folder), *moved], DEFAULTS, date(2024, 5, 10))
    exposed = series("departure_exposure_ratio", unit="organisation", of="volume")
    assert history.value(series("work_volume"), date(2024, 5, 10)) == 40
    assert history.value(exposed, date(2024, 5, 10)) == 0.75
    assert history.value(series("elephant_factor"), date(2024, 5, 10)) == 1
    assert str(history.value(series("elephant_factor"), date(2024, 3, 31))) == "nan"


def test_a_squashed_repository_has_all_of_its_authors(repository: GitRepository, tmp_path: Path) -> None:
    authors = "\n".join(f"Co-authored-by: Person {one} <p{one}@l.test>" for one in range(1, 3001))
    lines = "\n".join(["x" * 100] * 50_000)
    trailers = f"Reviewed-by: Rev <rev@l.test>\nAcked-by: {'y' * 200_000} <long@l.test>"
    for on, message in ((1, f"squash\n\n{authors}\n"), (2, f"big\n\n{lines}\n\n{trailers}\n")):
        (tmp_path / "message").write_text(message)
        repository.git("commit", "--quiet", "--allow-empty", "-F", str(tmp_path / "message"), dates=ana(on))
    assert active(read(repository.folder), 2) == 3003


def ana(on: int) -> dict[str, str]:
    when = f"{int((START + timedelta(days=on)).timestamp())} +0000"
    name, address = "ana", "ana@l.test"
    return {
        "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": address, "GIT_AUTHOR_DATE": when,
        "GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": address, "GIT_COMMITTER_DATE": when,
    }  # fmt: skip
