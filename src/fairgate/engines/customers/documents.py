"""Which process document an event belongs to.

A case may bundle several documents: a trip has a permit, declarations and requests for payment, each with its
own decisions. Counting the bundle would make every unit wait for every other, so we count each document.
"""

import re
from collections.abc import Sequence

import numpy as np

from fairgate.engines.customers.arrays import Codes, Places

_STATUS = re.compile(r"[A-Z]+(?:_[A-Z]+)*")
_ENDINGS = ("ED", "SENT", "HELD", "PAID", "DONE", "DRAWN")


def document_named_by(activity: str) -> str:
    """The words before a status in capitals: "Declaration" of "Declaration FINAL_APPROVED by X"; else "".

    Words all in capitals don't count: where everything is shouted, capitals mark nothing.
    """
    words = activity.split()
    for place, word in enumerate(words[1:], start=1):
        if _STATUS.fullmatch(word) and word.endswith(_ENDINGS):
            leading = " ".join(words[:place])
            return "" if leading.isupper() else leading
    return ""


def coded(names: Sequence[str]) -> tuple[Codes, tuple[str, ...]]:
    """Codes into the distinct names in order of appearance; "" becomes -1."""
    distinct = tuple(dict.fromkeys(name for name in names if name))
    code = {name: place for place, name in enumerate(distinct)}
    return np.array([code.get(name, -1) for name in names], dtype=np.int32), distinct


def carried(codes: Codes, starts: Places) -> Codes:
    """Fill each -1 from the latest known code before it in its group, else from the next one after it.

    ``codes`` is ``int32[n]`` in groups that begin at ``starts`` (``int64[g + 1]``). Groups that know none
    stay -1.
    """
    size = np.diff(starts)
    first, last = np.repeat(starts[:-1], size), np.repeat(starts[1:] - 1, size)
    place = np.arange(len(codes))
    before = np.maximum.accumulate(np.where(codes >= 0, place, -1))
    after = np.minimum.accumulate(np.where(codes >= 0, place, len(codes))[::-1])[::-1]
    known = np.where(before >= first, before, np.where(after <= last, after, -1))
    return np.where(known >= 0, codes[known], np.int32(-1)).astype(np.int32)


def last_known(codes: Codes, starts: Places) -> Codes:
    """The last code other than -1 of each group, ``int32[g]``; -1 where a group knows none."""
    place = np.where(codes >= 0, np.arange(len(codes)), -1)
    last = np.maximum.reduceat(place, starts[:-1])
    return np.where(last >= 0, codes[last], np.int32(-1)).astype(np.int32)
