"""Databases of a test's own, copied from the migrated one that the session made once."""

import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit


def copied(data: Path) -> AbstractContextManager[str]:
    """A copy in use, and its address for other processes ("" where the folder ``data`` holds it)."""
    from django.db import connection

    return (_sqlite if connection.vendor == "sqlite" else _postgresql)(data)


@contextmanager
def _sqlite(data: Path) -> Iterator[str]:
    from django.db import connection

    template = Path(connection.settings_dict["NAME"])
    connection.close()  # the last to close writes the log back into the file
    copy = data / "fairgate.sqlite3"
    shutil.copyfile(template, copy)
    with pointed_at(str(copy)):
        yield ""


@contextmanager
def _postgresql(data: Path) -> Iterator[str]:
    from django.db import connection

    template, copy = connection.settings_dict["NAME"], f"copy_{os.getpid()}_{abs(hash(data))}"
    connection.close()  # a database in use cannot be a template
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{template}"')
    with pointed_at(copy):
        yield urlunsplit(urlsplit(os.environ["FAIRGATE_DATABASE"])._replace(path=f"/{copy}"))
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Every connection of this process, also those of threads begun meanwhile, opens the database
    ``name``."""
    from django.db import connection

    usual: Any = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
