"""The bytes of a file, unpacked on the way, with limits, progress and damage named by position."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, cast

from fairgate.readers.problems import refuse

OnProgress = Callable[[float], None]

CHUNK = 1 << 20
MOST_BYTES = 4 << 30
# Real logs shrink 10 to 60 times; deflate can't do more than 1,032 times. Below the free size nothing is
# suspicious.
MOST_RATIO = 250
FREE_BYTES = 32 << 20
GZIP_MAGIC = b"\x1f\x8b"


def first_bytes(path: Path, count: int = 65536) -> bytes:
    """The beginning of the file as it lies on disk."""
    try:
        with path.open("rb") as file:
            return file.read(count)
    except OSError as error:
        refuse(path, f"a file that can't be opened ({error.strerror})", "a file that can be read")


def chunks(
    path: Path, on_progress: OnProgress | None = None, *, most: int = MOST_BYTES, size: int = CHUNK
) -> Iterator[bytes]:
    """Unpacked bytes in pieces of about 1 MiB.

    `on_progress` gets the share of the file read, by position on disk, between 0 and 1; whatever it raises
    passes through and ends the reading. `most` limits the unpacked size.
    """
    packed = first_bytes(path, 2) == GZIP_MAGIC
    total = max(path.stat().st_size, 1)
    done = 0
    with path.open("rb") as raw:
        file = cast("IO[bytes]", gzip.GzipFile(fileobj=raw, mode="rb")) if packed else raw
        while True:
            piece = _next(file, size, path, done)
            if not piece:
                return
            done += len(piece)
            _check_size(path, done, raw.tell(), most)
            if on_progress is not None:
                on_progress(min(raw.tell() / total, 1.0))
            yield piece


def whole(path: Path, on_progress: OnProgress | None = None, *, most: int) -> bytes:
    return b"".join(chunks(path, on_progress, most=most))


def unpacked_start(path: Path, count: int = 65536) -> bytes:
    """The first `count` bytes after unpacking, enough to see what a file is."""
    start = b""
    for piece in chunks(path, size=count):
        start += piece
        if len(start) >= count:
            break
    return start[:count]


def _next(file: IO[bytes], size: int, path: Path, done: int) -> bytes:
    try:
        piece = file.read(size)
    except EOFError:
        refuse(
            path,
            f"a compressed file that breaks off after {done:,} unpacked bytes",
            "a complete gz file",
            "Copy or download it again.",
        )
    except (OSError, zlib.error) as error:
        refuse(
            path,
            f"a damaged file after {done:,} unpacked bytes ({error})",
            "a file that can be read to its end",
            "Copy or download it again.",
        )
    return piece


def _check_size(path: Path, done: int, read: int, most: int) -> None:
    if done > most:
        refuse(path, f"more than {most >> 20:,} MiB of content", f"at most {most >> 20:,} MiB")
    if done > FREE_BYTES and done > MOST_RATIO * max(read, 1):
        refuse(
            path,
            f"a compressed file that grows more than {MOST_RATIO} times when unpacked",
            "an ordinary compressed log",
            "Files made to overload a computer look like this; unpack it yourself if you trust it.",
        )
