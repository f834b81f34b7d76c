"""The triggers that keep a table append-only, as text, for both databases.

They refuse UPDATE, DELETE, TRUNCATE and an INSERT whose key is taken (on SQLite, REPLACE deletes the old row
without firing a DELETE trigger). The ledger's table also refuses an INSERT that does not continue the chain.
"""

from typing import NamedTuple

LEDGER = "ledger_entry"


class Trigger(NamedTuple):
    """A PostgreSQL trigger. ``kind`` is pg_trigger.tgtype: 1 each row, 2 before, 4 INSERT, 8 DELETE, 16
    UPDATE, 32 TRUNCATE."""

    name: str
    kind: int
    when: str
    function: str


def on_sqlite(table: str, key: str) -> dict[str, str]:
    """Name and text of each trigger, exactly as SQLite will keep them in sqlite_master."""
    texts = dict(_ON_SQLITE)
    if table != LEDGER:
        del texts["continues"]
    return {
        f"{table}_{name}": f'CREATE TRIGGER "{table}_{name}" ' + text.format(table=table, key=key)
        for name, text in texts.items()
    }


_ON_SQLITE = {
    "no_update": """BEFORE UPDATE ON "{table}"
BEGIN SELECT RAISE(ABORT, '{table} is append-only: UPDATE refused'); END""",
    "no_delete": """BEFORE DELETE ON "{table}"
BEGIN SELECT RAISE(ABORT, '{table} is append-only: DELETE refused'); END""",
    "no_replace": """BEFORE INSERT ON "{table}"
WHEN EXISTS (SELECT 1 FROM "{table}" WHERE "{key}" = NEW."{key}")
BEGIN SELECT RAISE(ABORT, '{table} is append-only: a row with this key exists'); END""",
    "continues": """BEFORE INSERT ON "{table}"
WHEN NEW.sequence IS NOT 1 + COALESCE((SELECT max(sequence) FROM "{table}"), 0)
  OR NEW.previous IS NOT
    COALESCE((SELECT digest FROM "{table}" ORDER BY sequence DESC LIMIT 1), printf('%064d', 0))
  OR length(NEW.digest) IS NOT 64 OR NEW.digest GLOB '*[^0-9a-f]*'
BEGIN SELECT RAISE(ABORT, '{table}: the entry does not continue the chain'); END""",
}


def on_postgresql(table: str) -> list[Trigger]:
    triggers = [
        Trigger(f"{table}_no_change", 1 + 2 + 8 + 16, "UPDATE OR DELETE", "fairgate_refuse"),
        Trigger(f"{table}_no_truncate", 2 + 32, "TRUNCATE", "fairgate_refuse"),
    ]
    if table == LEDGER:
        triggers.append(Trigger(f"{table}_continues", 1 + 2 + 4, "INSERT", "fairgate_continues"))
    return triggers


def create(trigger: Trigger, table: str) -> str:
    """ALWAYS: a session that calls itself a replica is refused too."""
    each = "ROW" if trigger.kind & 1 else "STATEMENT"
    return (
        f'CREATE TRIGGER "{trigger.name}" BEFORE {trigger.when} ON "{table}" '
        f"FOR EACH {each} EXECUTE FUNCTION {trigger.function}(); "
        f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{trigger.name}"'
    )


# The table is looked up by the schema the trigger fired in: a temporary table of the same name would
# otherwise be read instead.
FUNCTIONS = {
    "fairgate_refuse": """
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END
""",
    "fairgate_continues": """
DECLARE
  head record;
BEGIN
  EXECUTE format(
    'SELECT sequence, digest FROM %I.%I ORDER BY sequence DESC LIMIT 1', TG_TABLE_SCHEMA, TG_TABLE_NAME
  ) INTO head;
  IF NEW.sequence IS DISTINCT FROM 1 + COALESCE(head.sequence, 0)
     OR NEW.previous IS DISTINCT FROM COALESCE(head.digest, repeat('0', 64))
     OR NEW.digest !~ '^[0-9a-f]{64}$' THEN
    RAISE EXCEPTION '%: the entry does not continue the chain', TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
""",
}


def define(function: str) -> str:
    body = f"$fairgate${FUNCTIONS[function]}$fairgate$"
    return f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS {body}"
