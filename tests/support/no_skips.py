"""A test that was skipped says nothing: where CI=true that is a failure, and the test is named."""

import os

import pytest


def skipped(config: pytest.Config) -> list[str]:
    """What was skipped where nothing may be; to processes of xdist it is nothing, their controller knows."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or os.environ.get("CI") != "true":
        return []
    return [report.nodeid for report in reporter.stats.get("skipped", ())]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for name in skipped(config):
        terminalreporter.write_line(f"FAILED {name} - skipped, and CI=true", red=True)
