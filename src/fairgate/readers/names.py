"""Names out of other people's files, made safe to compare and to show."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LONGEST_NAME = 200

# Invisible, and never meant: byte order mark, zero-width space, soft hyphen.
_DROPPED = {0xFEFF: None, 0x200B: None, 0x00AD: None}
# Cc and Cs break tools; the embedding and override marks can make a name read as another one.
_REFUSED_CATEGORIES = {"Cc", "Cs"}
_REFUSED_MARKS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of names: `names[codes[i]]` is row i's; code -1 is "none". `codes` is int32[n]."""

    codes: NDArray[np.int32]
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def distinct(self) -> int:
        return len(self.names)

    def take(self, rows: NDArray[np.integer]) -> "Coded":
        """The column for the given rows; row -1 gives "none"."""
        if not len(self.codes):
            return Coded(np.full(len(rows), -1, np.int32), self.names)
        return Coded(np.where(rows < 0, np.int32(-1), self.codes[rows]).astype(np.int32), self.names)

    def texts(self) -> list[str]:
        """The names row by row; "" where there is none."""
        lookup = (*self.names, "")
        return [lookup[code] for code in self.codes]


def tidy(text: str) -> str:
    """Stripped, NFC, each run of white space one space, invisible marks dropped."""
    if text.isascii() and text.isprintable():
        return text.strip() if "  " not in text else " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", text.translate(_DROPPED)).split())


def fault(name: str) -> tuple[str, str] | None:
    """What was found and what was expected, when a tidy name can't be used; else None."""
    if len(name) > LONGEST_NAME:
        return f"a name of {len(name):,} characters", f"at most {LONGEST_NAME}"
    if name.isprintable():
        return None
    for character in name:
        if unicodedata.category(character) in _REFUSED_CATEGORIES or character in _REFUSED_MARKS:
            return f"the control character U+{ord(character):04X} in {name!a:.60}", "plain text"
    return None


def coded(texts: Iterable[str]) -> Coded:
    """Codes in order of first appearance; "" becomes -1."""
    seen: dict[str, int] = {"": -1}
    codes = [seen.setdefault(text, len(seen) - 1) for text in texts]
    del seen[""]
    return Coded(np.array(codes, np.int32), tuple(seen))


def recoded(column: Coded, names: Sequence[str]) -> Coded:
    """`column` with `names` in place of its own: equal names become one, "" becomes none."""
    merged = coded(names)
    lookup = np.append(merged.codes, np.int32(-1))
    return Coded(lookup[column.codes].astype(np.int32), merged.names)


def either(first: Coded, second: Coded) -> Coded:
    """Row by row the first column's name, else the second's."""
    codes = np.where(first.codes >= 0, first.codes, second.codes + np.int32(len(first.names)))
    codes = np.where((first.codes < 0) & (second.codes < 0), -1, codes).astype(np.int32)
    return recoded(Coded(codes, (*first.names, *second.names)), (*first.names, *second.names))


def in_use(column: Coded) -> Coded:
    """Only names that some row has, in order of first appearance."""
    used, first = np.unique(column.codes, return_index=True)
    order = used[np.argsort(first)]
    order = order[order >= 0]
    lookup = np.full(len(column.names) + 1, -1, np.int32)
    lookup[order] = np.arange(len(order), dtype=np.int32)
    return Coded(lookup[column.codes], tuple(column.names[code] for code in order))
