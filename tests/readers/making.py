"""Files for the tests of the readers, made on the spot."""

import gzip
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

import openpyxl
import pytest

from fairgate.readers.problems import ReadError

LOG_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0" xmlns="http://www.xes-standard.org">\n'
)


def write(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def write_gz(path: Path, content: bytes) -> Path:
    path.write_bytes(gzip.compress(content))
    return path


def write_xlsx(path: Path, rows: Iterable[Sequence[object]], title: str = "Sheet1") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def replace_part(path: Path, part: str, content: bytes) -> Path:
    """The workbook with one of its parts replaced or added."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()} | {part: content}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, held in parts.items():
            new.writestr(name, held)
    return path


def xes(traces: Sequence[tuple[Mapping[str, str], Sequence[Mapping[str, str]]]], head: str = LOG_HEAD) -> str:
    """A log in the plain shape; keys named time:… are dates."""
    lines = [head]
    for attributes, events in traces:
        lines.append("\t<trace>\n" + _attributes(attributes, "\t\t"))
        for event in events:
            lines += ["\t\t<event>\n", _attributes(event, "\t\t\t"), "\t\t</event>\n"]
        lines.append("\t</trace>\n")
    return "".join([*lines, "</log>\n"])


def _attributes(attributes: Mapping[str, str], indent: str) -> str:
    lines = []
    for key, value in attributes.items():
        tag = "date" if key.startswith("time:") else "string"
        lines.append(f"{indent}<{tag} key={_quoted(key)} value={_quoted(value)}/>\n")
    return "".join(lines)


def _quoted(text: str) -> str:
    return '"' + quoteattr(f"'{text}")[2:-1].replace('"', "&quot;") + '"'


def event(activity: str, unit: str, time: str, **more: str) -> dict[str, str]:
    return {"concept:name": activity, "org:group": unit, "time:timestamp": time, **more}


SMALL = [
    (
        {"concept:name": "case 1", "department": "North", "amount": "12.5"},
        [
            event("make", "Making", "2026-01-05T08:00:00.000+01:00"),
            event("release", "Quality", "2026-01-05T09:00:00.000+01:00", customer="Patients"),
        ],
    ),
    (
        {"concept:name": "case 2", "department": "South", "amount": "7"},
        [
            event("make", "Making", "2026-07-05T08:00:00.000+02:00"),
            event("reject", "Quality", "2026-07-06T08:00:00.000+02:00"),
            event("make", "Making", "2026-07-07T08:00:00.000+02:00"),
        ],
    ),
]


def refused(call: Callable[..., object], *arguments: object, **options: object) -> ReadError:
    """The ReadError a call raises; its text must be one line a problem and never empty."""
    with pytest.raises(ReadError) as caught:
        call(*arguments, **options)
    assert caught.value.problems
    assert all("\n" not in str(problem) and problem.found for problem in caught.value.problems)
    return caught.value
