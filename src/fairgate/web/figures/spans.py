"""Places and ranges on one scale, a line each, as plain SVG: classes only, so the page's own colours and its strict policy
hold. The scale is even, or logarithmic; a place off it is drawn at its edge. Knows no Django.

Each line has its words above it; what is a place (a dot), a range (a bar) and from where to where something swings (two ends)
differs in shape before it differs in colour.
"""

import math
from collections.abc import Iterator, Sequence
from hashlib import sha256
from textwrap import wrap
from typing import NamedTuple

from fairgate.web.figures.flow_map.marks import number, text

WIDTH, EDGE, WORDS, FOOT = 340.0, 8.0, 15.0, 22.0
LETTERS = 44  # as many fit on a line; beside each other fewer, with a gap between
BESIDE = 40


class Span(NamedTuple):
    """``at`` is a place with a range around it; without it ``low`` to ``high`` is a bar. All None: words only. ``code``
    becomes a class, such as ``records``."""

    label: str
    says: str
    low: float | None = None
    high: float | None = None
    at: float | None = None
    code: str = "span"


class Tick(NamedTuple):
    value: float
    label: str


class Scale(NamedTuple):
    low: float
    high: float
    ticks: Sequence[Tick]
    is_log: bool = False

    def place(self, value: float) -> float:
        """From 0 to 1, held inside."""
        low, value, high = (
            math.log(x) if self.is_log else x for x in (self.low, self._held(value), self.high)
        )
        return (value - low) / (high - low) if high > low else 0.5

    def _held(self, value: float) -> float:
        return min(max(value, self.low), self.high)


def decades(low: float, high: float) -> Scale:
    """A logarithmic scale of whole powers of ten around ``low`` to ``high``, both above 0."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    last = max(last, first + 1)
    ticks = [Tick(10.0**k, f"{10.0**k:g}") for k in range(first, last + 1)]
    return Scale(ticks[0].value, ticks[-1].value, ticks, is_log=True)


def draw(
    spans: Sequence[Span], scale: Scale, *, title: str, description: str, zero: float | None = None
) -> str:
    """The lines as an SVG element, the same for the same input; ``zero`` gets a line of its own."""
    name = "spans-" + sha256(repr((spans, scale, title)).encode()).hexdigest()[:10]
    drawn, height = [], 0.0
    for span in spans:
        part, tall = _span(span, scale, height)
        drawn.append(part)
        height += tall
    height += FOOT
    parts = [_tick(tick, scale, height) for tick in scale.ticks]
    if zero is not None:
        parts.append(f'<path class="zero" d="M{_x(scale, zero)} 0V{number(height - FOOT)}"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="spans" role="img" aria-labelledby="{name}-title {name}-text"'
        f' width="{number(WIDTH)}" height="{number(height)}" viewBox="0 0 {number(WIDTH)} {number(height)}">'
        f'<title id="{name}-title">{text(title)}</title><desc id="{name}-text">{text(description)}</desc>'
        f"{''.join([*parts, *drawn])}</svg>"
    )


def _x(scale: Scale, value: float) -> str:
    return number(round(EDGE + (WIDTH - 2 * EDGE) * scale.place(value), 1))


def _tick(tick: Tick, scale: Scale, height: float) -> str:
    x, share = _x(scale, tick.value), scale.place(tick.value)
    side = "first" if share < 0.05 else "last" if share > 0.95 else "middle"
    return (
        f'<g class="grid {side}"><path d="M{x} 0V{number(height - FOOT)}"/>'
        f'<text x="{x}" y="{number(height - 6)}">{text(tick.label)}</text></g>'
    )


def _span(span: Span, scale: Scale, top: float) -> tuple[str, float]:
    """The line and how tall it is: words that don't fit beside each other stand below each other."""
    label = wrap(span.label, LETTERS) or [""]
    beside = len(label) == 1 and len(span.label) + len(span.says) < BESIDE
    rows = [(EDGE, "name", words) for words in label]
    rows += [(WIDTH - EDGE, "says", span.says)] if beside else [(EDGE, "below", span.says)]
    last = len(label) - 1 if beside else len(label)
    middle = top + WORDS * (last + 1) + 13
    parts = [
        f'<text class="{kind}" x="{number(x)}" y="{number(top + WORDS * (min(at, last) + 1))}">{text(words)}</text>'
        for at, (x, kind, words) in enumerate(rows)
    ]
    parts += _marks(span, scale, middle)
    tall = middle - top + (16 if span.low is not None or span.at is not None else -6)
    return f'<g class="line {text(span.code)}">{"".join(parts)}</g>', tall


def _marks(span: Span, scale: Scale, middle: float) -> Iterator[str]:
    if span.low is not None and span.high is not None:
        left, right = sorted((span.low, span.high))
        kind = "bar" if span.at is None else "range"
        yield f'<path class="{kind}" d="M{_x(scale, left)} {number(middle)}H{_x(scale, right)}"/>'
    if span.at is not None:
        yield f'<circle class="dot" cx="{_x(scale, span.at)}" cy="{number(middle)}" r="5"/>'
