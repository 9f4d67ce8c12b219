import pytest

from events.catalog import TYPES, key_of
from events.topics import INPUT_TOPICS, topic_of, topics
from tests.support.drawn_events import DATA, example

TOPICS = {
    "contributions": "contribution.recorded contribution.retracted agent.declared source.withdrawn",
    "mentoring": "mentoring.started mentoring.met mentoring.ended",
    "roles": "role.granted role.revoked role.paused scope.declared scope.retired",
    "people": "person.linked person.unlinked person.affiliated person.classified person.named"
    " person.opted_out person.erased",
    "community": "source.checked source.dated source.retired goal.set relationship.established"
    " relationship.ended engagement.held practice.documented milestone.assigned action.recorded impact.noted"
    " opportunity.offered opportunity.taken",
    "published": "day.published",
}


def test_every_type_has_its_topic() -> None:
    told = {f"tenfold.{stem}.v1": topic for topic, stems in TOPICS.items() for stem in stems.split()}
    assert {type_: model.topic for type_, model in TYPES.items()} == told


def test_contributions_are_spread_and_the_rest_is_not() -> None:
    partitions = {topic.name: topic.partitions for topic in topics("a.")}
    assert partitions == {"a.contributions": 8} | {f"a.{name}": 1 for name in [*INPUT_TOPICS[1:], "dead-letters"]}


def test_logs_keep_everything_and_bear_the_broker_s_time() -> None:
    for topic in topics():
        assert topic.config["cleanup.policy"] == "delete"
        assert topic.config["retention.ms"] == "-1"
        assert topic.config["message.timestamp.type"] == "LogAppendTime"


def test_a_dead_letter_has_room_for_the_largest_record() -> None:
    sizes = {topic.name: int(topic.config["max.message.bytes"]) for topic in topics()}
    assert sizes.pop("tenfold.dead-letters") == 2 * 1024 * 1024
    assert set(sizes.values()) == {1024 * 1024}


@pytest.mark.parametrize("stem", DATA)
def test_what_people_say_has_a_topic_of_its_own_by_community(stem: str) -> None:
    event = example(stem, actor="Grace Hopper")
    assert (topic_of(event), key_of(event)) == ("by-hand", b"rust")
    assert topic_of(example(stem)) == event.topic


@pytest.mark.parametrize("stem", DATA)
def test_keys_are_who_did_it_or_the_community(stem: str) -> None:
    assert key_of(example(stem)) == (b"github:1" if stem in {"contribution.recorded", "agent.declared"} else b"rust")
