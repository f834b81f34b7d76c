"""Which reader opens which format: the one place to enter a new one."""

from collections.abc import Callable
from pathlib import Path

from fairgate.readers.choices import NO_CHOICES, Choices
from fairgate.readers.csv_file import read_csv
from fairgate.readers.detect import TABLE, detect
from fairgate.readers.problems import refuse
from fairgate.readers.stream import OnProgress
from fairgate.readers.table import Table
from fairgate.readers.xlsx_file import read_xlsx

TABLES: dict[str, Callable[[Path, Choices, OnProgress | None], Table]] = {
    "csv": read_csv,
    "xlsx": read_xlsx,
}


def read_table(path: Path, choices: Choices = NO_CHOICES, on_progress: OnProgress | None = None) -> Table:
    """The table in a file of any tabular format."""
    found = detect(path, TABLE)
    if found.format not in TABLES:
        refuse(path, f"an event log ({found.format.upper()})", TABLE)
    return TABLES[found.format](path, choices, on_progress)
