"""What is wrong with a file, said so that its owner can put it right."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

MOST_PROBLEMS = 200  # more than anyone reads; the count goes on
MOST_SHOWN = 60  # characters of a cell repeated in a message


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right.

    `row` counts as the file's own program shows it (the header is usually row 1); `place` says what is
    counted: "row" in tables, "line" in XML, "event" in logs. `row` is None where the whole file is meant.
    """

    file: str
    row: int | None
    column: str
    found: str
    expected: str
    hint: str = ""
    place: str = "row"

    def __str__(self) -> str:
        where = [self.file]
        if self.row is not None:
            where.append(f"{self.place} {self.row:,}")
        if self.column:
            where.append(f"column “{shown(self.column)}”")
        hint = f" {self.hint}" if self.hint else ""
        return f"{', '.join(where)}: found {self.found}; expected {self.expected}.{hint}"


class ReadError(Exception):
    """A file that can't be used as it is. `problems` holds at most 200 of them, `more` counts the rest."""

    def __init__(self, problems: Sequence[Problem], more: int = 0) -> None:
        self.problems = tuple(problems)
        self.more = more
        super().__init__(str(self))

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems]
        if self.more:
            lines.append(f"and {self.more:,} more")
        return "\n".join(lines)

    def called(self, name: str) -> "ReadError":
        """The same problems of a file that people know by another name than the disk does."""
        return ReadError([replace(problem, file=name) for problem in self.problems], self.more)

    def __reduce__(self) -> tuple[type["ReadError"], tuple[tuple[Problem, ...], int]]:
        return ReadError, (self.problems, self.more)


class Problems:
    """Collects the problems of one file, so that all are told at once."""

    def __init__(self, file: str, place: str = "row") -> None:
        self.file = file
        self.place = place
        self.kept: list[Problem] = []
        self.more = 0

    def __len__(self) -> int:
        return len(self.kept) + self.more

    def add(self, row: int | None, column: str, found: str, expected: str, hint: str = "") -> None:
        if len(self.kept) >= MOST_PROBLEMS:
            self.more += 1
        else:
            self.kept.append(Problem(self.file, row, column, found, expected, hint, self.place))

    def raise_if_any(self) -> None:
        if self.kept:
            raise ReadError(self.kept, self.more)


def refuse(
    path: Path, found: str, expected: str, hint: str = "", *, row: int | None = None, place: str = "row"
) -> NoReturn:
    """Raise the single problem that makes going on pointless."""
    raise ReadError([Problem(path.name, row, "", found, expected, hint, place)])


def shown(text: object) -> str:
    """A piece of someone's file, short and harmless enough to stand in a message."""
    whole = str(text)
    cut = whole if len(whole) <= MOST_SHOWN else whole[: MOST_SHOWN - 1] + "…"
    return "".join(c if c.isprintable() else "�" for c in cut)


def quoted(text: object) -> str:
    return f"“{shown(text)}”" if str(text) else "nothing"


def listed(names: Sequence[str], most: int = 12) -> str:
    """“a”, “b” and 3 more."""
    parts = [quoted(name) for name in names[:most]]
    if len(names) > most:
        parts.append(f"{len(names) - most:,} more")
    if not parts:
        return "none"
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
