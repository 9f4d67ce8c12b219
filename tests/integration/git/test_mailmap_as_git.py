"""Who is one person by a `.mailmap`, beside what git itself makes of it."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from events.sources import mailmap
from events.sources.addresses import Signature
from events.sources.commits import Origin
from events.sources.mailmap import Mailmap
from events.sources.who import Who

NAMES = ("ana", "bo", "Cy D", "di")
OLD = ("old1@x.test", "old2@x.test", "shared@host")
PROPER = ("ana@x.test", "bo@x.test", "cy@x.test")
ORIGIN = Origin("garden", "garden", datetime(2026, 1, 1, tzinfo=UTC))
EVERYBODY = [f"{name} <{address}>" for name in NAMES for address in (*OLD, *PROPER)]


def drawn(chance: Random) -> str:
    """Lines for whole addresses; at the shared one for names, of several people, and perhaps for all others."""
    lines = [f"<{chance.choice(PROPER)}> <{address}>" for address in OLD[:2] if chance.random() < 0.7]
    named = chance.sample(NAMES, chance.randint(2, 4))
    people = chance.sample(PROPER, 2) + chance.choices(PROPER, k=2)
    lines += [f"{name.title()} <{person}> {name} <shared@host>" for name, person in zip(named, people, strict=False)]
    lines += [f"<{chance.choice(PROPER)}> <shared@host>"] * chance.randint(0, 1)
    chance.shuffle(lines)
    return "\n".join(lines) + "\n"


def by_git(text: str, folder: Path) -> dict[str, str]:
    """Whom git takes everybody for: the proper address, or at the shared one, the name."""
    (folder / ".mailmap").write_text(text)
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    asked = "\n".join(EVERYBODY) + "\n"
    command = ["git", "-C", str(folder), "check-mailmap", "--stdin"]
    told = subprocess.run(command, input=asked, check=True, capture_output=True, text=True).stdout.splitlines()
    found = [Signature.parse(one) for one in told]
    people = [str(one.named if one.address == "shared@host" else one.identity) for one in found]
    return dict(zip(EVERYBODY, people, strict=True))


def by_us(text: str) -> dict[str, str]:
    """Whom we take everybody for: identities, and links followed."""
    found = Mailmap(text, "abc", ORIGIN.read_at)
    who = Who(mailmap.shared(found))
    signatures = {one: Signature.parse(one) for one in EVERYBODY}
    for signature in signatures.values():
        who.meet(signature)
    links = {event.subject: event.data.person for event in mailmap.links(found, ORIGIN, who)}
    identities = {one: str(who.identity(signature)) for one, signature in signatures.items()}
    return {one: links.get(identity, identity) for one, identity in identities.items()}


@pytest.mark.parametrize("seed", range(25))
def test_people_are_whom_git_takes_them_for(seed: int, tmp_path: Path) -> None:
    text = drawn(Random(seed))  # noqa: S311 - a made-up file
    assert by_us(text) == by_git(text, tmp_path), text
