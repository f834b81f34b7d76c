"""Reading a whole file of decisions with a mapping: rows in our words, every problem, and what else was met."""

import pickle
import tempfile
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings
from django.utils.translation import gettext as _

from fairgate.gate.imports.checking import Checker, Manner, Seen
from fairgate.gate.imports.lists import Lines, ProblemLines
from fairgate.gate.imports.raw import Raw, opened
from fairgate.gate.models import DecisionMapping
from fairgate.gate.queries.imports import keys_here
from fairgate.gate.queries.known import Known, known_to
from fairgate.gate.rules.rows import DecisionRow
from fairgate.readers.dates import order_of
from fairgate.readers.problems import quoted
from fairgate.shared import clock

Chunk = Sequence[DecisionRow]


@dataclass(slots=True)
class Reading:
    """A file while it is read. Iterate over `chunks` once; afterwards `problems` and `seen` are complete."""

    mapping: DecisionMapping
    known: Known
    problems: Lines
    seen: Seen = field(default_factory=Seen)
    source: dict[str, Any] = field(default_factory=dict)
    rows: int = 0
    unknown_words: int = 0
    """How many of the problems, the last ones, are words nobody here knows."""

    @property
    def brought(self) -> frozenset[str]:
        """The fields this file, read with this mapping, says something about: a column that is missing says nothing."""
        return frozenset(self.source.get("fields", ())) | frozenset(always(self.mapping))

    def chunks(self, path: Path, on_progress: Callable[[float], None] | None = None) -> Iterator[Chunk]:
        """The good rows, some thousand at a time; every problem goes to `problems`. Raises `ReadError`."""
        collected = ProblemLines(self.problems)
        with opened(path, self.mapping, on_progress, collected) as raw:
            self.source = {**raw.source.to_dict(), "fields": dict(raw.columns)}
            checker = Checker(manner_of(self.mapping, raw), self.known, collected)
            self.seen = checker.seen
            keys = Keys()
            for piece in raw.pieces:
                chunk = list(checker.rows(piece))
                self.rows += len(piece.rows)
                keys.take(checker.present, chunk)
                yield chunk
            keys.check(self.mapping, raw.columns, collected)
            checker.groups.tell(collected)
            self.unknown_words = checker.words.tell(collected)


def always(mapping: DecisionMapping) -> dict[str, Any]:
    """Fields that say the same in every row, where the file has no column for them."""
    return {
        name: ours
        for name, ours in mapping.options.get("always", {}).items()
        if ours and (name not in mapping.columns or mapping.options.get("log"))
    }


def begin(mapping: DecisionMapping, problems: Lines) -> Reading:
    return Reading(mapping, known_to(mapping), problems)


def manner_of(mapping: DecisionMapping, raw: Raw) -> Manner:
    options: Mapping[str, Any] = mapping.options
    return Manner(
        source=mapping.source,
        gate=mapping.deciding_unit_id,
        columns=raw.columns,
        always=always(mapping),
        zone=ZoneInfo(options.get("zone") or settings.TIME_ZONE),
        date_format=order_of(options.get("date_format", "")) or "ymd",
        decimal=options.get("decimal") or ".",
        now=clock.now(),
        people_key=settings.PEOPLE_KEY.encode(),
        keeps_names=settings.PEOPLE_NAMED,
    )


class Keys:
    """Which keys a file has, in 16 bytes each, to find those that are there twice and those that follow none."""

    def __init__(self) -> None:
        self._marks, self._rows = array("q"), array("q")
        self._follows: list[tuple[int, str]] = []

    def take(self, present: Sequence[tuple[int, str]], chunk: Chunk) -> None:
        self._marks.extend(hash(key) for _row, key in present)
        self._rows.extend(row for row, _key in present)
        self._follows.extend((row.row, row.follows) for row in chunk if row.follows)

    def check(self, mapping: DecisionMapping, columns: Mapping[str, str], problems: ProblemLines) -> None:
        marks, rows = np.array(self._marks, np.int64), np.array(self._rows, np.int64)
        order = np.argsort(marks, kind="stable")
        again = np.flatnonzero(marks[order][1:] == marks[order][:-1]) + 1
        empty = hash("")
        for at in sorted(again.tolist(), key=lambda at: int(rows[order[at]])):
            if marks[order[at]] != empty:  # a missing key is a problem of its own
                first = int(rows[order[at - 1]])
                problems.add(
                    int(rows[order[at]]),
                    columns.get("key", "key"),
                    _("the same record number as in row %s") % f"{first:,}",
                    _("a record number of its own in every row"),
                )
        self._check_follows(mapping, np.unique(marks), columns, problems)

    def _check_follows(
        self, mapping: DecisionMapping, marks: np.ndarray, columns: Mapping[str, str], problems: ProblemLines
    ) -> None:
        wanted = np.array([hash(key) for _row, key in self._follows], np.int64)
        absent = np.flatnonzero(~np.isin(wanted, marks)).tolist()
        missing = [self._follows[at] for at in absent]
        for at in range(0, len(missing), 500):
            some = missing[at : at + 500]
            there = keys_here(mapping.source, mapping.deciding_unit_id, [key for _row, key in some])
            for row, key in some:
                if key not in there:
                    problems.add(
                        row,
                        columns.get("follows", "follows"),
                        quoted(key),
                        _("a request that is in this file or came in before"),
                    )


class Spool:
    """Checked rows on disk, in a file nobody else can open and that is gone with us: what is saved was all checked before
    the database is locked, and takes no memory meanwhile."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by our own close
        self.rows = 0

    def put(self, chunk: Chunk) -> None:
        self.rows += len(chunk)
        pickle.dump(list(chunk), self._file, pickle.HIGHEST_PROTOCOL)

    def __iter__(self) -> Iterator[Chunk]:
        self._file.seek(0)
        while True:
            try:
                yield pickle.load(self._file)  # noqa: S301 - our own, written a moment ago
            except EOFError:
                return

    def close(self) -> None:
        self._file.close()
