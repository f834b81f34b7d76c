"""Whatever the owner of the database changes behind the triggers' back, the check finds."""

import shutil
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import DatabaseError, connection

from fairgate.ledger import actions
from fairgate.ledger.models import Entry
from fairgate.ledger.rules import Code
from fairgate.ledger.rules.chain import FIELDS
from ledger.conftest import TABLE, change, check, codes, execute, reseal, without_triggers, write

COLUMNS = ", ".join((*FIELDS, "digest"))
pytestmark = pytest.mark.usefixtures("ledger")


def remove(condition: str) -> None:
    with without_triggers():
        execute(f"DELETE FROM {TABLE} WHERE {condition}")


def renumber(condition: str, by: str) -> None:
    with without_triggers():
        execute(f"UPDATE {TABLE} SET sequence = -(sequence {by}) WHERE {condition}")
        execute(f"UPDATE {TABLE} SET sequence = -sequence WHERE sequence < 0")


@pytest.mark.parametrize("field", [name for name in FIELDS if name != "sequence"])
@pytest.mark.parametrize("sequence", [1, 5, 8])
def test_an_edited_field_is_found(field: str, sequence: int) -> None:
    value: object = getattr(Entry.objects.get(sequence=sequence), field)
    change(sequence, **{field: value + 1 if isinstance(value, int) else f"{value} "})
    assert (Code.EDITED, sequence) in codes()


@pytest.mark.parametrize("field", [name for name in FIELDS if name not in {"sequence", "previous"}])
def test_an_edited_field_whose_seal_was_made_to_fit_is_found(field: str) -> None:
    value: object = getattr(Entry.objects.get(sequence=5), field)
    change(5, **{field: value + 1 if isinstance(value, int) else f"{value} "})
    reseal(5)
    assert codes()[0] == (Code.ANCHOR_MISMATCH, 5)


@pytest.mark.parametrize("sequence", [1, 5, 8])
def test_an_edited_digest_is_found(sequence: int) -> None:
    change(sequence, digest="f" * 64)
    assert (Code.EDITED, sequence) in codes()


def test_an_edited_number_is_found() -> None:
    with without_triggers():
        execute(f"UPDATE {TABLE} SET sequence = 9 WHERE sequence = 8")
    assert {(Code.MISSING, 9), (Code.EDITED, 9)} <= set(codes())


def test_text_moved_between_neighbouring_fields_is_found() -> None:
    entry = Entry.objects.get(sequence=4)
    change(4, subject_id=entry.subject_id + entry.subject_label[:3], subject_label=entry.subject_label[3:])
    assert (Code.EDITED, 4) in codes()


def test_bytes_that_are_no_text_are_found() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps no such text")
    with without_triggers():
        execute(f"UPDATE {TABLE} SET reason = CAST(x'ff' AS TEXT) WHERE sequence = 4")
    assert codes() == [(Code.EDITED, 4)]


def test_an_insertion_is_found() -> None:
    renumber("sequence > 4", "+ 1")
    with without_triggers():
        rest = COLUMNS.split(", ", 1)[1]
        execute(f"INSERT INTO {TABLE} ({COLUMNS}) SELECT 5, {rest} FROM {TABLE} WHERE sequence = 4")
    assert (Code.EDITED, 5) in codes()
    reseal(5)
    assert codes()[0] == (Code.ANCHOR_MISMATCH, 5)


def test_a_forged_entry_at_the_end_is_found_unless_it_is_sealed_like_an_append() -> None:
    """An entry that continues the chain properly is an append: the database cannot tell who appends."""
    with without_triggers():
        rest = COLUMNS.split(", ", 1)[1]
        execute(f"INSERT INTO {TABLE} ({COLUMNS}) SELECT 9, {rest} FROM {TABLE} WHERE sequence = 8")
    assert {(Code.EDITED, 9), (Code.BROKEN_LINK, 9)} <= set(codes())


def test_reordering_is_found() -> None:
    with without_triggers():
        for old, new in ((3, -3), (6, 3), (-3, 6)):
            execute(f"UPDATE {TABLE} SET sequence = {new} WHERE sequence = {old}")
    assert {(Code.EDITED, 3), (Code.EDITED, 6)} <= set(codes())
    reseal()
    assert codes()[0] == (Code.ANCHOR_MISMATCH, 3)


def test_a_removal_is_found() -> None:
    remove("sequence = 4")
    assert {(Code.MISSING, 5), (Code.BROKEN_LINK, 5), (Code.ANCHOR_MISMATCH, 4)} <= set(codes())


def test_a_removal_with_the_gap_closed_is_found() -> None:
    remove("sequence = 4")
    renumber("sequence > 4", "- 1")
    reseal()
    assert codes()[0] == (Code.ANCHOR_MISMATCH, 4)
    assert (Code.TAIL_CUT, None) in codes()


@pytest.mark.parametrize("left", [7, 4, 1])
def test_a_cut_tail_is_found(left: int) -> None:
    remove(f"sequence > {left}")
    found = check()
    assert codes(found) == [(Code.TAIL_CUT, None)]
    assert found.findings[0].detail == {"known": 8, "found": left}


def test_a_cut_tail_that_grew_again_is_found() -> None:
    remove("sequence > 5")
    write(6)
    assert codes()[0] == (Code.ANCHOR_MISMATCH, 6)


def test_a_removed_beginning_is_found() -> None:
    remove("sequence < 3")
    assert (Code.MISSING, 3) in codes()
    assert (Code.OTHER_LEDGER, None) in codes()


def test_an_emptied_ledger_is_found() -> None:
    remove("sequence > 0")
    found = check()
    assert codes(found) == [(Code.OTHER_LEDGER, None)]
    assert found.findings[0].detail["known"] == 8


@pytest.mark.parametrize("anchored", [True, False])
def test_a_whole_ledger_exchanged_for_another_valid_one_is_found(anchored: bool) -> None:
    remove("sequence > 0")
    write(8, reason="a different story")
    if not anchored:
        (settings.ANCHORS / f"{Entry.objects.get(sequence=1).digest}.jsonl").unlink()
    assert (Code.OTHER_LEDGER, None) in codes()
    assert ((Code.ANCHORS_MISSING, None) in codes()) is not anchored


def test_a_ledger_rewritten_from_end_to_end_is_found_and_fills_no_memory() -> None:
    write(200)
    with without_triggers():
        execute(f"UPDATE {TABLE} SET reason = 'rewritten' WHERE sequence > 1")
    found = check()
    assert len(found.findings) == 100
    assert len(found.findings) + found.unlisted == 207
    reseal()
    assert codes()[0] == (Code.ANCHOR_MISMATCH, 2)


def drop(name: str) -> str:
    return f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {TABLE}")


TRIGGER_CHANGES: dict[str, tuple[str, Code, Callable[[], list[str]]]] = {
    "dropped": ("sqlite postgresql", Code.TRIGGER_MISSING, lambda: [drop(f"{TABLE}_continues")]),
    "made harmless": (
        "sqlite",
        Code.TRIGGER_CHANGED,
        lambda: [
            drop(f"{TABLE}_no_update"),
            f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} BEGIN SELECT 1; END",
        ],
    ),
    "narrowed": (
        "sqlite",
        Code.TRIGGER_CHANGED,
        lambda: [
            drop(f"{TABLE}_no_update"),
            f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE OF at ON {TABLE} "
            "BEGIN SELECT RAISE(ABORT, 'no'); END",
        ],
    ),
    "an appending swallowed": (
        "sqlite",
        Code.TRIGGER_UNEXPECTED,
        lambda: [f"CREATE TRIGGER mine BEFORE INSERT ON {TABLE} BEGIN SELECT RAISE(IGNORE); END"],
    ),
    "switched off": (
        "postgresql",
        Code.TRIGGER_CHANGED,
        lambda: [f"ALTER TABLE {TABLE} DISABLE TRIGGER {TABLE}_no_change"],
    ),
    "off for replicas": (
        "postgresql",
        Code.TRIGGER_CHANGED,
        lambda: [f"ALTER TABLE {TABLE} ENABLE TRIGGER {TABLE}_no_change"],
    ),
    "its function emptied": (
        "postgresql",
        Code.TRIGGER_CHANGED,
        lambda: [
            "CREATE OR REPLACE FUNCTION fairgate_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN RETURN NEW; END'"
        ],
    ),
    "only on a condition": (
        "postgresql",
        Code.TRIGGER_CHANGED,
        lambda: [
            drop(f"{TABLE}_no_change"),
            f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW "
            "WHEN (OLD.sequence < 0) EXECUTE FUNCTION fairgate_refuse()",
            f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {TABLE}_no_change",
        ],
    ),
    "only for one column": (
        "postgresql",
        Code.TRIGGER_CHANGED,
        lambda: [
            drop(f"{TABLE}_no_change"),
            f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OF at OR DELETE ON {TABLE} FOR EACH ROW "
            "EXECUTE FUNCTION fairgate_refuse()",
            f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {TABLE}_no_change",
        ],
    ),
    "a rule instead": (
        "postgresql",
        Code.TRIGGER_UNEXPECTED,
        lambda: [f"CREATE RULE mine AS ON INSERT TO {TABLE} DO INSTEAD NOTHING"],
    ),
}


@pytest.mark.parametrize("how", TRIGGER_CHANGES)
def test_a_trigger_is_found_and_put_back(how: str) -> None:
    databases, code, statements = TRIGGER_CHANGES[how]
    if connection.vendor not in databases:
        pytest.skip(f"{connection.vendor} has no such statement")
    for statement in statements():
        execute(statement)
    assert code in {found for found, _ in codes()}
    assert actions.reassert()
    assert check().ok
    assert Entry.objects.last().action == "ledger.triggers-put-back"  # type: ignore[union-attr]  # there is one


def test_a_table_rebuilt_without_its_types_is_found() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL always insists on types")
    with without_triggers():
        execute(f"CREATE TABLE loose AS SELECT * FROM {TABLE}")
        execute(f"DROP TABLE {TABLE}")
        execute(f"ALTER TABLE loose RENAME TO {TABLE}")
        execute(f"UPDATE {TABLE} SET reason = NULL WHERE sequence = 4")
    assert {(Code.TABLE_LOOSE, None), (Code.EDITED, 4)} <= set(codes())


def test_moving_the_database_away_and_starting_over_is_found() -> None:
    shutil.move(settings.ANCHORS, settings.ANCHORS.with_name("hidden"))
    assert codes() == [(Code.ANCHORS_MISSING, None)]
    write()
    assert codes() == [(Code.ANCHORS_SHORTENED, None)]


def only_sqlite() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite does this")


def test_a_trigger_on_the_table_in_capitals_is_found_and_an_entry_it_swallows_is_missed() -> None:
    only_sqlite()
    execute(f"CREATE TRIGGER quiet BEFORE INSERT ON {TABLE.upper()} BEGIN SELECT RAISE(IGNORE); END")
    assert Code.TRIGGER_UNEXPECTED in {code for code, _ in codes()}
    with pytest.raises(RuntimeError, match="not there"):
        write()


def test_a_unique_index_through_which_rows_can_be_replaced_is_found() -> None:
    only_sqlite()
    execute(f"CREATE UNIQUE INDEX once ON {TABLE} (digest)")
    assert Code.INDEX_UNEXPECTED in {code for code, _ in codes()}


def test_a_table_with_a_text_key_has_no_hidden_row_number() -> None:
    only_sqlite()
    with pytest.raises(DatabaseError, match="rowid"):
        execute("SELECT rowid FROM files_storedfile")
