import json
from typing import Any

import pytest
from hypothesis import given

from events.catalog import AnyEvent
from events.codec import decode, encode
from events.contributions import ContributionRecorded, ContributionRetracted
from events.people import PersonClassified
from events.pseudonyms import KnownPerson, Pseudonymiser
from tests.support.drawn_events import DATA, IDENTITY, LOG_TIME, TEXT, contributions, example

HASH = "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3"
ADA = "email:ada@example.org"
SECRETS = ["ada", "lovelace", "grace", "hopper", HASH[:7]]


@pytest.fixture(scope="module")
def pseudonymiser() -> Pseudonymiser:
    return Pseudonymiser(b"a key for tests alone")


def nobody(_identity: str, _names: frozenset[str]) -> None:
    return None


def one(pseudonymiser: Pseudonymiser, event: AnyEvent) -> Any:
    (only,) = pseudonymiser.pseudonymise([event], nobody).events
    return only


def personal(stem: str) -> AnyEvent:
    """An event with somebody in every field that can name one."""
    fields: dict[str, dict[str, Any]] = {
        "contribution.recorded": {
            "url": f"https://example.org/commit/{HASH}",
            "about": f"change/{HASH}",
            "responds_to": {"source": "git:cargo", "id": f"{HASH}/{ADA}"},
        },
        "contribution.retracted": {"retracts": {"source": "git:cargo", "id": f"{HASH}/{ADA}"}},
        "mentoring.started": {"mentor": "github-login:grace"},
        "mentoring.met": {"mentor": "github-login:grace"},
        "mentoring.ended": {"mentor": "github-login:grace"},
        "role.granted": {"evidence": f"https://example.org/commit/{HASH}"},
        "role.revoked": {"evidence": f"https://example.org/commit/{HASH}"},
        "role.paused": {"evidence": f"https://example.org/commit/{HASH}"},
        "person.linked": {"person": "github-login:grace"},
        "milestone.assigned": {"responsible": "Ada Lovelace", "support": "email:grace@example.org"},
        "action.recorded": {"owner": "Grace Hopper"},
    }
    subject = {"subject": ADA} if example(stem).subject else {}
    actor = None if stem == "day.published" else "Ada Lovelace"
    return example(stem, id=f"{HASH}/{ADA}", actor=actor, data=DATA[stem] | fields.get(stem, {}), **subject)


@pytest.mark.parametrize("stem", [stem for stem in DATA if stem != "person.named"])
def test_nobody_is_named_in_the_log(pseudonymiser: Pseudonymiser, stem: str) -> None:
    record = encode(one(pseudonymiser, personal(stem)))
    whole = (record.key + record.value).decode().lower()
    assert [secret for secret in SECRETS if secret in whole] == []


@pytest.mark.parametrize("stem", [stem for stem in DATA if stem != "person.named"])
def test_what_is_left_is_an_event_and_says_the_rest_unchanged(pseudonymiser: Pseudonymiser, stem: str) -> None:
    told = example(stem)
    written = one(pseudonymiser, told)
    record = encode(written)
    assert decode(record.value, record.headers, LOG_TIME) == written
    assert (written.time, written.source, written.community) == (told.time, told.source, told.community)


@given(contributions())
def test_contributions_stay_contributions(event: ContributionRecorded) -> None:
    record = encode(one(Pseudonymiser(b"0123456789abcdef"), event))
    assert decode(record.value, record.headers, LOG_TIME).type == event.type


def test_a_pseudonym_is_stable_and_keeps_the_provider(pseudonymiser: Pseudonymiser) -> None:
    assert pseudonymiser.identity(ADA) == "email:~u254iu5ojvmuxjlmygby"
    assert pseudonymiser.identity("EMAIL:Ada@example.org") == pseudonymiser.identity(ADA)


def test_another_key_gives_another_pseudonym(pseudonymiser: Pseudonymiser) -> None:
    assert Pseudonymiser(b"another key for tests").identity(ADA) != pseudonymiser.identity(ADA)


def test_one_handle_at_two_providers_is_two(pseudonymiser: Pseudonymiser) -> None:
    handles = {pseudonymiser.identity(f"{provider}:ada").partition(":")[2] for provider in ("github", "gitlab")}
    assert len(handles) == 2


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        Pseudonymiser(b"too short")


@given(IDENTITY)
def test_a_pseudonym_of_ours_stays(identity: str) -> None:
    pseudonymiser = Pseudonymiser(b"0123456789abcdef")
    pseudonym = pseudonymiser.identity(identity)
    assert pseudonymiser.identity(pseudonym) == pseudonym != identity


@given(TEXT)
def test_an_id_of_ours_stays(text: str) -> None:
    pseudonymiser = Pseudonymiser(b"0123456789abcdef")
    assert pseudonymiser.text(pseudonymiser.text(text)) == pseudonymiser.text(text)


def test_what_only_looks_like_one_of_ours_does_not(pseudonymiser: Pseudonymiser) -> None:
    for handle in ("~sircmpwn", "~abcdefghijklmnopqrst"):
        assert handle not in pseudonymiser.identity(f"sourcehut:{handle}")


def test_a_retraction_still_finds_what_it_retracts(pseudonymiser: Pseudonymiser) -> None:
    recorded = one(pseudonymiser, personal("contribution.recorded"))
    retracted = one(pseudonymiser, personal("contribution.retracted"))
    assert isinstance(recorded, ContributionRecorded)
    assert isinstance(retracted, ContributionRetracted)
    assert retracted.data.retracts.id == recorded.id
    assert recorded.data.responds_to is not None
    assert recorded.data.responds_to.id == recorded.id


def test_ids_keep_the_order_of_history(pseudonymiser: Pseudonymiser) -> None:
    ids = [pseudonymiser.text(f"{ordinal:08}/granted/{ADA}") for ordinal in (9, 10, 1_000_000)]
    assert ids == sorted(ids)
    assert all(id_.startswith(f"{ordinal:08}/~") for id_, ordinal in zip(ids, (9, 10, 1_000_000), strict=True))


@pytest.mark.parametrize("id_", ["007@example.org", "0123456789abcdef/ada", "583231/review", "0-ada"])
def test_what_begins_like_an_ordinal_and_is_none_is_hidden(pseudonymiser: Pseudonymiser, id_: str) -> None:
    assert pseudonymiser.text(id_).startswith("~")


def test_who_is_public_stays_and_their_addresses_do_not() -> None:
    account, link = "github-login:grace", personal("person.linked")
    pseudonymiser = Pseudonymiser(b"a key for tests alone", [account, "github:5"])
    linked = one(pseudonymiser, link)
    assert (linked.data.person, linked.subject) == (account, pseudonymiser.identity(ADA))
    assert (linked.subject or "").startswith("email:~")
    assert pseudonymiser.identity("GitHub:5") == "github:5"
    assert account not in {person.identity for person in pseudonymiser.pseudonymise([link], nobody).people}
    assert HASH not in linked.id


def test_names_go_beside_the_log(pseudonymiser: Pseudonymiser) -> None:
    events = [
        example("person.named", id="2", subject=ADA, time="2026-02-01T00:00:00Z", data={"name": "Ada Lovelace"}),
        example("person.named", id="1", subject=ADA, time="2026-01-01T00:00:00Z", data={"name": "ada"}),
        example("mentoring.met", subject=ADA, data={"mentor": "github-login:grace"}),
        example("action.recorded", actor="Grace Hopper", data=DATA["action.recorded"] | {"owner": ADA}),
    ]
    result = pseudonymiser.pseudonymise(events, nobody)
    assert [event.type for event in result.events] == ["tenfold.mentoring.met.v1", "tenfold.action.recorded.v1"]
    assert set(result.people) == {
        KnownPerson(pseudonymiser.identity(ADA), "ada@example.org", "Ada Lovelace"),
        KnownPerson(pseudonymiser.identity("github-login:grace"), "grace", None),
        KnownPerson(pseudonymiser.identity("Grace Hopper"), "Grace Hopper", None),
    }


def test_pseudonyms_of_ours_are_no_news_for_the_table(pseudonymiser: Pseudonymiser) -> None:
    event = example("contribution.recorded", subject=pseudonymiser.identity(ADA))
    assert pseudonymiser.pseudonymise([event], nobody).people == ()


def test_bots_are_classified_before_nobody_can_see_them(pseudonymiser: Pseudonymiser) -> None:
    def classify(identity: str, names: frozenset[str]) -> str | None:
        if names and all(name.endswith("[bot]") for name in names):
            return "bot"
        return "agent" if "copilot" in identity else None

    events = [
        example("contribution.recorded", id="1", subject="email:ci@example.org"),
        example("contribution.recorded", id="2", subject="email:ci@example.org"),
        example("contribution.recorded", id="3", subject="github-login:copilot"),
        example("contribution.recorded", id="4", subject=ADA),
        example("person.named", subject="email:ci@example.org", data={"name": "ci[bot]"}),
        example("person.named", id="2", subject=ADA, data={"name": "ci[bot]"}),
        example("person.named", id="3", subject=ADA, data={"name": "Ada"}),
    ]
    result = pseudonymiser.pseudonymise(events, classify)
    verdicts = [event for event in result.events if isinstance(event, PersonClassified)]
    assert result.events[:2] == tuple(verdicts)
    assert {verdict.subject: verdict.data.reason for verdict in verdicts} == {
        pseudonymiser.identity("email:ci@example.org"): "bot",
        pseudonymiser.identity("github-login:copilot"): "agent",
    }
    assert all(verdict.data.bot and verdict.time < event.time for verdict in verdicts for event in result.events[2:])


def test_reading_a_source_again_in_parts_gives_the_same_events(pseudonymiser: Pseudonymiser) -> None:
    def classify(identity: str, _names: frozenset[str]) -> str | None:
        return "bot" if "ci" in identity else None

    events = [
        example("contribution.recorded", id=str(n), time=f"2026-01-0{n}T00:00:00Z", subject="email:ci@a.org")
        for n in range(1, 5)
    ]
    whole = pseudonymiser.pseudonymise(events, classify).events
    parts = [event for n in range(4) for event in pseudonymiser.pseudonymise(events[n : n + 1], classify).events]
    assert {encode(event) for event in parts} == {encode(event) for event in whole}
    assert json.loads(encode(whole[0]).value)["type"] == "tenfold.person.classified.v1"
