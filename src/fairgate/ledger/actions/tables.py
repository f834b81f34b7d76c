"""Keeping append-only tables append-only: on SQLite a column change rebuilds the table and loses its
triggers."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import connection, migrations, models, transaction

from fairgate.ledger import queries
from fairgate.ledger.actions.appending import append
from fairgate.ledger.queries import installed
from fairgate.ledger.rules import Subject, triggers
from fairgate.shared.actor import Actor, System

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def append_only(model: str) -> migrations.RunPython:
    """The migration operation that makes a table append-only. Put it after the table's CreateModel."""
    label, name = model.split(".")

    def forwards(apps: "Apps", schema_editor: "BaseDatabaseSchemaEditor") -> None:
        made = apps.get_model(label, name)
        table = made._meta.db_table
        if not installed.is_as_made(made):
            _rebuild(made, schema_editor.execute)
        install(table, installed.key_of(made))

    return migrations.RunPython(forwards, migrations.RunPython.noop)


def reassert(*, by: Actor | None = None) -> tuple[str, ...]:
    """Put back every trigger and every strict table that is not as it should be; returns what was put back.

    Call it after migrating, outside a transaction. What it puts back it records, so that repairing a tampered
    trigger does not remove the trace.
    """
    repaired = []
    for model in queries.append_only_models():
        table, key = model._meta.db_table, installed.key_of(model)
        if not installed.is_as_made(model):
            with connection.schema_editor() as editor:
                _rebuild(model, editor.execute)
            repaired.append(table)
        if wrong := [difference.name for difference in installed.differences(table, key)]:
            with transaction.atomic():
                install(table, key)
            repaired.extend(wrong)
    if repaired:
        _record(by or System("migrate"), repaired)
    return tuple(repaired)


@transaction.atomic
def _record(by: Actor, repaired: list[str]) -> None:
    append(
        by=by,
        action="ledger.triggers-put-back",
        subject=Subject("database", connection.vendor, connection.vendor),
        new={"put_back": repaired},
    )


def install(table: str, key: str) -> None:
    if connection.vendor == "sqlite":
        statements = [f'DROP TRIGGER "{name}"' for name in queries.on_sqlite(table)]
        statements += triggers.on_sqlite(table, key).values()
    else:
        statements = [triggers.define(function) for function in triggers.FUNCTIONS]
        statements += [_drop(name, table) for name in queries.on_postgresql(table)]
        statements += [triggers.create(trigger, table) for trigger in triggers.on_postgresql(table)]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _drop(name: str, table: str) -> str:
    if name.startswith("rule "):
        return f'DROP RULE "{name.removeprefix("rule ")}" ON "{table}"'
    return f'DROP TRIGGER "{name}" ON "{table}"'


# What Django calls its columns on SQLite, as the types a STRICT table knows.
_TYPES = (
    (r"\b(var)?char\(\d+\)", "text"),
    (r"\b(date|datetime|time|decimal)\b", "text"),
    (r"\b(bigint|smallint|bool)( unsigned)?\b", "integer"),
    (r"\binteger unsigned\b", "integer"),
)


def _rebuild(model: type[models.Model], execute: Callable[[str], None]) -> None:
    """SQLite: make the table anew as STRICT, without a hidden row number, with its rows and indexes."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [table])
        made = cursor.fetchone()[0]
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql != ''", [table]
        )
        indexes = [sql for (sql,) in cursor.fetchall()]
    made = re.sub(r"\)[^)]*$", ")", made)  # without what it was made with
    for found, strict in _TYPES:
        made = re.sub(found, strict, made, flags=re.IGNORECASE)
    options = " STRICT" if installed.has_number_key(model) else " STRICT, WITHOUT ROWID"
    execute(made.replace(f'"{table}"', f'"new__{table}"', 1) + options)
    execute(f'INSERT INTO "new__{table}" SELECT * FROM "{table}"')  # noqa: S608 - the name of a table of ours
    execute(f'DROP TABLE "{table}"')
    execute(f'ALTER TABLE "new__{table}" RENAME TO "{table}"')
    for index in indexes:
        execute(index)
