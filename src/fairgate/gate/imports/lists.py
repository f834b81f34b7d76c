"""Lists that may be long, as lines of JSON in a file: every problem of a file, every change it makes."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from fairgate.files import actions as files
from fairgate.files import queries as kept
from fairgate.shared.actor import Actor

Line = Sequence[Any]


class Lines:
    """Written as they come, so that a million of them take no memory; kept under their hash when there are any."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by our own close
        self.count = 0
        self.first: list[Line] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def append(self, line: Line) -> None:
        self.count += 1
        if self.count <= 200:
            self.first.append(line)
        self._file.write(json.dumps(line, ensure_ascii=False, default=str).encode() + b"\n")

    def keep(self, *, by: Actor, name: str) -> str:
        """The hash it is kept under; nothing for an empty list."""
        if not self.count:
            return ""
        self._file.seek(0)
        return files.keep(by=by, name=name, content=iter(lambda: self._file.read(1 << 20), b"")).pk


class ProblemLines:
    """Takes problems as readers find them, each as (row, column, found, expected)."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines

    def __len__(self) -> int:
        return self.lines.count

    def add(self, row: int | None, column: str, found: str, expected: str, hint: str = "") -> None:
        self.lines.append([row, column, found, f"{expected}. {hint}" if hint else expected])


def lines_in(sha256: str, start: int = 0, count: int | None = None) -> Iterator[Line]:
    """The kept lines, or some of them."""
    path: Path = kept.path_of(sha256)
    with path.open("rb") as file:
        for line in islice(file, start, None if count is None else start + count):
            yield json.loads(line)
