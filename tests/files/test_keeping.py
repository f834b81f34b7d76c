"""Files are kept under their hash: once, whole, readable by the owner only, and never changed."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from conftest import Installation
from fairgate.files import actions, queries, wording
from fairgate.files.models import StoredFile
from fairgate.files.rules import Condition, Damage, TooLarge, place, shown
from fairgate.ledger.models import Entry
from fairgate.shared.actor import System

if TYPE_CHECKING:
    from pytest_django import Settings

BY = System("tester")


def everything_under_files() -> list[Path]:
    return [path for path in Path(settings.FILES).rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_content_comes_back_byte_for_byte_under_its_hash() -> None:
    content = os.urandom(300_000)
    pieces = (content[i : i + 65_536] for i in range(0, len(content), 65_536))
    stored = actions.keep(by=BY, name="log.xes.gz", content=pieces)
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert queries.path_of(stored.sha256).read_bytes() == content
    assert (stored.name, stored.size, stored.kept_by) == ("log.xes.gz", 300_000, "system:tester")
    assert queries.path_of(stored.sha256).stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_an_empty_file_is_a_file() -> None:
    stored = actions.keep(by=BY, name="empty.csv", content=[])
    assert stored.size == 0
    assert queries.verify_file(stored.sha256) == Condition.INTACT


@pytest.mark.django_db
def test_the_same_content_is_kept_once_and_recorded_once() -> None:
    first = actions.keep(by=BY, name="one.csv", content=[b"a;b"])
    again = actions.keep(by=System("other"), name="two.csv", content=[b"a", b";b"])
    assert again == first
    assert again.name == "one.csv"
    assert len(everything_under_files()) == 1
    assert [entry.action for entry in Entry.objects.all()] == ["files.kept"]


@pytest.mark.django_db
def test_too_large_a_file_is_refused_and_leaves_nothing(settings: "Settings") -> None:
    settings.LARGEST_FILE = 10

    def endless() -> Iterator[bytes]:
        while True:
            yield b"12345"

    with pytest.raises(TooLarge, match=r"big\.csv: found more than 10 bytes"):
        actions.keep(by=BY, name="folder/big.csv", content=endless())
    assert everything_under_files() == []
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_broken_upload_leaves_nothing() -> None:
    def broken() -> Iterator[bytes]:
        yield b"half of"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        actions.keep(by=BY, name="x.csv", content=broken())
    assert everything_under_files() == []
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_changed_or_missing_file_is_noticed_and_mended_by_keeping_it_again() -> None:
    stored = actions.keep(by=BY, name="x.csv", content=[b"right"])
    path = queries.path_of(stored.sha256)
    path.write_bytes(b"wrong")
    assert queries.verify_file(stored.sha256) == Condition.CHANGED
    path.unlink()
    assert queries.verify_file(stored.sha256) == Condition.MISSING
    with pytest.raises(FileNotFoundError):
        queries.path_of(stored.sha256)
    actions.keep(by=BY, name="x.csv", content=[b"right"])
    assert queries.verify_file(stored.sha256) == Condition.INTACT


@pytest.mark.django_db
def test_every_kept_file_is_checked_and_the_damaged_ones_are_named() -> None:
    whole, changed, gone = (
        actions.keep(by=BY, name=f"{n}.csv", content=[n.encode()]) for n in ("a", "b", "c")
    )
    assert list(queries.verify_all()) == []
    queries.path_of(changed.sha256).write_bytes(b"B")
    queries.path_of(gone.sha256).unlink()
    StoredFile.objects.create(sha256="no hash", name="d.csv", size=1, kept_at=gone.kept_at, kept_by="nobody")
    assert set(queries.verify_all()) == {
        Damage(changed.sha256, "b.csv", Condition.CHANGED),
        Damage(gone.sha256, "c.csv", Condition.MISSING),
        Damage("no hash", "d.csv", Condition.MISSING),
    }
    assert queries.verify_file(whole.sha256) == Condition.INTACT


@pytest.mark.parametrize("condition", set(Condition) - {Condition.INTACT})
def test_a_damaged_file_is_a_sentence_with_its_name(condition: Condition) -> None:
    sentence = wording.damage(Damage("ab" * 32, "x{y}.csv", condition))
    assert "“x{y}.csv”" in sentence
    assert "ab" * 32 in sentence


@pytest.mark.parametrize(
    "sneaky", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n", "a" * 62 + "/."]
)
def test_only_a_hash_is_a_place(sneaky: str) -> None:
    with pytest.raises(ValueError, match="expected a SHA-256"):
        place(sneaky)


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("C:\\Users\\me\\needs.xlsx", "needs.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\r\nc.csv", "a b c.csv"),
        ("gpj.\u202excod", "gpj. xcod"),
        ("", "file"),
        ("///", "file"),
        ("Lieferungen März.csv", "Lieferungen März.csv"),
    ],
)
def test_names_are_made_fit_to_show(given_name: str, expected: str) -> None:
    assert shown(given_name) == expected


@given(st.text())
def test_a_shown_name_is_short_and_printable(name: str) -> None:
    text = shown(name)
    assert 0 < len(text) <= 200
    assert text.isprintable()
    assert not {"/", "\\"} & set(text)
    assert shown(text) == text


def test_the_record_is_append_only(installation: Installation) -> None:
    stored = actions.keep(by=BY, name="x.csv", content=[b"x"])
    for change in (
        lambda: StoredFile.objects.update(name="y"),
        lambda: stored.delete(),
        lambda: StoredFile.objects.bulk_create(
            [StoredFile(sha256=stored.sha256, name="y", size=1, kept_at=stored.kept_at, kept_by="z")],
            update_conflicts=True,
            unique_fields=["sha256"],
            update_fields=["name"],
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    if connection.vendor == "sqlite":
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("REPLACE INTO files_storedfile SELECT * FROM files_storedfile")
    stored.sha256 = stored.sha256 or hashlib.sha256(b"x").hexdigest()
    assert StoredFile.objects.get().name == "x.csv"
