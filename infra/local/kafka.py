"""Apache Kafka as a child process: one node, broker and controller in one JVM, from Maven's jars."""

import hashlib
import os
import shutil
import subprocess
import uuid
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path

from infra.local.child import PRIVATE_UMASK, Child
from infra.local.data_folder import write_private
from infra.local.errors import StackError
from infra.local.ports import LOOPBACK, accepts

POM = Path(__file__).parents[1] / "kafka" / "pom.xml"
MEBIBYTE = 2**20
FOLDER_MODE = 0o700
"""The log holds every name and address that sources told."""

HEAP = ("-Xms256m", "-Xmx512m")
JVM = (
    "-XX:+UseSerialGC",  # two cores are shared with the worker and PostgreSQL: no collector threads
    "-XX:+ExitOnOutOfMemoryError",  # the supervisor can restart what is gone, not what is stuck
    "-Djava.awt.headless=true",
)
FORMAT_JVM = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")
"""Formatting lasts a second: compiling it well would cost more."""

SETTINGS = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "PLAINTEXT",
    "auto.create.topics.enable": "false",  # a mistyped topic is an error, not a new topic
    "message.max.bytes": str(2 * MEBIBYTE + MEBIBYTE // 2),  # a dead letter and its headers
    "default.replication.factor": "1",
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "4",  # one node: 50 would only make its start slower
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "1",  # nothing here uses transactions
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "share.coordinator.state.topic.num.partitions": "1",
    "broker.session.timeout.ms": "2000",  # a killed broker may register anew after this, not after 9 s;
    "broker.heartbeat.interval.ms": "500",  # what stops both sides of it, in one JVM, fences nobody
    "group.initial.rebalance.delay.ms": "0",  # nobody waits for other members to join
    "log.retention.ms": "-1",  # the log is the truth
    "num.network.threads": "2",
    "num.io.threads": "4",
    "background.threads": "2",
    "log.cleaner.dedupe.buffer.size": str(8 * MEBIBYTE),  # of a 512 MB heap; only offsets compact
    "log.index.size.max.bytes": str(2 * MEBIBYTE),  # every partition maps two of them
}

MAVEN = ("--batch-mode", "--quiet", "-Dstyle.color=never")

LOG4J = """<?xml version="1.0" encoding="UTF-8"?>
<Configuration status="warn">
  <Appenders><Console name="out"><PatternLayout pattern="%d %p %c{1}: %m%n"/></Console></Appenders>
  <Loggers><Root level="info"><AppenderRef ref="out"/></Root></Loggers>
</Configuration>
"""


@dataclass(frozen=True, slots=True)
class Kafka:
    """One Kafka node and its data folder."""

    data: Path
    port: int
    controller_port: int
    log_file: Path

    @property
    def bootstrap_servers(self) -> str:
        """Where clients find it."""
        return f"{LOOPBACK}:{self.port}"

    def prepare(self) -> None:
        """Resolves the jars, writes the settings, and formats the data folder once.

        Raises:
            StackError: Java or Maven is missing, or either of them failed.
        """
        java = _tool("java")
        resolve_jars()
        self.data.mkdir(parents=True, exist_ok=True)
        self.data.chmod(FOLDER_MODE)  # of a folder that was made before, too
        write_private(self._log4j, LOG4J)
        write_private(self._properties, "".join(f"{k}={v}\n" for k, v in self._settings().items()))
        if not (self.data / "topics" / "meta.properties").exists():
            format_command = ("format", f"--cluster-id={_cluster_id()}", "--config", self._properties)
            tool = (java, *FORMAT_JVM, *self._log_and_classes(), "kafka.tools.StorageTool")
            _run([*tool, *format_command], "formatting Kafka's data folder", umask=PRIVATE_UMASK)

    def child(self) -> Child:
        """The node as a process."""
        command = (_tool("java"), *HEAP, *JVM, *self._log_and_classes(), "kafka.Kafka")
        return Child(
            name="Kafka",
            command=(*command, self._properties),
            log_file=self.log_file,
            ready=lambda: accepts(self.port),
        )

    def _settings(self) -> dict[str, str]:
        here = f"PLAINTEXT://{self.bootstrap_servers}"
        controller = f"{LOOPBACK}:{self.controller_port}"
        return SETTINGS | {
            "listeners": f"{here},CONTROLLER://{controller}",
            "advertised.listeners": here,
            "controller.quorum.voters": f"1@{controller}",
            "log.dirs": str(self.data / "topics"),
        }

    @property
    def _properties(self) -> Path:
        return self.data / "server.properties"

    @property
    def _log4j(self) -> Path:
        return self.data / "log4j2.xml"

    def _log_and_classes(self) -> tuple[str, ...]:
        return (
            f"-Dlog4j2.configurationFile={self._log4j}",
            "-classpath",
            f"{jars_folder()}{os.sep}*",
        )


def jars_folder() -> Path:
    """Where the jars stand that the POM asks for: another POM, another folder."""
    return POM.parent / "target" / f"jars-{hashlib.sha256(POM.read_bytes()).hexdigest()[:12]}"


def resolve_jars() -> None:
    """Fetches Kafka's jars with Maven, unless they are there.

    Raises:
        StackError: Maven is missing or failed.
    """
    jars = jars_folder()
    if jars.exists():
        return
    partial = jars.with_name(f"{jars.name}.{os.getpid()}")
    goal = ("dependency:copy-dependencies", f"-DoutputDirectory={partial}")
    _run([_tool("mvn"), *MAVEN, "--file", POM, *goal], "resolving Kafka's jars")
    try:
        partial.rename(jars)
    except OSError:  # somebody else was quicker
        shutil.rmtree(partial)


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        package = {"java": "default-jre-headless", "mvn": "maven"}[name]
        what = {"java": "Java 17 or newer", "mvn": "Maven"}[name]
        raise StackError(f"Kafka needs {what}: apt-get install {package} (or `make setup` as root)")
    return found


def _run(command: list[str | Path], what: str, umask: int = -1) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True, umask=umask)
    if done.returncode:
        lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise StackError(f"{what} failed: {' '.join(lines[:3])}")  # the cause; below it stands advice or a stack


def _cluster_id() -> str:
    return urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
