"""Small charts one below the other, each a line with its range, all on the same scales, as plain SVG: classes only, so the
page's own colours and its strict policy hold. Each has its words above it, so none needs a legend or colour. Knows no Django.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from fairgate.web.figures.flow_map.marks import number, text

WIDTH, LEFT, RIGHT, WORDS, ROW, TALL, FOOT = 340.0, 54.0, 8.0, 20.0, 21.0, 56.0, 22.0
BESIDE = 40  # letters that fit on a line beside each other, with a gap between


class Point(NamedTuple):
    """``x`` from 0 to 1 across the chart."""

    x: float
    value: float
    low: float
    high: float


class Panel(NamedTuple):
    label: str
    says: str
    points: Sequence[Point]


class Mark(NamedTuple):
    """``at`` is from 0 to 1 on the way across; of a value it is the value."""

    at: float
    label: str


def draw(
    panels: Sequence[Panel],
    *,
    low: float,
    high: float,
    across: Sequence[Mark],
    up: Sequence[Mark],
    title: str,
    description: str,
    zero: bool = False,
) -> str:
    """The charts as an SVG element, the same for the same input. Raises ValueError where ``high`` isn't above ``low``."""
    if not low < high:
        raise ValueError("A scale without length.")
    name = "panels-" + sha256(repr((panels, title)).encode()).hexdigest()[:10]
    below = any(len(panel.label) + len(panel.says) > BESIDE for panel in panels)
    words = WORDS + (ROW if below else 0.0)
    each = words + TALL + FOOT
    height = each * len(panels)
    scale = (low, high)
    parts = [_panel(panel, each * at, words, scale, across, up, zero) for at, panel in enumerate(panels)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="panels" role="img" aria-labelledby="{name}-title {name}-text"'
        f' width="{number(WIDTH)}" height="{number(height)}" viewBox="0 0 {number(WIDTH)} {number(height)}">'
        f'<title id="{name}-title">{text(title)}</title><desc id="{name}-text">{text(description)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _panel(
    panel: Panel,
    top: float,
    words: float,
    scale: tuple[float, float],
    across: Sequence[Mark],
    up: Sequence[Mark],
    zero: bool,
) -> str:
    floor = top + words + TALL
    says = ("says", WIDTH - RIGHT, top + 13) if words == WORDS else ("below", 0.0, top + 28)

    def y(value: float) -> str:
        held = min(max(value, scale[0]), scale[1])
        return number(round(floor - TALL * (held - scale[0]) / (scale[1] - scale[0]), 1))

    parts = [
        f'<text class="name" x="0" y="{number(top + 13)}">{text(panel.label)}</text>',
        f'<text class="{says[0]}" x="{number(says[1])}" y="{number(says[2])}">{text(panel.says)}</text>',
        *(_height(mark, y(mark.at)) for mark in up),
        *(_place(mark, floor) for mark in across),
    ]
    if zero:
        parts.append(f'<path class="zero" d="M{number(LEFT)} {y(0.0)}H{number(WIDTH - RIGHT)}"/>')
    if panel.points:
        over = [f"{_x(point.x)} {y(point.high)}" for point in panel.points]
        under = [f"{_x(point.x)} {y(point.low)}" for point in reversed(panel.points)]
        parts.append(f'<path class="band" d="M{"L".join(over + under)}Z"/>')
        parts.append(
            f'<path class="curve" d="M{"L".join(f"{_x(p.x)} {y(p.value)}" for p in panel.points)}"/>'
        )
    return f'<g class="panel">{"".join(parts)}</g>'


def _x(share: float) -> str:
    return number(round(LEFT + (WIDTH - LEFT - RIGHT) * share, 1))


def _height(mark: Mark, y: str) -> str:
    down = number(float(y) + 4)
    return (
        f'<g class="grid up"><path d="M{number(LEFT)} {y}H{number(WIDTH - RIGHT)}"/>'
        f'<text x="{number(LEFT - 5)}" y="{down}">{text(mark.label)}</text></g>'
    )


def _place(mark: Mark, floor: float) -> str:
    side = "first" if mark.at < 0.05 else "last" if mark.at > 0.95 else "middle"
    return f'<text class="place {side}" x="{_x(mark.at)}" y="{number(floor + 14)}">{text(mark.label)}</text>'
