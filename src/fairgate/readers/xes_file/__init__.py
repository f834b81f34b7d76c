"""XES event logs, plain or gz: streamed, coded to integers on the way, no dictionary per event.

`survey` reads the header and the first traces with expat and tells which attributes there are. `gather` then
reads the wanted attributes of the whole log: by patterns where the file keeps to the plain shape that Disco,
OpenXES and pm4py write (`by_pattern`), by expat wherever it leaves that shape (`by_expat`). Both give the
same columns.
"""

from collections.abc import Sequence
from pathlib import Path

from fairgate.readers.stream import OnProgress, chunks
from fairgate.readers.xes_file import by_expat, by_pattern
from fairgate.readers.xes_file.gathered import Gathered
from fairgate.readers.xes_file.survey import Survey, survey

__all__ = ["Gathered", "Survey", "gather", "survey"]


def gather(
    path: Path,
    seen: Survey,
    *,
    trace_keys: Sequence[str],
    event_keys: Sequence[str],
    on_progress: OnProgress | None = None,
) -> Gathered:
    """The wanted attributes of every trace and event, in file order.

    Errors: ReadError for a document type or entities, damaged or incomplete XML or gz, no trace at all.
    """
    forward = _only_forward(on_progress)
    quick = by_pattern.gather(chunks(path, forward), seen, trace_keys, event_keys)
    if quick is not None:
        return quick
    return by_expat.gather(path, chunks(path, forward), trace_keys, event_keys)


def _only_forward(on_progress: OnProgress | None) -> OnProgress | None:
    """Progress that never goes back, should expat have to begin again where patterns gave up."""
    if on_progress is None:
        return None
    furthest = 0.0

    def forward(done: float) -> None:
        nonlocal furthest
        furthest = max(furthest, done)
        on_progress(furthest)

    return forward
