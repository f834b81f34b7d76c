"""The columns of a log while they grow, and when they are complete."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairgate.readers.names import Coded, coded


@dataclass(frozen=True, slots=True)
class Gathered:
    """A log's wanted attributes.

    `case` int32[events]: the trace (counted from 0) of each event. `events[key]` codes[events], `traces[key]`
    codes[traces]; names are as written, not yet tidied. `stray_events` stand outside any trace and are left
    out.
    """

    case: NDArray[np.int32]
    traces: Mapping[str, Coded]
    events: Mapping[str, Coded]
    trace_count: int
    stray_events: int = 0


class Growing:
    """One attribute's codes, taken in block by block; raw values are str or bytes, None is "none"."""

    def __init__(self) -> None:
        self.codes: list[NDArray[np.int32]] = []
        self.seen = _Codes()

    def add(self, values: Sequence[str | bytes | None]) -> None:
        self.codes.append(np.fromiter(map(self.seen.__getitem__, values), np.int32, len(values)))

    def column(self, decode: Callable[[str | bytes], str]) -> Coded:
        names = [decode(raw) for raw in self.seen if raw is not None]
        codes = np.concatenate(self.codes) if self.codes else np.zeros(0, np.int32)
        merged = coded(f"={name}" for name in names)  # "" is a value here, not "none"
        lookup = np.append(merged.codes, np.int32(-1))
        return Coded(lookup[codes], tuple(name[1:] for name in merged.names))


class _Codes(dict[str | bytes | None, int]):
    """Hands out the next code on first sight; looked up from C by `map`."""

    def __init__(self) -> None:
        super().__init__({None: -1})

    def __missing__(self, raw: str | bytes | None) -> int:
        code = self[raw] = len(self) - 1
        return code


class Growth:
    """All wanted attributes of one log while it is read."""

    def __init__(self, trace_keys: Iterable[str], event_keys: Iterable[str]) -> None:
        self.trace_keys = tuple(trace_keys)
        self.event_keys = tuple(event_keys)
        self.traces = [Growing() for _ in self.trace_keys]
        self.events = [Growing() for _ in self.event_keys]
        self.sizes: list[NDArray[np.int32]] = []

    def add(
        self,
        traces: Sequence[Sequence[str | bytes | None]],
        events: Sequence[Sequence[str | bytes | None]],
        sizes: Sequence[int],
    ) -> None:
        """A block: one row of values per trace and per event, and how many events each trace has."""
        for growing, values in zip(self.traces, zip(*traces, strict=True), strict=False):
            growing.add(values)
        for growing, values in zip(self.events, zip(*events, strict=True), strict=False):
            growing.add(values)
        self.sizes.append(np.array(sizes, np.int32))

    def complete(self, decode: Callable[[str | bytes], str], stray_events: int = 0) -> Gathered:
        sizes = np.concatenate(self.sizes) if self.sizes else np.zeros(0, np.int32)
        return Gathered(
            case=np.repeat(np.arange(len(sizes), dtype=np.int32), sizes),
            traces={k: g.column(decode) for k, g in zip(self.trace_keys, self.traces, strict=True)},
            events={k: g.column(decode) for k, g in zip(self.event_keys, self.events, strict=True)},
            trace_count=len(sizes),
            stray_events=stray_events,
        )
