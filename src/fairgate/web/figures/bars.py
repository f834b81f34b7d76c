"""Bars in groups, all on one scale, as plain SVG: classes only, so the page's own colours and its strict policy hold.

Each bar has its words above it and its number at its end, so it reads on a phone and without colour. Knows no Django.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from fairgate.web.figures.flow_map.marks import number, text

WIDTH, ROOM = 340.0, 280.0
LINE, BAR, GAP, HEAD = 19.0, 10.0, 8.0, 26.0


class Bar(NamedTuple):
    """``value`` is at least 0; ``end`` stands at its end; ``code`` becomes a class, such as ``harm``."""

    label: str
    value: float
    end: str
    code: str


class Group(NamedTuple):
    heading: str
    bars: Sequence[Bar]


def draw(groups: Sequence[Group], *, title: str, description: str) -> str:
    """The bars as an SVG element, the same for the same input. Raises ValueError for a bar below zero."""
    values = [bar.value for group in groups for bar in group.bars]
    if min(values, default=0.0) < 0:
        raise ValueError("A bar below zero.")
    most = max(values, default=0.0) or 1.0
    name = "bars-" + sha256(repr((groups, title)).encode()).hexdigest()[:10]
    parts: list[str] = []
    at = 0.0
    for group in groups:
        at += HEAD
        parts.append(f'<text class="heading" x="0" y="{number(at - 8)}">{text(group.heading)}</text>')
        for bar in group.bars:
            parts.append(_bar(bar, at, most))
            at += LINE + BAR + GAP
        at += GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="bars" role="img" aria-labelledby="{name}-title {name}-text"'
        f' width="{number(WIDTH)}" height="{number(at)}" viewBox="0 0 {number(WIDTH)} {number(at)}">'
        f'<title id="{name}-title">{text(title)}</title><desc id="{name}-text">{text(description)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _bar(bar: Bar, top: float, most: float) -> str:
    long = round(ROOM * bar.value / most, 1)
    if bar.value:
        long = max(long, 1.5)
    middle = top + LINE + BAR - 1
    return (
        f'<g class="bar {text(bar.code)}"><text x="0" y="{number(top + LINE - 6)}">{text(bar.label)}</text>'
        f'<rect x="0" y="{number(top + LINE)}" width="{number(long)}" height="{number(BAR)}"/>'
        f'<text class="end" x="{number(long + 6)}" y="{number(middle)}">{text(bar.end)}</text></g>'
    )
