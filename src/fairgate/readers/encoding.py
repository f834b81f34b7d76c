"""Which encoding a text is in: by its mark, by UTF-8's own rules, by its zeros, at last by its letters."""

import codecs
import re
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from fairgate.readers.problems import refuse

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with byte order mark"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16 LE"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16 BE"),
)
# What offices write when it isn't UTF-8.
_OLD = """cp1252 iso8859_15 cp1250 cp1251 cp1253 cp1254 mac_roman cp850 cp437 shift_jis gb18030 big5 euc_kr
    euc_jp"""
_WESTERN = "cp1252"


def decoded(content: bytes, path: Path, chosen: str = "") -> tuple[str, str]:
    """The text and its encoding's name: as chosen, by mark, UTF-8, UTF-16 by its zeros, else by letters."""
    if chosen:
        return _decoded_as(content, chosen, path), chosen
    for mark, codec, name in _BOMS:
        if content.startswith(mark):
            return _decoded_as(content, codec, path).removeprefix("\ufeff"), name
    if wide := utf16_without_mark(content):
        return _decoded_as(content, wide, path), f"{wide.upper()} without mark"
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return _decoded_by_letters(content, path)


def _decoded_as(content: bytes, codec: str, path: Path) -> str:
    try:
        return content.decode(codec)
    except LookupError:
        refuse(path, f"the encoding “{codec}” asked for", "a known one, such as utf-8, cp1252 or utf-16")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        refuse(path, f"bytes that aren't {codec} ({error.reason})", f"{codec} throughout", row=row)
    except (UnicodeError, ValueError, AssertionError, TypeError):
        refuse(path, f"content that can't be read as {codec}", "a text encoding, such as utf-8 or cp1252")


def utf16_without_mark(content: bytes) -> str:
    start = content[:4096]
    if len(start) < 4 or b"\0" not in start:
        return ""
    half = len(start) // 2
    if start[1::2].count(0) > 0.4 * half and start[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if start[0::2].count(0) > 0.4 * half and start[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return ""


def _decoded_by_letters(content: bytes, path: Path) -> tuple[str, str]:
    telling = b"\n".join(line for line in content[: 4 << 20].splitlines() if not line.isascii())[:65536]
    codec = _by_letters(telling)
    return _decoded_as(content, codec, path), codec


def _by_letters(telling: bytes) -> str:
    """The encoding of lines with letters beyond ASCII.

    A table has few such letters, too few for statistics: where they make Western words, Western it is, unless
    another Latin code page makes words that are more like a language.
    """
    from charset_normalizer import from_bytes  # a slow import, and rarely needed

    matches = from_bytes(telling, cp_isolation=_OLD.split())
    best = matches.best()
    with suppress(UnicodeDecodeError):
        western = telling.decode(_WESTERN)
        if best is None or str(best) == western:
            return _WESTERN
        known = max((match.coherence for match in matches if match.encoding == _WESTERN), default=0.0)
        better = best.encoding in {"cp1250", "cp1254"} and best.coherence > known
        if _makes_western_words(western) and not better:
            return _WESTERN
    return best.encoding if best is not None else _WESTERN


def _makes_western_words(text: str) -> bool:
    """Letters beyond ASCII are few in their words, never a capital after a small one, and never signs."""
    if re.search(r"[^\W\d_][^\w\s\x00-\x7f’·-][^\W\d_]", text):
        return False
    if any(a.islower() and b.isupper() and not b.isascii() for a, b in pairwise(text)):
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
    letters = sum(map(len, words))
    return sum(not letter.isascii() for word in words for letter in word) <= letters / 2
