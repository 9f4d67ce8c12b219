"""A broker with access control, set up as docs/operate.md says, lets sources write all but what people say."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.errors import TopicAuthorizationFailedError
from aiokafka.protocol.admin import CreateAclsRequest

from events.topics import BY_HAND, DEAD_LETTERS, topics
from infra.kafka import topics as broker
from infra.local.kafka import Kafka
from infra.local.ports import LOOPBACK, own_ports
from infra.local.supervisor import Supervisor
from streams.producer import Producer
from tests.support.drawn_events import example
from tests.support.patience import PATIENCE_SECONDS

PASSWORD = "a password for tests"
TOPIC, LITERAL, WRITE, ALLOW = 2, 3, 4, 3
"""Kafka's numbers of a kind of resource, of a pattern, of an operation, and of what becomes of it."""
CLOSED = {BY_HAND, "published", DEAD_LETTERS}
SETTINGS = """
listeners=PLAINTEXT://{inner},CONTROLLER://{controller},SOURCES://{outer}
advertised.listeners=PLAINTEXT://{inner},SOURCES://{outer}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SOURCES:SASL_PLAINTEXT
listener.name.sources.sasl.enabled.mechanisms=PLAIN
listener.name.sources.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \
 user_robot="{password}";
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS
"""


@pytest.fixture
async def guarded(tmp_path: Path) -> AsyncIterator[tuple[str, str]]:
    """Where Tenfold's own processes reach a broker, and where sources do."""
    with own_ports(3) as (port, controller_port, outer_port):
        kafka = Kafka(tmp_path / "kafka", port, controller_port, tmp_path / "kafka.log")
        kafka.prepare()
        inner, outer, controller = (f"{LOOPBACK}:{each}" for each in (port, outer_port, controller_port))
        with (tmp_path / "kafka/server.properties").open("a") as settings:
            settings.write(SETTINGS.format(inner=inner, outer=outer, controller=controller, password=PASSWORD))
        supervisor = Supervisor()
        try:
            await supervisor.start(kafka.child())
            yield inner, outer
        finally:
            await supervisor.stop()


async def test_sources_write_what_they_saw_and_nothing_that_people_say(guarded: tuple[str, str]) -> None:
    inner, outer = guarded
    async with broker.admin(inner) as client:
        await broker.create(client, topics())
        for topic in topics():
            if topic.name.removeprefix("tenfold.") not in CLOSED:
                allowed = CreateAclsRequest(TOPIC, topic.name, LITERAL, "User:robot", "*", WRITE, ALLOW)
                await client._send_to_controller(allowed)
    async with Producer(inner, "tenfold.") as own:
        await own.send(example("person.linked", actor="Grace Hopper"))
    async with AIOKafkaProducer(
        bootstrap_servers=outer,
        security_protocol="SASL_PLAINTEXT",
        sasl_mechanism="PLAIN",
        sasl_plain_username="robot",
        sasl_plain_password=PASSWORD,
        request_timeout_ms=int(PATIENCE_SECONDS * 1000),
    ) as robot:
        for topic in topics():
            if topic.name.removeprefix("tenfold.") in CLOSED:
                with pytest.raises(TopicAuthorizationFailedError):
                    await robot.send_and_wait(topic.name, b"{}")
            else:
                await robot.send_and_wait(topic.name, b"{}")
