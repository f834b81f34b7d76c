"""Any XES, read with expat: namespaces, nested attributes, comments, other encodings."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from fairgate.readers.problems import refuse
from fairgate.readers.xes_file.gathered import Gathered, Growth
from fairgate.readers.xes_file.parser import feed, guarded_parser

_BLOCK = 20_000  # events kept as rows before they are coded


def gather(
    path: Path, pieces: Iterable[bytes], trace_keys: Sequence[str], event_keys: Sequence[str]
) -> Gathered:
    """As `xes_file.gather`. An attribute written twice in one event or trace counts as last written."""
    reading = _Reading(path, trace_keys, event_keys)
    feed(reading.parser, pieces, path)
    reading.flush()
    return reading.growth.complete(str, reading.stray_events)


class _Reading:
    """expat's handlers. Depths: log 1, trace 2, event 3, attribute of an event 4; deeper is nested."""

    def __init__(self, path: Path, trace_keys: Sequence[str], event_keys: Sequence[str]) -> None:
        self.path = path
        self.growth = Growth(trace_keys, event_keys)
        self.trace_slots = {key: slot for slot, key in enumerate(trace_keys)}
        self.event_slots = {key: slot for slot, key in enumerate(event_keys)}
        self.traces: list[list[str | None]] = []
        self.events: list[list[str | None]] = []
        self.sizes: list[int] = []
        self.trace: list[str | None] | None = None
        self.event: list[str | None] | None = None
        self.depth = 0
        self.stray_events = 0
        self.parser = guarded_parser(path)
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth = depth = self.depth + 1
        if depth == 4:
            if self.event is not None:
                slot = self.event_slots.get(attributes.get("key", ""))
                if slot is not None:
                    self.event[slot] = attributes.get("value")
        elif depth == 3:
            self.third_level(name, attributes)
        elif depth == 2:
            self.second_level(name)
        elif depth == 1 and _local(name) != "log":
            refuse(self.path, f"XML that begins with <{name[:60]}>", "an XES log, which begins with <log>")

    def second_level(self, name: str) -> None:
        kind = _local(name)
        if kind == "trace":
            self.trace = [None] * len(self.trace_slots)
            self.traces.append(self.trace)
            self.sizes.append(0)
        elif kind == "event":
            self.stray_events += 1

    def third_level(self, name: str, attributes: dict[str, str]) -> None:
        if self.trace is None:
            return
        if _local(name) == "event":
            self.event = [None] * len(self.event_slots)
            self.events.append(self.event)
            self.sizes[-1] += 1
        else:
            slot = self.trace_slots.get(attributes.get("key", ""))
            if slot is not None:
                self.trace[slot] = attributes.get("value")

    def end(self, name: str) -> None:
        self.depth = depth = self.depth - 1
        if depth == 2:
            self.event = None
        elif depth == 1:
            self.trace = None
            if len(self.events) >= _BLOCK:
                self.flush()

    def flush(self) -> None:
        self.growth.add(self.traces, self.events, self.sizes)
        # The lists are emptied in place: expat's handlers hold on to this object, not to them.
        self.traces, self.events, self.sizes = [], [], []


def _local(name: str) -> str:
    return name.rsplit(":", 1)[-1]
