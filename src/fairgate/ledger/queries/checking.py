"""Checking the whole ledger: every seal, every link, every anchor, every trigger.

What this shows is that the ledger was not altered *unnoticed*: it is tamper-evident, never tamper-proof.
Somebody who owns the database can change entries, and this check finds it against the anchors. Somebody who
owns the database *and* every copy of the anchors can recompute both, and nothing here would tell. So keep the
anchors where the database's owner cannot write, or note the head somewhere else from time to time.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from fairgate.ledger.models import Entry
from fairgate.ledger.queries import installed
from fairgate.ledger.queries.anchored import Anchors, number
from fairgate.ledger.queries.head import ends
from fairgate.ledger.rules import GENESIS, Code, Findings, Verification, digest
from fairgate.ledger.rules.chain import FIELDS

_CHUNK = 500
_SEQUENCE, _ANCHORED, _PREVIOUS = 0, FIELDS.index("anchored"), FIELDS.index("previous")

Row = tuple[bytes | None, ...]


def verify(*, anchors: Path) -> Verification:
    """Read the ledger once, in order, and say everything that is wrong with it.

    ``anchors`` is the folder of anchor files. Memory does not grow with the ledger. Entries that others
    append meanwhile are left out. Raises nothing about the content: an unreadable entry is a finding.
    """
    findings = Findings()
    installed.check(findings)
    with Anchors.opened(anchors, ends().chain, findings) as outside:
        walk = _Walk(findings, outside)
        for row in rows():
            walk.step(row)
        outside.finish(walk.entries, walk.position)
    return Verification(
        entries=walk.entries,
        head=(walk.head or b"").decode("utf-8", "replace") if walk.entries else "",
        anchored=outside.reached,
        findings=tuple(findings.kept),
        unlisted=findings.unlisted,
    )


@dataclass(slots=True)
class _Walk:
    """One pass over the entries: where we are, and the digest the next entry must continue."""

    findings: Findings
    outside: Anchors
    entries: int = 0
    position: int = 0
    head: bytes | None = GENESIS.encode()

    def step(self, row: Row) -> None:
        self.entries += 1
        sequence = self.position + 1
        if row[_SEQUENCE] != b"%d" % sequence:
            sequence = self._misplaced(row[_SEQUENCE])
        sealed = _seal(row)
        if row[-1] != sealed:
            self.findings.add(Code.EDITED, sequence)
        if row[_PREVIOUS] != self.head:
            self.findings.add(Code.BROKEN_LINK, sequence)
        self.position, self.head = sequence, row[-1]
        self.outside.step(sequence, row[-1], row[_ANCHORED])

    def _misplaced(self, found: bytes | None) -> int:
        """The number the entry bears instead of the next one."""
        sequence = number(found)
        if sequence > self.position:
            self.findings.add(Code.MISSING, sequence, first=self.position + 1, last=sequence - 1)
        else:
            self.findings.add(Code.REPEATED, sequence)
        return sequence


def _seal(row: Row) -> bytes | None:
    """What the entry's digest should be; None where a field is missing altogether."""
    try:
        return digest(row[:-1]).encode()  # type: ignore[arg-type]  # a None raises what is caught here
    except TypeError:
        return None


def rows() -> Iterator[Row]:
    """Every entry's `FIELDS` and its digest, as bytes, in order of sequence, a chunk at a time."""
    return _rows_of_sqlite() if connection.vendor == "sqlite" else _rows_of_postgresql()


def _rows_of_sqlite() -> Iterator[Row]:
    """As blobs: text that is not UTF-8 would otherwise stop the reading instead of being found."""
    columns = ", ".join(f"CAST({name} AS BLOB)" for name in (*FIELDS, "digest"))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {Entry._meta.db_table} ORDER BY sequence")  # noqa: S608 - names of our columns and table
        while chunk := cursor.fetchmany(_CHUNK):
            yield from chunk


def _rows_of_postgresql() -> Iterator[Row]:
    """Through a cursor on the server, which needs a transaction."""
    block: AbstractContextManager[None] = (
        nullcontext() if connection.in_atomic_block else transaction.atomic()
    )
    with block:
        for row in (
            Entry.objects.values_list(*FIELDS, "digest").order_by("sequence").iterator(chunk_size=_CHUNK)
        ):
            yield tuple([None if value is None else str(value).encode() for value in row])
