"""CSV in whatever encoding and with whatever separator the exporting program chose."""

import csv
import io
import re
import typing
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from fairgate.readers.choices import NO_CHOICES, Choices
from fairgate.readers.encoding import decoded
from fairgate.readers.problems import Problems, listed, refuse
from fairgate.readers.stream import OnProgress, whole
from fairgate.readers.table import LONGEST_CELL, MOST_COLUMNS, Source, Table, assemble

if typing.TYPE_CHECKING:
    import _csv

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
MOST_CSV_BYTES = 512 << 20
_SAMPLE_LINES = 60


def read_csv(path: Path, choices: Choices = NO_CHOICES, on_progress: OnProgress | None = None) -> Table:
    """The table in a CSV file, plain or gz.

    Errors: ReadError naming row and column for damaged quotes, rows of the wrong length, NUL characters,
    cells over 100,000 characters, repeated column names.
    """
    content = whole(path, _part(on_progress, 0.0, 0.5), most=MOST_CSV_BYTES)
    text, encoding = decoded(content, path, choices.encoding)
    del content
    return _table(text, path, encoding, choices, _part(on_progress, 0.5, 1.0))


def _table(text: str, path: Path, encoding: str, choices: Choices, on_progress: OnProgress | None) -> Table:
    text, declared = without_declaration(text)
    separator = chosen_separator(choices.separator, path) or declared or guess_separator(text)
    _refuse_nul(text, path)
    problems = Problems(path.name)
    raw, numbers = _rows(text, separator, path, problems, on_progress, 1 if declared else 0)
    source = Source(path.name, "CSV", encoding, SEPARATORS.get(separator, separator))
    return assemble(raw, numbers, source, problems, ragged=True)


def guess_separator(text: str) -> str:
    """The separator that cuts the first rows most evenly into the most cells; comma when none does."""
    lines = [line for line in text[: 1 << 20].splitlines(keepends=True) if line.strip()][:_SAMPLE_LINES]
    best, best_score = ",", (0.0, 0)
    for separator in SEPARATORS:
        widths = _widths(lines, separator)
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
        if usual < 2:
            continue
        score = (round(widths.count(usual) / len(widths), 1), usual)
        if score > best_score:
            best, best_score = separator, score
    return best


def _widths(lines: list[str], separator: str) -> list[int]:
    widths: list[int] = []
    with suppress(csv.Error):
        widths.extend(len(row) for row in csv.reader(lines, delimiter=separator) if row)
    return widths


def _rows(
    text: str, separator: str, path: Path, problems: Problems, on_progress: OnProgress | None, skipped: int
) -> tuple[list[list[str]], list[int]]:
    lines = max(text.count("\n"), text.count("\r"), 1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    raw: list[list[str]] = []
    numbers: list[int] = []
    try:
        for number, row in _numbered(reader):
            if any(row):
                raw.append(row)
                numbers.append(number + skipped)
                if sum(map(len, row)) > LONGEST_CELL:
                    _check_cells(row, number + skipped, raw[0], problems)
                if len(row) > MOST_COLUMNS:
                    refuse(path, f"{len(row):,} columns", f"at most {MOST_COLUMNS:,}", row=number + skipped)
            if on_progress is not None and not len(raw) % 5000:
                on_progress(min(reader.line_num / lines, 1.0))
    except csv.Error as error:
        _explain(error, text, separator, reader.line_num, skipped, raw, problems)
    return raw, numbers


def _numbered(reader: "_csv.Reader") -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it starts in: a cell may hold line breaks."""
    start = 1
    for row in reader:
        yield start, row
        start = reader.line_num + 1


def _check_cells(row: list[str], number: int, header: list[str], problems: Problems) -> None:
    for i, cell in enumerate(row):
        if len(cell) > LONGEST_CELL:
            _too_long(number, _column_name(header, i), f"{len(cell):,}", problems)


def _too_long(number: int, column: str, length: str, problems: Problems) -> None:
    problems.add(
        number, column, f"a cell of {length} characters", f"at most {LONGEST_CELL:,}",
        "Perhaps a quotation mark that opens is never closed.",
    )  # fmt: skip


def _explain(
    error: csv.Error,
    text: str,
    separator: str,
    line: int,
    skipped: int,
    raw: list[list[str]],
    problems: Problems,
) -> None:
    """Turn the csv module's words into a problem with row and column."""
    header = raw[0] if raw else []
    if "field larger" in str(error):
        number, i, length = next(_long_cells(text, separator), (line, 0, LONGEST_CELL))
        _too_long(number + skipped, _column_name(header, i), f"{length:,}", problems)
        return
    if "unexpected end" in str(error):
        problems.add(line + skipped, "", "a quotation mark that opens and is never closed", "pairs of them")
        return
    problems.add(
        line + skipped, "", f"quotation marks that don't fit ({error})",
        "a quoted cell to end with a quotation mark and a separator",
        "Write a quotation mark inside a quoted text twice.",
    )  # fmt: skip


def _long_cells(text: str, separator: str) -> Iterator[tuple[int, int, int]]:
    """Line, column and length of each cell over the limit; slow, for messages only."""
    cell = re.compile(
        rf'("(?:[^"]|"")*+"?+[^{re.escape(separator)}\r\n]*+|[^{re.escape(separator)}\r\n]*+)(\r\n|\r|\n|.|\Z)',
        re.DOTALL,
    )
    line, column = 1, 0
    for found in cell.finditer(text):
        body, end = found.groups()
        if len(body) > LONGEST_CELL:
            yield line, column, len(body)
        line += body.count("\n")
        line, column = (line, column + 1) if end == separator else (line + 1, 0)


def _column_name(header: list[str], at: int) -> str:
    name = header[at].strip() if at < len(header) else ""
    return name if name and len(name) <= LONGEST_CELL else f"number {at + 1}"


def without_declaration(text: str) -> tuple[str, str]:
    """Excel's own first line "sep=;" names the separator and is no row."""
    found = re.match(r'"?sep=(.)"?[^\S\r\n]*(?:\r\n|\r|\n)', text, re.IGNORECASE)
    return (text[found.end() :], found.group(1)) if found else (text, "")


def chosen_separator(chosen: str, path: Path) -> str:
    named = {name: sign for sign, name in SEPARATORS.items()} | {"\\t": "\t"}
    sign = named.get(chosen.strip().lower(), chosen) if chosen else ""
    if len(sign) > 1 or sign in {'"', "\n", "\r", "\0"} or (sign and ord(sign) > 0xFFFF):
        refuse(path, f"the separator “{chosen}” asked for", f"one character, or {listed(list(named)[:4])}")
    return sign


def _refuse_nul(text: str, path: Path) -> None:
    at = text.find("\0")
    if at >= 0:
        refuse(
            path,
            "a NUL character",
            "text",
            "The file is damaged or not a CSV file.",
            row=text.count("\n", 0, at) + 1,
        )


def _part(on_progress: OnProgress | None, start: float, end: float) -> OnProgress | None:
    if on_progress is None:
        return None
    return lambda done: on_progress(start + (end - start) * done)
