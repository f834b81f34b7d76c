"""A ledger to attack, and an attacker: somebody who owns the database but not the anchors."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection, transaction

from conftest import Installation
from fairgate.ledger import actions, queries
from fairgate.ledger.actions import appending, tables
from fairgate.ledger.models import Entry
from fairgate.ledger.rules import Code, Subject, Verification, digest, triggers
from fairgate.ledger.rules.chain import FIELDS
from fairgate.shared.actor import System

TABLE = triggers.LEDGER


def write(count: int = 1, *, action: str = "test.written", reason: str = "because") -> None:
    """Entries, each in a transaction of its own."""
    for number in range(count):
        with transaction.atomic():
            actions.append(
                by=System("tester"),
                action=action,
                subject=Subject("thing", str(number), f"Thing n° {number}"),
                old={"number": number - 1},
                new={"number": number, "süß": True},
                reason=reason,
            )


def check() -> Verification:
    return queries.verify(anchors=settings.ANCHORS)


def codes(found: Verification | None = None) -> list[tuple[Code, int | None]]:
    return [(finding.code, finding.sequence) for finding in (found or check()).findings]


def execute(statement: str, values: list[object] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@contextmanager
def without_triggers() -> Iterator[None]:
    """What the owner of the database can do: drop the triggers, act, and put them back as they were."""
    drop_triggers()
    yield
    tables.install(TABLE, "sequence")


def drop_triggers() -> None:
    on = "" if connection.vendor == "sqlite" else f' ON "{TABLE}"'
    names = queries.on_sqlite(TABLE) if connection.vendor == "sqlite" else queries.on_postgresql(TABLE)
    for name in names:
        execute(f'DROP TRIGGER "{name}"{on}')


def change(sequence: int, **fields: object) -> None:
    with without_triggers():
        assignments = ", ".join(f"{name} = %s" for name in fields)
        execute(f"UPDATE {TABLE} SET {assignments} WHERE sequence = %s", [*fields.values(), sequence])


def reseal(first: int = 1) -> None:
    """Recompute digests and links from an entry on, as an attacker with a program would."""
    with without_triggers():
        previous = (
            Entry.objects.filter(sequence=first - 1).values_list("digest", flat=True).first() or "0" * 64
        )
        for entry in Entry.objects.filter(sequence__gte=first):
            entry.previous = previous
            previous = digest([str(getattr(entry, name)).encode() for name in FIELDS])
            execute(
                f"UPDATE {TABLE} SET previous = %s, digest = %s WHERE sequence = %s",
                [entry.previous, previous, entry.sequence],
            )


@pytest.fixture
def ledger(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight entries, each anchored. All in one transaction that is rolled back, so nothing is ever committed: entries
    are anchored as they are appended."""
    monkeypatch.setattr(appending, "_anchor_after_commit", lambda count, chain: actions.anchor())
    write(8)
    assert check().ok


@pytest.fixture
def committed_ledger(installation: Installation) -> Installation:
    """Eight entries, each committed and then anchored."""
    write(8)
    assert check().ok
    return installation
