"""After a migration the tables are append-only again."""

import pytest
from django.db import DatabaseError, connection, models, transaction

from conftest import Installation
from fairgate.ledger import actions, queries
from fairgate.ledger.models import Entry
from fairgate.ledger.rules import Code
from ledger.conftest import check, codes, write


def rebuild() -> None:
    """What a migration's AlterField does: on SQLite it makes the table anew, without triggers, not strict."""
    old, new = Entry._meta.get_field("reason"), models.TextField("why, again", default="")
    new.set_attributes_from_name("reason")
    new.model = Entry
    with connection.schema_editor() as editor:
        editor.alter_field(Entry, old, new)


def test_nothing_is_put_back_where_nothing_is_wrong(installation: Installation) -> None:
    assert actions.reassert() == ()
    assert check().entries == 0


def test_a_rebuilt_table_gets_its_triggers_and_types_back(installation: Installation) -> None:
    write(3)
    rebuild()
    if connection.vendor == "sqlite":
        assert {Code.TRIGGER_MISSING, Code.TABLE_LOOSE} <= {code for code, _ in codes()}
    put_back = actions.reassert()
    assert bool(put_back) == (connection.vendor == "sqlite")
    assert check().ok
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(reason="x")


def test_what_was_put_back_is_recorded(installation: Installation) -> None:
    write()
    suffix = "" if connection.vendor == "sqlite" else " ON ledger_entry"
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER ledger_entry_continues" + suffix)
    actions.reassert()
    entry = Entry.objects.get(sequence=2)
    assert entry.action == "ledger.triggers-put-back"
    assert "ledger_entry_continues" in entry.new


def test_every_append_only_model_is_found() -> None:
    assert Entry in queries.append_only_models()
