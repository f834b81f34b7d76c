"""The database itself refuses to change what was written, whoever asks and by whichever way."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, models, transaction

from fairgate.ledger.models import Entry
from ledger.conftest import TABLE, check, execute, write

COLUMNS = ", ".join(field.column for field in Entry._meta.concrete_fields if field.name != "sequence")
FALSE_HEAD = f"SELECT 98 AS sequence, digest FROM public.{TABLE} WHERE sequence = 1"


def copied(number: str, of: int, schema: str = "") -> str:
    """A statement that inserts a copy of one entry under another number."""
    table = schema + TABLE
    row = f"SELECT {number}, {COLUMNS} FROM {table} WHERE sequence = {of}"
    return f"INSERT INTO {table} (sequence, {COLUMNS}) {row}"


def entry(sequence: int) -> Entry:
    return Entry.objects.get(sequence=sequence)


def copy_of(number: int, /, **changes: object) -> Entry:
    copied = entry(number)
    for name, value in changes.items():
        setattr(copied, name, value)
    return copied


WAYS: dict[str, Callable[[], object]] = {
    "raw update": lambda: execute(f"UPDATE {TABLE} SET reason = 'x' WHERE sequence = 3"),
    "raw update of nothing new": lambda: execute(f"UPDATE {TABLE} SET reason = reason"),
    "raw delete": lambda: execute(f"DELETE FROM {TABLE} WHERE sequence = 8"),
    "raw delete of everything": lambda: execute(f"DELETE FROM {TABLE}"),
    "save": lambda: copy_of(3, reason="x").save(),
    "delete": lambda: entry(8).delete(),
    "queryset update": lambda: Entry.objects.update(reason="x"),
    "queryset delete": lambda: Entry.objects.all().delete(),
    "raw queryset delete": lambda: Entry.objects.all()._raw_delete("default"),
    "update or create": lambda: Entry.objects.update_or_create(sequence=3, defaults={"reason": "x"}),
    "bulk update": lambda: Entry.objects.bulk_update([copy_of(3, reason="x")], ["reason"]),
    "bulk create of a taken number": lambda: Entry.objects.bulk_create([copy_of(3)]),
    "bulk create ignoring conflicts": lambda: Entry.objects.bulk_create([copy_of(3)], ignore_conflicts=True),
    "upsert": lambda: Entry.objects.bulk_create(
        [copy_of(3, reason="x")],
        update_conflicts=True,
        update_fields=["reason"],
        unique_fields=["sequence"],
    ),
    "upsert of the head": lambda: Entry.objects.bulk_create(
        [copy_of(8, reason="x")],
        update_conflicts=True,
        update_fields=["reason"],
        unique_fields=["sequence"],
    ),
    "a gap": lambda: Entry.objects.bulk_create([copy_of(8, sequence=10)]),
    "a number before the first": lambda: Entry.objects.bulk_create([copy_of(1, sequence=0)]),
    "the next number on the wrong entry": lambda: Entry.objects.bulk_create([copy_of(8, sequence=9)]),
    "no digest": lambda: Entry.objects.bulk_create(
        [copy_of(8, sequence=9, previous=entry(8).digest, digest="")]
    ),
}
ON_SQLITE = {
    "replace": f"REPLACE INTO {TABLE} SELECT * FROM {TABLE} WHERE sequence = 3",
    "insert or replace": f"INSERT OR REPLACE INTO {TABLE} SELECT * FROM {TABLE} WHERE sequence = 8",
    "insert or ignore": f"INSERT OR IGNORE INTO {TABLE} SELECT * FROM {TABLE} WHERE sequence = 8",
    "update or ignore": f"UPDATE OR IGNORE {TABLE} SET reason = 'x'",
    "update or replace": f"UPDATE OR REPLACE {TABLE} SET sequence = 2 WHERE sequence = 3",
    "a number left to the database": copied("NULL", 8),
    "a number beyond the next": copied("10", 8),
}
ON_POSTGRESQL = {
    "truncate": f"TRUNCATE {TABLE}",
    "upsert": f"INSERT INTO {TABLE} SELECT * FROM {TABLE} WHERE sequence = 8 "
    "ON CONFLICT (sequence) DO UPDATE SET reason = 'x'",
    "merge": f"MERGE INTO {TABLE} t USING (SELECT 3 AS n) s ON t.sequence = s.n WHEN MATCHED THEN DELETE",
    "as a replica": f"SET LOCAL session_replication_role = replica; DELETE FROM {TABLE}",
    # Each offers the trigger a table of the same name in which the forged entry would continue the chain.
    "behind a temporary table": f"CREATE TEMPORARY TABLE {TABLE} ON COMMIT DROP AS {FALSE_HEAD}; "
    + copied("99", 2, schema="public."),
    "with the schema pointed elsewhere": f"CREATE SCHEMA other; CREATE TABLE other.{TABLE} AS {FALSE_HEAD}; "
    "SET LOCAL search_path = other, public; " + copied("99", 2, schema="public."),
}


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("way", WAYS)
def test_is_refused(way: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        WAYS[way]()
    assert check().ok
    assert check().entries == 8


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("way", [*ON_SQLITE, *ON_POSTGRESQL])
def test_is_refused_in_the_words_of_one_database(way: str) -> None:
    statement = (ON_SQLITE if connection.vendor == "sqlite" else ON_POSTGRESQL).get(way)
    if statement is None:
        pytest.skip(f"{connection.vendor} has no such statement")
    with pytest.raises(DatabaseError), transaction.atomic():
        execute(statement)
    assert check().ok
    assert check().entries == 8


@pytest.mark.usefixtures("ledger")
def test_a_refusal_says_what_was_refused() -> None:
    with (
        pytest.raises(DatabaseError, match=r"ledger_entry is append-only: UPDATE refused"),
        transaction.atomic(),
    ):
        Entry.objects.update(reason="x")
    with pytest.raises(DatabaseError, match=r"does not continue the chain"), transaction.atomic():
        models.Model.save(copy_of(8, sequence=10), force_insert=True)


@pytest.mark.usefixtures("ledger")
def test_after_refusals_the_ledger_goes_on() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.all().delete()
    write()
    assert check().ok
    assert check().entries == 9
