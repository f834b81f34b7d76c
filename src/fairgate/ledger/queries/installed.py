"""Which triggers the database really has, against those it should have."""

from collections.abc import Iterator
from typing import NamedTuple

from django.apps import apps
from django.db import connection, models

from fairgate.ledger.models import AppendOnly
from fairgate.ledger.rules import Code, Findings, triggers


class Difference(NamedTuple):
    """A trigger that is missing, changed or not ours."""

    code: Code
    table: str
    name: str


def append_only_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, AppendOnly)]


def key_of(model: type[models.Model]) -> str:
    """The column of a model's primary key."""
    return model._meta.pk.column or ""


def check(findings: Findings) -> None:
    """Add what is wrong with the triggers of every append-only table."""
    for model in append_only_models():
        table = model._meta.db_table
        for code, _, name in differences(table, key_of(model)):
            findings.add(code, table=table, trigger=name)
        if not is_as_made(model):
            findings.add(Code.TABLE_LOOSE, table=table)
        for index in unique_indexes(table):
            findings.add(Code.INDEX_UNEXPECTED, table=table, index=index)


def differences(table: str, key: str) -> Iterator[Difference]:
    expected: dict[str, object]
    installed: dict[str, object]
    if connection.vendor == "sqlite":
        expected, installed = dict(triggers.on_sqlite(table, key)), dict(on_sqlite(table))
    else:
        expected = {trigger.name: _expected(trigger) for trigger in triggers.on_postgresql(table)}
        installed = dict(on_postgresql(table))
    for name, text in expected.items():
        if name not in installed:
            yield Difference(Code.TRIGGER_MISSING, table, name)
        elif installed[name] != text:
            yield Difference(Code.TRIGGER_CHANGED, table, name)
    for name in sorted(installed.keys() - expected.keys()):
        yield Difference(Code.TRIGGER_UNEXPECTED, table, name)


def on_sqlite(table: str) -> dict[str, str]:
    """Name and text of a table's triggers."""
    with connection.cursor() as cursor:
        cursor.execute(
            # SQLite keeps the name as it was written: LEDGER_ENTRY is the same table.
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND lower(tbl_name) = lower(%s)",
            [table],
        )
        return dict(cursor.fetchall())


def on_postgresql(table: str) -> dict[str, tuple[object, ...]]:
    """Name of a table's triggers and rewriting rules, with everything that decides what they do."""
    with connection.cursor() as cursor:
        cursor.execute(_ON_POSTGRESQL, [f'"{table}"', f'"{table}"'])
        return {name: tuple(rest) for name, *rest in cursor.fetchall()}


def has_number_key(model: type[models.Model]) -> bool:
    """Whether the key is SQLite's row number; any other table has a hidden one beside its key."""
    return isinstance(model._meta.pk, models.IntegerField)


def is_as_made(model: type[models.Model]) -> bool:
    """SQLite: whether the table insists on its types, and has no hidden row number, through which REPLACE could delete a
    row whose key the triggers don't see. PostgreSQL always does."""
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT strict, wr FROM pragma_table_list WHERE schema = 'main' AND name = %s",
            [model._meta.db_table],
        )
        row = cursor.fetchone()
    return row is not None and tuple(row) == (1, 0 if has_number_key(model) else 1)


def unique_indexes(table: str) -> list[str]:
    """SQLite: unique indexes somebody put on the table. REPLACE deletes through one, past the triggers."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM pragma_index_list(%s) WHERE \"unique\" = 1 AND origin != 'pk'", [table]
        )
        return [name for (name,) in cursor.fetchall()]


def _expected(trigger: triggers.Trigger) -> tuple[object, ...]:
    return trigger.kind, "A", True, trigger.function, triggers.FUNCTIONS[trigger.function], "plpgsql"


# "plain": no WHEN condition, no column list, no arguments, and a function without privileges or settings of
# its own.
_ON_POSTGRESQL = """
SELECT t.tgname::text, t.tgtype::int, t.tgenabled::text,
       t.tgqual IS NULL AND cardinality(t.tgattr::smallint[]) = 0 AND t.tgnargs = 0
         AND NOT p.prosecdef AND p.proconfig IS NULL,
       p.proname::text, p.prosrc, l.lanname::text
FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_language l ON l.oid = p.prolang
WHERE t.tgrelid = %s::regclass AND NOT t.tgisinternal
UNION ALL
SELECT 'rule ' || rulename, 0, '', false, '', '', '' FROM pg_rewrite WHERE ev_class = %s::regclass
"""
