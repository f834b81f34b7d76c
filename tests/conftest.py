"""The tests' own installation: databases and folders.

No test touches the data of whoever runs it: `FAIRGATE_DATA` points to a temporary folder before settings are
read (which is why pyproject.toml does not name the settings module for pytest).

Two ways to a database:

- ``db`` (pytest-django's): each test runs in a transaction that is rolled back. Fast; right for most tests.
- ``installation`` (ours): each test gets its own copy of the migrated database, its own data folder, and real
commits.
  Take it for several processes, threads, ``on_commit``, anchors, and for a server (``served``). Do not take
  ``transactional_db``, ``django_db(transaction=True)`` or ``live_server``: they empty the tables afterwards,
  which the triggers of append-only tables refuse.

The database is SQLite, or the PostgreSQL server `FAIRGATE_DATABASE` names. `test_postgresql.py` runs the
rooms it lists a second time on PostgreSQL; ``python tests/postgresql_server.py -- pytest tests/ledger`` does
so by hand.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

import databases

if TYPE_CHECKING:
    from pytest_django import Settings
    from pytest_django.plugin import DjangoDbBlocker

_HOME = Path(tempfile.mkdtemp(prefix="fairgate-tests-"))
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["FAIRGATE_DATA"] = str(_HOME)
os.environ.pop("FAIRGATE_ANCHORS", None)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairgate.config.settings")

# The same examples every time, however busy the machine.
hypothesis.settings.register_profile("fairgate", derandomize=True, deadline=None)
hypothesis.settings.load_profile("fairgate")

import django  # noqa: E402 - settings read the environment

django.setup()  # a room's conftest.py imports its models


@dataclass(frozen=True)
class Installation:
    """A test's own data folder and database; ``environment`` is what another process needs to open them."""

    data: Path
    environment: dict[str, str]


class _Failures:
    """Told when they happen, not after a quarter of an hour."""

    def __init__(self, terminal: Any) -> None:
        self.terminal = terminal

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.terminal.write_line(
                f"\n{report.nodeid} ({report.when})\n{report.longreprtext[-3_000:]}", red=True
            )


@pytest.hookimpl(trylast=True)  # after the terminal is there
def pytest_configure(config: pytest.Config) -> None:
    if config.option.verbose >= 0 and not hasattr(config, "workerinput"):
        terminal = config.pluginmanager.get_plugin("terminalreporter")
        config.pluginmanager.register(_Failures(terminal))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole rooms on PostgreSQL take longest: begun first, they keep no core idle at the end."""
    items.sort(key=lambda item: "postgresql" not in item.keywords)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:
    """The migrated database, made once: for tests with ``db`` and as the template of ``installation``. On
    disk, so that other processes can open it. (pytest-django's own would make none where no test asks for
    ``db``.)"""
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(_HOME / "template.sqlite3")
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def _own_folders(settings: "Settings", tmp_path: Path) -> None:
    """Every test has its own folders for files, anchors and background work."""
    settings.DATA = tmp_path / "data"
    settings.ANCHORS = settings.DATA / "anchors"
    settings.FILES = settings.DATA / "files"
    settings.DATA.mkdir()


@pytest.fixture
def installation(
    settings: "Settings",
    django_db_setup: None,
    django_db_blocker: "DjangoDbBlocker",
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Installation]:
    """A database of this test's own, copied from the migrated template, with real commits."""
    with django_db_blocker.unblock(), databases.copied(settings.DATA) as address:
        own = {"FAIRGATE_DATA": str(settings.DATA)}
        own |= {"FAIRGATE_DATABASE": address} if address else {}
        for name, value in own.items():
            monkeypatch.setenv(name, value)
        yield Installation(settings.DATA, {**os.environ})


@pytest.fixture
def served(installation: Installation) -> Iterator[str]:
    """The address of this test's installation, served by a thread."""
    from pytest_django.live_server_helper import LiveServer

    server = LiveServer("localhost")
    server._live_server_modified_settings.enable()
    try:
        yield server.url
    finally:
        server._live_server_modified_settings.disable()
        server.stop()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server for tests. Skips aloud where none can be had; in CI that fails."""
    import postgresql_server

    with ExitStack() as stack:
        try:
            address = stack.enter_context(postgresql_server.running())
        except postgresql_server.Unavailable as unavailable:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"no PostgreSQL: {unavailable}")
        yield address
