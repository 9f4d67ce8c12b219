"""Prometheus and Alertmanager as children, where they are installed, configured by the files beside the rules."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from infra.local.child import Child
from infra.local.ports import LOOPBACK, says_ready

INFRA: Final = Path(__file__).parents[1]
CONFIG: Final = INFRA / "monitoring" / "prometheus" / "prometheus.yml"
RULES: Final = INFRA / "monitoring" / "prometheus" / "rules"
ALERTMANAGER_CONFIG: Final = INFRA / "monitoring" / "alertmanager" / "alertmanager.yml"

RETENTION: Final = "100y"
REMEMBERED: Final = "2160h"
"""How long Alertmanager knows what it told: longer than the longest `repeat_interval`, else it tells sooner."""
PROGRAMS: Final = {
    "Prometheus": ("prometheus",),
    "promtool": ("promtool",),
    "Alertmanager": ("prometheus-alertmanager", "alertmanager"),
}
HOW_TO_GET: Final = f"sudo {INFRA / 'local' / 'install_prometheus.sh'}"


def program(name: str) -> str | None:
    """Where a program is; None where it is not installed. Debian has a name of its own for Alertmanager."""
    return next((found for one in PROGRAMS[name] if (found := shutil.which(one))), None)


def missing() -> list[str]:
    """The programs that are not installed."""
    return [name for name in PROGRAMS if program(name) is None]


@dataclass(frozen=True, slots=True)
class Prometheus:
    """One Prometheus, its data folder, and what it reads.

    Attributes:
        folder: absolute; configuration and data stand in it.
        targets: job → port.
        port: its own.
        alertmanager_port: where it sends alerts.
    """

    folder: Path
    targets: Mapping[str, int]
    port: int
    alertmanager_port: int
    log_file: Path

    @property
    def data(self) -> Path:
        """Its blocks and its write-ahead log."""
        return self.folder / "data"

    @property
    def config(self) -> Path:
        """The configuration with this machine's addresses."""
        return self.folder / "prometheus.yml"

    def prepare(self) -> None:
        """Write the configuration."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.config.write_text(yaml.safe_dump(self._configured(yaml.safe_load(CONFIG.read_text())), sort_keys=False))

    def _configured(self, config: dict[str, Any]) -> dict[str, Any]:
        config["global"]["external_labels"]["tenfold_url"] = f"http://{LOOPBACK}:{self.targets['tenfold']}"
        config["rule_files"] = [str(RULES / "*.yml")]
        config["alerting"]["alertmanagers"] = [
            {"static_configs": [{"targets": [f"{LOOPBACK}:{self.alertmanager_port}"]}]}
        ]
        for job in config["scrape_configs"]:
            job.pop("authorization", None)  # nobody on loopback is asked for a token
            job["static_configs"] = [{"targets": [f"{LOOPBACK}:{self.targets[job['job_name']]}"]}]
        return config

    def child(self) -> Child:
        """The process."""
        options = (f"--storage.tsdb.path={self.data}", f"--storage.tsdb.retention.time={RETENTION}")
        return _child("Prometheus", self.config, self.port, self.log_file, *options)


@dataclass(frozen=True, slots=True)
class Alertmanager:
    """One Alertmanager, which speaks to no other."""

    folder: Path
    port: int
    log_file: Path
    config: Path = ALERTMANAGER_CONFIG

    def child(self) -> Child:
        """The process."""
        self.folder.mkdir(parents=True, exist_ok=True)
        options = (f"--storage.path={self.folder}", f"--data.retention={REMEMBERED}", "--cluster.listen-address=")
        return _child("Alertmanager", self.config, self.port, self.log_file, *options)


def _child(name: str, config: Path, port: int, log_file: Path, *options: str) -> Child:
    address = f"--web.listen-address={LOOPBACK}:{port}"
    command = (str(program(name)), f"--config.file={config}", address, *options)
    return Child(name=name, command=command, log_file=log_file, ready=lambda: says_ready(port))
