"""The event log, and the checks every log passes wherever it came from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairgate.readers.dates import NOT_A_TIME, read_times
from fairgate.readers.names import Coded, fault, recoded, tidy
from fairgate.readers.numbers import amounts
from fairgate.readers.problems import Problems, quoted
from fairgate.readers.table import Source

# What systems write where they have no amount.
NO_AMOUNT = {"", "-", "?", "n/a", "na", "nan", "none", "null", "missing", "unknown", "undefined", "empty"}


@dataclass(frozen=True, slots=True)
class EventLog:
    """n events in file order.

    `case`, `activity`: a name for every event. `unit`, `external`, `document`: -1 where the file names none.
    `time` datetime64[us][n]: UTC where the file names zones (`zoned`), else as written. `value` float64[n],
    NaN where the file gives none. `rows` int64[n]: row in the file (in XES the event's number). `attributes`:
    all columns.
    """

    case: Coded
    activity: Coded
    unit: Coded
    time: NDArray[np.datetime64]
    value: NDArray[np.float64] | None
    external: Coded | None
    document: Coded | None
    rows: NDArray[np.int64]
    zoned: bool
    attributes: tuple[str, ...]
    source: Source

    def __len__(self) -> int:
        return len(self.time)


def checked_names(
    column: Coded, name: str, rows: NDArray[np.int64], problems: Problems, *, required: bool
) -> Coded:
    """The column with tidy names; unusable names are problems, missing ones too where `required`."""
    names = [tidy(text) for text in column.names]
    for code, tidied in enumerate(names):
        if (found := fault(tidied)) is not None:
            at = np.flatnonzero(column.codes == code)
            if len(at):
                problems.add(int(rows[at[0]]), name, *found)
    result = recoded(column, names)
    if required:
        for row in rows[result.codes < 0].tolist():
            problems.add(row, name, "nothing", "a name")
    return result


@dataclass(frozen=True, slots=True)
class CheckedTimes:
    times: NDArray[np.datetime64]
    zoned: bool
    format: str
    notes: tuple[str, ...]


def checked_times(
    column: Coded, name: str, rows: NDArray[np.int64], date_format: str, problems: Problems
) -> CheckedTimes:
    """The times of a column of texts, one format throughout, all with a zone or all without."""
    read = read_times(column.names, date_format)
    times = np.append(read.times, NOT_A_TIME)[column.codes]
    zoned = np.append(read.zoned, False)[column.codes]
    missing = np.isnat(times)
    if len(times) and missing.all():
        _no_times(column, name, rows, problems)
    else:
        for at in np.flatnonzero(missing).tolist():
            problems.add(
                int(rows[at]), name, quoted(column.names[column.codes[at]] if column.codes[at] >= 0 else ""),
                f"a time written {read.format}",
            )  # fmt: skip
    present = zoned[~missing]
    if present.any() and not present.all():
        first = int(np.flatnonzero(~missing & ~zoned)[0])
        problems.add(
            int(rows[first]), name, f"a time without a zone ({quoted(column.names[column.codes[first]])})",
            "a zone for all times or for none", "Times with and without a zone can't be put in order.",
        )  # fmt: skip
    has_zone = bool(present.any())
    notes = [read.assumed] if read.assumed else []
    if not has_zone:
        notes.append("Times name no zone and are kept as they are written.")
    return CheckedTimes(times, has_zone, read.format, tuple(notes))


def _no_times(column: Coded, name: str, rows: NDArray[np.int64], problems: Problems) -> None:
    expected = "times such as 2026-11-22 14:05, 22.11.2026 14:05 or 2026-11-22T14:05:00+01:00"
    if not len(column.names):
        problems.add(None, name, "no timestamps: the column is empty", expected)
    else:
        at = int(np.flatnonzero(column.codes >= 0)[0])
        example = column.names[column.codes[at]]
        problems.add(int(rows[at]), name, f"no timestamps ({quoted(example)} first)", expected)


def checked_values(
    texts: Sequence[str],
    codes: NDArray[np.integer],
    name: str,
    rows: NDArray[np.int64],
    problems: Problems,
    prefer: str,
) -> tuple[NDArray[np.float64], list[str]]:
    """float64[n]: the amounts of a column of texts, NaN where there is none or a word for none; and notes."""
    blank = [text.strip().casefold() in NO_AMOUNT for text in texts]
    numbers, how = amounts(
        ["" if none else text for text, none in zip(texts, blank, strict=True)], prefer=prefer
    )
    for code, (number, none) in enumerate(zip(numbers, blank, strict=True)):
        if not none and (number is None or number < 0):
            at = np.flatnonzero(codes == code)
            if len(at):
                refuse_amount(int(rows[at[0]]), name, texts[code], problems)
    values = np.array([np.nan if number is None else number for number in numbers] + [np.nan])[codes]
    if not how.assumed:
        return values, []
    return values, [f"Amounts could be read two ways; “{how.decimal}” is taken as the decimal sign."]


def refuse_amount(row: int, name: str, text: str, problems: Problems) -> None:
    problems.add(
        row, name, quoted(text), "a number of 0 or more", "To do without amounts, choose “-” for the value."
    )


def without_amount(values: NDArray[np.float64], name: str) -> list[str]:
    """A note on how many events have no amount, if any."""
    missing = int(np.isnan(values).sum())
    return [f"{missing:,} of {len(values):,} events give no amount in {quoted(name)}."] if missing else []
