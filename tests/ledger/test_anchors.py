"""The anchors outside the database: what they add, and what is found when they are touched themselves."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from fairgate.ledger import actions, queries
from fairgate.ledger.models import Entry
from fairgate.ledger.rules import Anchor, Code, anchors
from ledger.conftest import check, codes, write


def file() -> Path:
    return anchors.file_of(settings.ANCHORS, queries.ends().chain)


def lines() -> list[bytes]:
    return file().read_bytes().splitlines(keepends=True)


def keep(kept: list[bytes]) -> None:
    file().write_bytes(b"".join(kept))


@pytest.mark.usefixtures("committed_ledger")
def test_every_commit_leaves_one_line_however_many_entries_it_appended() -> None:
    with transaction.atomic():
        write(5)
    assert [json.loads(line)["count"] for line in lines()] == [1, 2, 3, 4, 5, 6, 7, 8, 13]
    assert check().anchored == 13


@pytest.mark.usefixtures("ledger")
def test_an_anchor_says_which_ledger_how_many_entries_and_the_last_ones_seal() -> None:
    last = json.loads(lines()[-1])
    assert last["chain"] == Entry.objects.get(sequence=1).digest == file().stem
    assert last["digest"] == Entry.objects.get(sequence=8).digest
    assert file().stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("committed_ledger")
def test_a_rolled_back_transaction_leaves_no_anchor() -> None:
    before = lines()
    with suppress(RuntimeError), transaction.atomic():
        write()
        raise RuntimeError
    assert lines() == before


@pytest.mark.usefixtures("committed_ledger")
def test_entries_ahead_of_the_anchors_are_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program stopped between saving and anchoring."""
    monkeypatch.setattr("fairgate.ledger.actions.appending.anchor_up_to", lambda count, chain: None)
    write()
    assert check().ok
    assert check().anchored == 8


@pytest.mark.usefixtures("committed_ledger")
def test_the_next_anchor_covers_what_a_stop_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("fairgate.ledger.actions.appending.anchor_up_to", lambda count, chain: None)
        write()
    newest = actions.anchor()
    assert newest is not None
    assert newest.count == 9
    assert actions.anchor() == newest
    assert len(lines()) == 9
    assert check().ok


@pytest.mark.usefixtures("committed_ledger")
def test_a_folder_that_cannot_be_written_loses_no_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = settings.ANCHORS.rename(settings.ANCHORS.with_name("kept"))
    settings.ANCHORS.write_text("a file where the folder should be")
    with pytest.raises(OSError):
        actions.anchor()
    write()
    settings.ANCHORS.unlink()
    kept.rename(settings.ANCHORS)
    assert check().entries == 9


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("torn", [1, 40, -1])
def test_a_line_torn_by_a_crash_is_forgiven(torn: int) -> None:
    whole = lines()
    keep([*whole[:-1], whole[-1][:torn]])
    assert check().ok
    write(2)
    assert check().ok
    assert check().anchored == 10


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("number", range(8))
@pytest.mark.parametrize("key", ["at", "chain", "count", "digest", "previous", "seal"])
def test_an_edited_line_is_found(number: int, key: str) -> None:
    changed = lines()
    values = json.loads(changed[number])
    values[key] = values[key] + 1 if key == "count" else values[key][:-1] + "~"
    changed[number] = json.dumps(values, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    keep(changed)
    assert Code.ANCHOR_EDITED in {code for code, _ in codes()}


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("number", range(8))
def test_an_edited_line_whose_seal_was_made_to_fit_is_found(number: int) -> None:
    changed = lines()
    values = json.loads(changed[number])
    del values["seal"]
    changed[number] = Anchor(**{**values, "digest": "f" * 64}).line()
    keep(changed)
    assert (Code.ANCHOR_MISMATCH, number + 1) in codes()


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("number", range(7))
def test_a_line_taken_out_is_found(number: int) -> None:
    kept = lines()
    del kept[number]
    keep(kept)
    assert Code.ANCHOR_EDITED in {code for code, _ in codes()}


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("number", range(6))
def test_a_shortened_file_is_found(number: int) -> None:
    keep(lines()[:number])
    assert codes() == [(Code.ANCHORS_SHORTENED, None)]


@pytest.mark.usefixtures("ledger")
def test_losing_the_very_last_line_cannot_be_told_from_a_stop() -> None:
    keep(lines()[:-1])
    assert check().ok
    assert check().anchored == 7


@pytest.mark.usefixtures("ledger")
def test_a_missing_file_is_found_also_after_it_grew_again() -> None:
    file().unlink()
    assert codes() == [(Code.ANCHORS_MISSING, None)]
    write(3)
    assert codes() == [(Code.ANCHORS_SHORTENED, None)]


@pytest.mark.usefixtures("ledger")
def test_lines_in_another_order_are_found() -> None:
    first, second, *rest = lines()
    keep([second, first, *rest])
    assert Code.ANCHOR_EDITED in {code for code, _ in codes()}


@pytest.mark.usefixtures("ledger")
def test_another_installations_anchors_in_the_folder_are_named() -> None:
    other = Anchor("2026-01-01T00:00:00.000000Z", "a" * 64, 3, "b" * 64, "0" * 64)
    (settings.ANCHORS / f"{other.chain}.jsonl").write_bytes(other.line())
    found = check()
    assert codes(found) == [(Code.OTHER_LEDGER, None)]
    assert found.findings[0].detail == {"file": f"{other.chain}.jsonl", "known": 3, "at": other.at}
