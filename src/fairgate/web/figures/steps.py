"""How answers are spread over ordered steps: a column for each step, or a wider one over steps that are told together, as
plain SVG: classes only, so the page's own colours and its strict policy hold.

A column's area is its share, so a wide one isn't taken for more than it is. What is only known to lie between two shares is
drawn full up to the lower and as a dashed outline up to the upper. Knows no Django.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from fairgate.web.figures.flow_map.marks import number, text

SLOT, GAP, HEAD, TALL, FOOT = 64.0, 4.0, 17.0, 46.0, 17.0


class Column(NamedTuple):
    """Over the steps ``first`` to ``last``, from 0 on; shares are from 0 to 1; ``says`` stands on top."""

    first: int
    last: int
    low: float
    high: float
    says: str


def draw(
    columns: Sequence[Column],
    *,
    steps: int,
    ends: tuple[str, str],
    title: str,
    description: str,
    top: float = 1.0,
) -> str:
    """The columns as an SVG element, the same for the same input; ``ends`` are the words of the lowest and the highest step,
    ``top`` the share of a single step that fills the height. Raises ValueError for a share off the scale or a step that isn't
    there."""
    for it in columns:
        if not (0 <= it.first <= it.last < steps and 0 <= it.low <= it.high <= 1 and height(it) <= top <= 1):
            raise ValueError("A share off the scale from 0 to 1, or a step that isn't there.")
    wide, tall = steps * (SLOT + GAP) - GAP, HEAD + TALL + FOOT
    name = "steps-" + sha256(repr((columns, title, top)).encode()).hexdigest()[:10]
    base, right = number(HEAD + TALL), number(wide)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="steps-drawn" role="img"'
        f' aria-labelledby="{name}-title {name}-text" width="{right}" height="{number(tall)}"'
        f' viewBox="0 0 {right} {number(tall)}">'
        f'<title id="{name}-title">{text(title)}</title><desc id="{name}-text">{text(description)}</desc>'
        f'<path class="base" d="M0 {base}H{right}"/>{"".join(_column(it, TALL / top) for it in columns)}'
        f'<text class="scale" x="0" y="{number(tall - 3)}">{text(ends[0])}</text>'
        f'<text class="scale end" x="{right}" y="{number(tall - 3)}">{text(ends[1])}</text></svg>'
    )


def height(it: Column) -> float:
    """The share of each of its steps, were they all alike: what `draw` needs ``top`` for."""
    return it.high / _span(it)


def _span(it: Column) -> int:
    return it.last - it.first + 1


def _column(it: Column, scale: float) -> str:
    span = _span(it)
    left, wide = it.first * (SLOT + GAP), span * (SLOT + GAP) - GAP
    low, high = (round(scale * share / span, 1) for share in (it.low, it.high))
    parts = [_bar("sure", left, wide, HEAD + TALL - low, low)] if low else []
    if high > low:
        parts.append(_bar("unsure", left, wide, HEAD + TALL - high, high - low))
    parts.append(
        f'<text class="says" x="{number(left + wide / 2)}" y="{number(HEAD + TALL - high - 4)}">{text(it.says)}</text>'
    )
    return "".join(parts)


def _bar(code: str, left: float, wide: float, top: float, tall: float) -> str:
    return f'<rect class="{code}" x="{number(left)}" y="{number(top)}" width="{number(wide)}" height="{number(tall)}"/>'
