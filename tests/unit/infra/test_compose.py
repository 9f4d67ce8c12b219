"""The compose file, without Docker: its schema, and that it speaks of the real command line and settings."""

import json
import re
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from infra.local.kafka import SETTINGS as KAFKA_SETTINGS
from infra.local.postgres import NO_VALUES_LOGGED
from infra.local.prometheus import RETENTION
from infra.settings import Settings
from projections.policy.policy import Policy
from tests.support.command_line import parse

ROOT = Path(__file__).parents[3]
SCHEMA = "check_jsonschema/builtin_schemas/vendor/compose-spec.json"
"""As that package ships it; read and not imported, since nothing of its code is needed."""


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return loaded


@pytest.fixture(scope="module")
def services(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = compose["services"]
    return found


def ours(services: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield from (service for service in services.values() if service["image"] == "tenfold")


def test_it_is_what_the_compose_specification_asks_for(compose: dict[str, Any]) -> None:
    schema = Path(str(distribution("check-jsonschema").locate_file(SCHEMA)))
    jsonschema.validate(compose, json.loads(schema.read_text()))


def test_every_service_has_a_health_check(services: dict[str, dict[str, Any]]) -> None:
    assert [name for name, service in services.items() if "test" not in service.get("healthcheck", {})] == []


def test_every_command_is_one_of_the_command_line(services: dict[str, dict[str, Any]]) -> None:
    for service in ours(services):
        parse(service["command"])


def test_health_checks_by_command_are_of_the_command_line(services: dict[str, dict[str, Any]]) -> None:
    checks = [service["healthcheck"]["test"] for service in ours(services)]
    commands = [check[2:] for check in checks if check[1] == "tenfold"]
    assert commands
    for command in commands:
        parse(command)


def test_health_checks_by_address_are_of_the_default_ports(services: dict[str, dict[str, Any]]) -> None:
    settings = Settings(_env_file=None)
    assert f"127.0.0.1:{settings.worker_metrics_port}/metrics" in services["worker"]["healthcheck"]["test"][-1]
    assert f"127.0.0.1:{settings.server_port}/readyz" in services["serve"]["healthcheck"]["test"][-1]
    assert services["serve"]["ports"] == [f"127.0.0.1:{settings.server_port}:{settings.server_port}"]


def test_every_variable_is_a_setting(services: dict[str, dict[str, Any]]) -> None:
    for service in ours(services):
        for name, value in service["environment"].items():
            field = name.removeprefix("TENFOLD_").lower()
            assert name == f"TENFOLD_{field.upper()}"
            assert field in Settings.model_fields
            Settings(_env_file=None, **{field: value})


def test_kafka_is_set_as_the_local_one(services: dict[str, dict[str, Any]]) -> None:
    there = {
        name.removeprefix("KAFKA_").replace("_", ".").lower(): value
        for name, value in services["kafka"]["environment"].items()
    }
    shared = there.keys() & KAFKA_SETTINGS.keys()
    assert {name: there[name] for name in shared} == {name: KAFKA_SETTINGS[name] for name in shared}
    assert {"auto.create.topics.enable", "message.max.bytes", "log.retention.ms"} <= shared


def test_postgresql_logs_no_values(services: dict[str, dict[str, Any]]) -> None:
    program, *options = services["postgres"]["command"]
    assert program == "postgres"
    assert dict(option.removeprefix("--").split("=") for option in options) == NO_VALUES_LOGGED


def test_we_connect_as_the_database_s_owner_and_not_as_superuser(services: dict[str, dict[str, Any]]) -> None:
    given = services["postgres"]["environment"]
    assert "POSTGRES_USER" not in given
    for service in ours(services):
        login = service["environment"]["TENFOLD_DATABASE_URL"].partition("@")[0].rpartition("//")[2]
        owner, _, password = login.partition(":")
        assert (owner, password) == (given["DATABASE_OWNER"], given["DATABASE_OWNER_PASSWORD"])
    assert "./infra/database/initdb:/docker-entrypoint-initdb.d:ro" in services["postgres"]["volumes"]


def test_every_process_follows_the_policy_file_that_is_given(services: dict[str, dict[str, Any]]) -> None:
    for service in ours(services):
        folder, inside, _ = service["volumes"][0].split(":")
        file = Path(service["environment"]["TENFOLD_POLICY_FILE"])
        assert str(file.parent) == inside
        policy = Policy.load((ROOT / folder / file.name).read_text())
        assert policy.accepts("ours")
        assert not policy.accepts("theirs")


def test_the_image_has_what_reads_histories() -> None:
    dockerfile = (ROOT / "infra/Dockerfile").read_text()
    last_stage = dockerfile.rpartition("\nFROM ")[2]
    (installed,) = re.findall(r"apt-get install --yes --no-install-recommends ([a-z -]+?) &&", last_stage)
    assert installed.split() == ["git", "openssh-client"]


def test_waiting_is_for_services_that_exist(services: dict[str, dict[str, Any]]) -> None:
    assert {name for service in services.values() for name in service.get("depends_on", {})} <= services.keys()


def test_volumes_are_declared(compose: dict[str, Any]) -> None:
    used = {volume.split(":")[0] for service in compose["services"].values() for volume in service.get("volumes", [])}
    folders = {one for one in used if one.startswith(".")}
    assert used - folders == compose["volumes"].keys()
    assert all((ROOT / folder).is_dir() for folder in folders)


def test_everything_that_is_published_is_on_loopback(services: dict[str, dict[str, Any]]) -> None:
    ports = {name: port for name, service in services.items() for port in service.get("ports", [])}
    assert ports.keys() == {"serve", "prometheus", "alertmanager", "grafana"}
    assert all(port.startswith("127.0.0.1:") for port in ports.values())


def test_prometheus_finds_every_process_by_its_name_and_port(services: dict[str, dict[str, Any]]) -> None:
    config = yaml.safe_load((ROOT / "infra/monitoring/prometheus/prometheus.yml").read_text())
    settings = Settings(_env_file=None)
    jobs = {job["job_name"]: job for job in config["scrape_configs"]}
    targets = {name: job["static_configs"][0]["targets"] for name, job in jobs.items()}
    assert targets == {
        "tenfold": [f"serve:{settings.server_port}"],
        "tenfold-worker": [f"worker:{settings.worker_metrics_port}"],
    }
    assert config["alerting"]["alertmanagers"][0]["static_configs"][0]["targets"] == ["alertmanager:9093"]
    assert {"serve", "worker", "alertmanager"} <= services.keys()
    (secret,) = services["prometheus"]["secrets"]
    assert jobs["tenfold"]["authorization"]["credentials_file"] == f"/run/secrets/{secret}"
    for name in ("serve", "worker"):
        assert services[name]["environment"]["TENFOLD_BIND_ADDRESS"] == "0.0.0.0"  # noqa: S104 - in its container


def test_what_watches_is_given_the_files_that_the_local_stack_uses(services: dict[str, dict[str, Any]]) -> None:
    given = {name: services[name]["volumes"][0].split(":")[0] for name in ("prometheus", "alertmanager", "grafana")}
    assert given == {
        "prometheus": "./infra/monitoring/prometheus",
        "alertmanager": "./infra/monitoring/alertmanager",
        "grafana": "./infra/monitoring/grafana/provisioning",
    }
    assert f"--storage.tsdb.retention.time={RETENTION}" in services["prometheus"]["command"]


def test_data_sources_find_what_they_ask_for(services: dict[str, dict[str, Any]]) -> None:
    sources = (ROOT / "infra/monitoring/grafana/provisioning/datasources/tenfold.yml").read_text()
    given = services["grafana"]["environment"]
    assert set(re.findall(r"\$\{(\w+)\}", sources)) <= given.keys()
