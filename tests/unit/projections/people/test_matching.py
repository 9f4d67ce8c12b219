import pytest

from projections.people.matching import Suggestion, Trait, suggestions, traits


@pytest.mark.parametrize(
    ("identity", "names", "expected"),
    [
        ("github-login:ada", [], {("login", "ada")}),
        ("email:ada+spam@example.org", ["Ada L"], {("mailbox", "ada"), ("name", "Ada L")}),
        ("git-name:ada l", [], {("name", "ada l")}),
        ("github:5", ["Ada L"], {("name", "Ada L")}),
        ("bugzilla:5", [], set()),
    ],
)
def test_what_an_identity_can_be_recognised_by(identity: str, names: list[str], expected: set[Trait]) -> None:
    assert set(traits(identity, identity.partition(":")[2], names)) == expected


@pytest.mark.parametrize(
    ("holder", "at_work", "found"),
    [
        (("name", "Ada  Lovelace"), ("name", "ada lovelace"), True),
        (("login", "ada"), ("login", "Ada"), True),
        (("login", "ada"), ("mailbox", "ada"), True),
        (("mailbox", "ada"), ("login", "ada"), True),
        (("mailbox", "info"), ("mailbox", "info"), False),
        (("name", "ada"), ("login", "ada"), False),
        (("name", "Ada"), ("name", "Ada Lovelace"), False),
    ],
)
def test_who_shows_a_trait_of_a_holder_is_suggested(holder: Trait, at_work: Trait, found: bool) -> None:
    told = suggestions({"github:5": [holder]}, {"email:a@b": [at_work]})
    assert told == {"github:5": [Suggestion("email:a@b", (holder,))] if found else []}


def test_nobody_is_suggested_to_be_themselves_and_everybody_once() -> None:
    mine: list[Trait] = [("name", "Ada"), ("login", "ada")]
    told = suggestions({"github:5": mine}, {"github:5": mine, "z": [("mailbox", "ada"), ("name", "Ada")], "a": mine})
    assert told == {"github:5": [Suggestion(one, (("login", "ada"), ("name", "Ada"))) for one in ("a", "z")]}
