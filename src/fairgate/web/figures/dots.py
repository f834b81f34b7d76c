"""Two dots a line on one scale from 0 to 100, one of them with its interval, as plain SVG: classes only, so the page's own
colours and its strict policy hold.

The two differ in shape (a ring, a full dot) before they differ in colour, and each line carries its words. Knows no Django.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from fairgate.web.figures.flow_map.marks import number, text

WIDTH, EDGE, LINE, WORDS, HEAD, FOOT = 340.0, 8.0, 46.0, 15.0, 30.0, 22.0
SCALE = (0, 25, 50, 75, 100)


class Line(NamedTuple):
    """Values are from 0 to 100; None isn't drawn. ``says`` stands at the end of the words above the line."""

    label: str
    says: str
    ring: float | None
    dot: float | None
    low: float | None
    high: float | None


def draw(lines: Sequence[Line], *, ring: str, dot: str, title: str, description: str) -> str:
    """The lines as an SVG element, the same for the same input; ``ring`` and ``dot`` say what the two are. Raises ValueError
    for a value off the scale."""
    for line in lines:
        if any(value is not None and not 0 <= value <= 100 for value in line[2:]):
            raise ValueError("A value off the scale from 0 to 100.")
    name = "dots-" + sha256(repr((lines, title)).encode()).hexdigest()[:10]
    height = HEAD + LINE * len(lines) + FOOT
    parts = [_legend(ring, dot), *(_grid(value, height) for value in SCALE)]
    parts += [_line(line, HEAD + LINE * at) for at, line in enumerate(lines)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="dots" role="img" aria-labelledby="{name}-title {name}-text"'
        f' width="{number(WIDTH)}" height="{number(height)}" viewBox="0 0 {number(WIDTH)} {number(height)}">'
        f'<title id="{name}-title">{text(title)}</title><desc id="{name}-text">{text(description)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _x(value: float) -> float:
    return round(EDGE + (WIDTH - 2 * EDGE) * value / 100, 1)


def _legend(ring: str, dot: str) -> str:
    half = WIDTH / 2
    return (
        f'<g class="legend"><circle class="ring" cx="{number(EDGE)}" cy="9" r="5"/>'
        f'<text x="{number(EDGE + 10)}" y="13">{text(ring)}</text>'
        f'<path class="range" d="M{number(half - 10)} 9h20"/><circle class="dot" cx="{number(half)}" cy="9" r="5"/>'
        f'<text x="{number(half + 15)}" y="13">{text(dot)}</text></g>'
    )


def _grid(value: int, height: float) -> str:
    x = number(_x(value))
    side = {0: "first", 100: "last"}.get(value, "middle")
    return (
        f'<g class="grid {side}"><path d="M{x} {number(HEAD)}V{number(height - FOOT)}"/>'
        f'<text x="{x}" y="{number(height - 6)}">{value}</text></g>'
    )


def _line(line: Line, top: float) -> str:
    middle = top + WORDS + 14
    parts = [
        f'<text class="name" x="{number(EDGE)}" y="{number(top + WORDS)}">{text(line.label)}</text>',
        f'<text class="says" x="{number(WIDTH - EDGE)}" y="{number(top + WORDS)}">{text(line.says)}</text>',
    ]
    if line.low is not None and line.high is not None:
        parts.append(
            f'<path class="range" d="M{number(_x(line.low))} {number(middle)}H{number(_x(line.high))}"/>'
        )
    if line.dot is not None:
        parts.append(f'<circle class="dot" cx="{number(_x(line.dot))}" cy="{number(middle)}" r="5"/>')
    if line.ring is not None:
        parts.append(f'<circle class="ring" cx="{number(_x(line.ring))}" cy="{number(middle)}" r="5"/>')
    return f'<g class="line">{"".join(parts)}</g>'
