"""Whatever a file holds, reading it gives a result or a ReadError: never anything else."""

import contextlib
import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairgate.readers.choices import Choices
from fairgate.readers.events import read_events
from fairgate.readers.problems import ReadError
from fairgate.readers.profile import read_profile
from fairgate.readers.recognise import read
from readers.making import SMALL, write, write_xlsx, xes

EXAMPLES = Path(__file__).parents[2] / "examples"
CHOSEN = Choices(case="case", activity="activity", time="time", unit_from="unit")
MAGIC = [b"", b"\x1f\x8b\x08\x00", b"PK\x03\x04", b"<?xml version='1.0'?><log>", b"\xff\xfe", b"\xef\xbb\xbf",
         b"case,activity,unit,time\n", b"from,to,share\n", b"<log><trace><event>"]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damage")


@pytest.fixture(scope="module")
def valid_files(folder: Path) -> list[bytes]:
    rows = [
        ["case", "activity", "unit", "time"],
        ["A", "make", "M", "2026-01-01"],
        ["A", "ship", "W", "2026-01-02"],
    ]
    book = write_xlsx(folder / "valid.xlsx", rows).read_bytes()
    log = xes(SMALL).encode()
    return [book, log, gzip.compress(log), xes(SMALL).encode("utf-16"), (EXAMPLES / "needs.csv").read_bytes()]


def read_in_every_way(path: Path) -> None:
    for way in (read, read_events, read_profile, lambda file: read(file, CHOSEN)):
        with contextlib.suppress(ReadError):
            way(path)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(MAGIC), st.binary(max_size=400))
def test_random_bytes_never_raise_anything_else(folder: Path, magic: bytes, content: bytes) -> None:
    read_in_every_way(write(folder / "random", magic + content))


@settings(max_examples=120, deadline=None)
@given(
    st.integers(0, 4),
    st.integers(0, 1000),
    st.sampled_from([b"", b"\0", b"\xff" * 8, b'"', b"<"]),
    st.booleans(),
)
def test_truncated_and_altered_files_never_raise_anything_else(
    folder: Path, valid_files: list[bytes], which: int, where: int, inserted: bytes, truncated: bool
) -> None:
    valid = valid_files[which]
    at = len(valid) * where // 1000
    rest = b"" if truncated else valid[at + len(inserted) :]
    read_in_every_way(write(folder / "altered", valid[:at] + inserted + rest))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_random_text_never_raises_anything_else(folder: Path, text: str) -> None:
    content = ("case,activity,unit,time\n" + text).encode("utf-8", "surrogatepass")
    read_in_every_way(write(folder / "text", content))
