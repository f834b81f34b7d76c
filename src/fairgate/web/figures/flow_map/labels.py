"""Long names in narrow boxes."""

import unicodedata

# Widths in em of a wide system font (DejaVu Sans): rather a line too early than text outside its box.
_NARROW, _USUAL, _CAPITAL, _BROAD, _FULL = 0.36, 0.62, 0.75, 0.98, 1.05


def width(text: str) -> float:
    """About how wide ``text`` is, in em."""
    return sum(map(_width, text))


def _width(sign: str) -> float:
    if unicodedata.combining(sign):
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return _FULL
    if sign in "ijlftrI.,:;'|!()[] ":
        return _NARROW
    if sign in "mwMW@%&—":
        return _BROAD
    return _CAPITAL if sign.isupper() else _USUAL


def wrapped(text: str, room: float, lines: int = 2) -> list[str]:
    """``text`` on at most ``lines`` lines of ``room`` em; what does not fit ends in an ellipsis."""
    found: list[str] = []
    rest = " ".join(text.split())
    while rest and len(found) < lines - 1 and width(rest) > room:
        line = _as_much(rest, room)
        found.append(line)
        rest = rest[len(line) :].lstrip()
    if rest:
        found.append(shortened(rest, room))
    return found


def shortened(text: str, room: float) -> str:
    if width(text) <= room:
        return text
    cut = text
    while cut and width(cut) > room - width("…"):
        cut = cut[:-1]
    return cut.rstrip() + "…"


def _as_much(text: str, room: float) -> str:
    """The longest beginning that fits, broken between words or after a hyphen if there is such a place."""
    used, fits, stop = 0.0, 0, 0
    for i, sign in enumerate(text):
        used += _width(sign)
        if sign == " ":
            stop = i
        if used > room:
            break
        fits = i + 1
        if sign in "-/":
            stop = i + 1
    return text[: stop or max(fits, 1)].rstrip()
