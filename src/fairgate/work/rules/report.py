"""How a running job says how far it is: through a small file, not through the database.

On SQLite one transaction writes at a time. A job in the middle of saving a large import holds that lock, and
progress kept in the database would wait for the very transaction it reports on. So would a wish to cancel: it
is a file too.
"""

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Report:
    """How far a job is: ``done`` from 0 to 1, and what is being done."""

    done: float = 0.0
    note: str = ""


def write(folder: Path, report: Report) -> None:
    """Replace the report in one step: a reader sees the old one or the new one."""
    fresh = folder / f"report.{os.getpid()}"
    fresh.write_text(json.dumps([report.done, report.note]), encoding="utf-8")
    fresh.replace(folder / "report")


def read(folder: Path) -> Report:
    """The newest report; nothing done where there is none yet."""
    try:
        done, note = json.loads((folder / "report").read_text(encoding="utf-8"))
        return Report(float(done), str(note))
    except (OSError, ValueError, TypeError):
        return Report()


def ask_to_cancel(folder: Path) -> None:
    """Tell the job's process. Nothing happens when the job has ended and its folder is gone."""
    with suppress(FileNotFoundError):
        (folder / "cancel").touch()


def is_cancel_asked(folder: Path) -> bool:
    return (folder / "cancel").exists()
