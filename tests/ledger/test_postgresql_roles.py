"""The commands in docs/how-to/postgresql.md do what the page says."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from fairgate.files import actions as files
from fairgate.files.models import StoredFile
from fairgate.ledger import actions
from fairgate.ledger.models import Entry
from fairgate.shared.actor import System
from fairgate.work import actions as work
from ledger.conftest import TABLE, check, execute, write

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "postgresql.md"


def blocks() -> list[str]:
    return re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@contextmanager
def as_role(role: str) -> Iterator[None]:
    execute(f"SET ROLE {role}")
    try:
        yield
    finally:
        execute("RESET ROLE")


@pytest.fixture
def two_roles(ledger: None) -> None:
    """The page's roles, and its grants on the test's database; gone with the test's transaction."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no roles")
    make, grant = blocks()
    for statement in make.split(";")[:2]:  # the third makes a database, which no transaction can
        execute(statement)
    execute(grant)


@pytest.mark.usefixtures("two_roles")
def test_the_program_works_as_the_role_that_owns_nothing() -> None:
    with as_role("fairgate_app"):
        call_command("migrate", verbosity=0)  # as every start does; there is nothing to migrate
        assert actions.reassert() == ()
        write(3)
        stored = files.keep(by=System("tester"), name="x.csv", content=[b"x"])
        job = work.submit(by=System("tester"), name="test.none", title="x", arguments={})
        work.cancel(by=System("tester"), job_id=job.pk)
        assert check().ok
    assert StoredFile.objects.get() == stored
    assert Entry.objects.count() == check().anchored == 8 + 6


@pytest.mark.usefixtures("two_roles")
@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET reason = 'x'",
        f"DELETE FROM {TABLE}",
        f"TRUNCATE {TABLE}",
        f"ALTER TABLE {TABLE} DISABLE TRIGGER ALL",
        f"DROP TRIGGER {TABLE}_no_change ON {TABLE}",
        f"DROP TABLE {TABLE}",
        f"CREATE RULE mine AS ON INSERT TO {TABLE} DO INSTEAD NOTHING",
        "CREATE OR REPLACE FUNCTION fairgate_refuse() RETURNS trigger LANGUAGE plpgsql "
        "AS 'BEGIN RETURN NULL; END'",
        "SET session_replication_role = replica",
        "DELETE FROM files_storedfile",
    ],
)
def test_that_role_can_neither_change_the_ledger_nor_reach_its_triggers(statement: str) -> None:
    write()
    with (
        as_role("fairgate_app"),
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
        transaction.atomic(),
    ):
        execute(statement)
    assert check().ok
