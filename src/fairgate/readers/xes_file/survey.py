"""A first look: which attributes a log has, and whether its plain shape can be read by patterns."""

from dataclasses import dataclass, field
from pathlib import Path

from fairgate.readers.problems import refuse
from fairgate.readers.stream import chunks
from fairgate.readers.xes_file.parser import feed_some, guarded_parser

LOOK = 1 << 18  # bytes looked at: several hundred events even where events are wide
MOST_KEYS = 2_000


@dataclass(slots=True)
class Survey:
    """What the beginning of a log shows.

    `trace_values[key]` and `event_values[key]`: distinct values seen so far. `declared`: keys of the log's
    `global` declarations. `classifiers[name]`: the keys that make up an event class. `first_trace`: byte
    offset of the first <trace>, -1 where none was seen or the encoding isn't UTF-8. `complete`: the whole
    file was looked at.
    """

    trace_values: dict[str, set[str]] = field(default_factory=dict)
    event_values: dict[str, set[str]] = field(default_factory=dict)
    declared: dict[str, list[str]] = field(default_factory=dict)
    classifiers: dict[str, str] = field(default_factory=dict)
    first_trace: int = -1
    complete: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """All attribute keys, those of events first."""
        declared = (*self.declared.get("event", ()), *self.declared.get("trace", ()))
        return tuple(dict.fromkeys((*self.event_values, *self.trace_values, *declared)))


class _Look:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.seen = Survey()
        self.stack: list[str] = []
        self.scope = ""
        self.utf8 = True
        self.parser = guarded_parser(path)
        self.parser.XmlDeclHandler = self.declaration
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        self.utf8 = encoding is None or encoding.lower() in {"utf-8", "utf8"}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rsplit(":", 1)[-1]
        depth = len(self.stack)
        self.stack.append(kind)
        if depth == 0 and kind != "log":
            refuse(self.path, f"XML that begins with <{kind[:60]}>", "an XES log, which begins with <log>")
        elif depth == 1:
            self.second_level(kind, attributes)
        elif depth == 2 and self.stack[1] == "global":
            self.seen.declared.setdefault(self.scope, []).append(attributes.get("key", ""))
        elif depth == 2 and self.stack[1] == "trace" and kind != "event":
            _note(self.seen.trace_values, attributes)
        elif depth == 3 and self.stack[2] == "event":
            _note(self.seen.event_values, attributes)

    def second_level(self, kind: str, attributes: dict[str, str]) -> None:
        if kind == "trace" and self.seen.first_trace < 0 and self.utf8:
            self.seen.first_trace = self.parser.CurrentByteIndex
        elif kind == "global":
            self.scope = attributes.get("scope", "event")
        elif kind == "classifier":
            self.seen.classifiers[attributes.get("name", "")] = attributes.get("keys", "")

    def end(self, name: str) -> None:
        self.stack.pop()


def _note(values: dict[str, set[str]], attributes: dict[str, str]) -> None:
    key = attributes.get("key")
    if key is None or (key not in values and len(values) >= MOST_KEYS):
        return
    known = values.setdefault(key, set())
    if len(known) < 50:
        known.add(attributes.get("value", ""))


def survey(path: Path, *, to_the_end: bool = False) -> Survey:
    """Look at the first 256 KiB and on until traces are seen, or at everything.

    Errors: ReadError for what isn't XES, and for damage met on the way.
    """
    look = _Look(path)
    read = 0
    for piece in chunks(path, size=LOOK):
        read += len(piece)
        feed_some(look.parser, piece, final=False, path=path)
        if not to_the_end and len(look.seen.event_values) and read >= LOOK:
            break
    else:
        feed_some(look.parser, b"", final=True, path=path)
        look.seen.complete = True
    return look.seen
