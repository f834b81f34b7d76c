"""Reading and counting one log; the same two calls as on the command line."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

from fairgate.organisation.dataset import counts_of, patterns_of
from fairgate.readers.choices import Choices
from fairgate.readers.events import read_events
from fairgate.work.rules import Progress

# Reading takes most of the time; the bar has to leave room for counting.
READING = 0.85


@dataclass(frozen=True, slots=True)
class Counted:
    findings: dict[str, Any]
    counts: dict[str, Any]


def counted(path: Path, name: str, choices: Mapping[str, str], progress: Progress | None) -> Counted:
    """What the log at ``path`` says. Raises `ReadError`, or the engine's ``CustomersError``."""
    wanted = Choices.of(choices)

    def read(share: float) -> None:
        if progress:
            progress(READING * share, gettext("reading"))

    log = read_events(path, wanted, read)
    log = replace(log, source=replace(log.source, file=name))
    if progress:
        progress(READING, gettext("counting"))
    counts = counts_of(log, patterns_of(choices))
    findings = {
        "source": log.source.to_dict(),
        "events": counts.coverage.events,
        "documents": counts.coverage.documents,
        "served": counts.coverage.served,
        "units": list(counts.named_units),
        "processes": list(counts.processes),
        "coverage": counts.coverage_dict(),
        "notes": [{"code": note.code, "parameters": dict(note.parameters)} for note in counts.notes],
    }
    return Counted(findings, counts.to_dict())
