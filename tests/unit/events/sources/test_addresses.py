import pytest

from events.sources.addresses import ADDRESS_CHARACTERS, Signature, login_link


@pytest.mark.parametrize(
    ("name", "address", "identity"),
    [
        ("Ada", "Ada@Example.ORG", "email:ada@example.org"),
        ("Ada", "583231+Ada@users.noreply.github.com", "github:583231"),
        ("Ada", "Ada@users.noreply.github.com", "github-login:ada"),
        ("bot", "49699333+dependabot[bot]@users.noreply.github.com", "github:49699333"),
        ("Ada", "ada@mail.users.noreply.github.com", "email:ada@mail.users.noreply.github.com"),
        ("Ada", "localhost", "email:localhost"),
        ("Ada Lovelace", "", "git-name:ada lovelace"),
        (" Ada \t Lovelace\x01", "  ", "git-name:ada lovelace"),
        ("", "", None),
        ("Ada", "a" * ADDRESS_CHARACTERS + "@example.org", None),
    ],
)
def test_identity_of_a_signature(name: str, address: str, identity: str | None) -> None:
    assert Signature.of(name, address).identity == identity


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        ("Ada Lovelace <ada@example.org>", "Ada Lovelace", "ada@example.org"),
        ("<ada@example.org>", "", "ada@example.org"),
        ("ada@example.org", "", "ada@example.org"),
        ("@ada", "", "@ada"),
        ("Ada at example.org", "Ada at example.org", ""),
        ("Ada @ Example", "Ada @ Example", ""),
        ("Ada <>", "Ada", ""),
        ("Ada <ada@example.org> (in the meeting)", "Ada", "ada@example.org"),
        ("Ada <ada@example.org>, Bo <bo@example.org>", "Ada", "ada@example.org"),
        ("Ada <ada@example.org", "Ada <ada@example.org", ""),
        ("", "", ""),
    ],
)
def test_signature_in_a_trailer(value: str, name: str, address: str) -> None:
    assert Signature.parse(value) == Signature(name, address)


def test_a_numbered_noreply_address_links_the_login_to_the_account() -> None:
    assert login_link("583231+Ada@users.noreply.github.com") == ("github-login:ada", "github:583231")
    assert login_link("ada@users.noreply.github.com") is None
    assert login_link("ada@example.org") is None
