import os
import re
import socket
import subprocess
from contextlib import ExitStack
from pathlib import Path

import pytest

from infra import cli
from infra.local import kafka, postgres, unprivileged
from infra.local.child import Child
from infra.local.data_folder import DataFolder, write_private
from infra.local.errors import StackError
from infra.local.ports import LOOPBACK, free_ports, is_free, own_ports
from infra.local.unprivileged import Account

NOBODY = Account(65534, 65534)


@pytest.mark.parametrize(("tool", "what"), [("java", "Java"), ("mvn", "Maven")])
def test_a_missing_tool_is_named_with_how_to_install_it(tool: str, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(StackError, match=rf"needs {what}.*apt-get install"):
        kafka._tool(tool)


def test_data_of_another_major_version_are_refused(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "PG_VERSION").write_text("14\n")
    server = postgres.Postgres(postgres._bundled(None), data, 1, "", tmp_path / "log", None)
    with pytest.raises(StackError, match=r"holds PostgreSQL 14 data, the binaries are \d+"):
        server.prepare()


def test_a_folder_without_postgresql_is_named(tmp_path: Path) -> None:
    with pytest.raises(StackError, match=re.escape(str(tmp_path))):
        postgres.major_version(tmp_path)


def test_whoever_is_shut_out_of_a_folder_above_does_not_reach_it(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    assert not NOBODY.reaches(tmp_path / "data")
    assert NOBODY.reaches(Path("/tmp/data"))  # noqa: S108 # everybody's on purpose


def test_what_cannot_be_reached_is_copied_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unprivileged, "REACHABLE_ROOT", tmp_path / "reachable")
    closed = tmp_path / "closed"
    for part in ("server", "server.libs", "other"):
        (closed / part).mkdir(parents=True)
        (closed / part / "file").write_text("first")
    closed.chmod(0o700)
    copy = unprivileged.reachable_copy(closed, "server*", "server-18", NOBODY)
    (closed / "server" / "file").write_text("second")
    assert (
        unprivileged.reachable_copy(closed, "server*", "server-18", NOBODY) == copy == tmp_path / "reachable/server-18"
    )
    assert {part.name: (part / "file").read_text() for part in copy.iterdir()} == {
        "server": "first",
        "server.libs": "first",
    }
    assert unprivileged.reachable_copy(closed, "server*", "server-18", None) == closed


def test_of_two_who_copy_at_once_both_have_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unprivileged, "REACHABLE_ROOT", tmp_path / "reachable")
    closed, theirs = tmp_path / "home", tmp_path / "reachable" / "server-18"
    for folder in (closed / "server", theirs / "server"):
        folder.mkdir(parents=True)
        (folder / "file").write_text("text")
    closed.chmod(0o700)
    there = iter([False])
    monkeypatch.setattr(Path, "exists", lambda path: next(there, True) and os.path.lexists(path))
    assert unprivileged.reachable_copy(closed, "server*", "server-18", NOBODY) == theirs
    assert [one.name for one in theirs.parent.iterdir()] == ["server-18"]


def test_the_copy_of_postgresql_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unprivileged, "REACHABLE_ROOT", tmp_path / "reachable")
    monkeypatch.setattr(Account, "reaches", lambda *_: False)
    bin_dir = postgres._bundled(NOBODY)
    assert bin_dir.is_relative_to(tmp_path)
    for program in ("postgres", "initdb"):
        subprocess.run([bin_dir / program, "--version"], check=True, stdout=subprocess.DEVNULL)


def test_a_folder_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    with folder.locked(), pytest.raises(StackError, match="already running"), DataFolder(folder.path).locked():
        pass
    with folder.locked():
        pass


def test_a_secret_stays_and_is_ours_alone(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    assert folder.secret("password") == DataFolder(tmp_path).secret("password")
    assert folder.secret("password") != folder.secret("other")
    assert (tmp_path / "password").stat().st_mode & 0o777 == 0o600


def test_a_private_file_is_private_even_where_it_was_not(tmp_path: Path) -> None:
    file = tmp_path / "stack.env"
    file.write_text("open")
    file.chmod(0o644)
    write_private(file, "closed")
    assert file.stat().st_mode & 0o777 == 0o600


def test_an_own_port_is_for_whoever_asks_for_it_and_nobody_else_is_given_it() -> None:
    with own_ports(100) as ports, own_ports(100) as others, ExitStack() as opened:
        assert len({*ports, *others, *free_ports(100)}) == 300
        assert all(is_free(port) for port in ports)
        for port in ports:
            opened.enter_context(socket.create_server((LOOPBACK, port)))
        assert not any(is_free(port) for port in ports)


def test_another_pom_has_another_folder_of_jars(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pom = tmp_path / "pom.xml"
    monkeypatch.setattr(kafka, "POM", pom)
    pom.write_text("4.2.0")
    first = kafka.jars_folder()
    pom.write_text("4.2.1")
    assert kafka.jars_folder() != first


def test_a_demo_of_a_repository_that_is_not_there_starts_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["demo", "--once", "--repo", str(tmp_path / "absent"), "--data", str(tmp_path / "data")])
    assert "no such repository or bundle" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


async def test_logs_are_for_whoever_runs_it(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    folder.mkdir(mode=0o755)

    async def ready() -> bool:
        return True

    process = await Child("true", ("true",), folder / "true.log", ready).spawn()
    await process.wait()
    assert folder.stat().st_mode & 0o777 == 0o700
