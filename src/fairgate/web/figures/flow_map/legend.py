"""What the marks mean, under the map: only what occurs in it."""

from collections.abc import Collection

from fairgate.web.figures.flow_map.graph import EdgeKind, Words
from fairgate.web.figures.flow_map.labels import width
from fairgate.web.figures.flow_map.marks import arrow, curve, diamond, number, text

SAMPLE = 46.0
SMALL = 12.0
ROW = 24.0
MARGIN = 14.0


def legend(shown: Collection[str], words: Words, across: float, top: float) -> tuple[str, float]:
    """The legend as an element whose rows fit into ``across``, and how much height it takes."""
    keys = [key for key in (*EdgeKind, "returns", "external") if key in shown]
    if not keys:
        return "", 0.0
    x, y, parts = MARGIN, top + ROW / 2, []
    for key in keys:
        said = getattr(words, key)
        needs = SAMPLE + 8 + width(said) * SMALL + 22
        if x > MARGIN and x + needs > across:
            x, y = MARGIN, y + ROW
        parts.append(_sample(key, x, y))
        parts.append(f'<text x="{number(x + SAMPLE + 8)}" y="{number(y + 4)}">{text(said)}</text>')
        x += needs
    return f'<g class="legend">{"".join(parts)}</g>', y - top + ROW / 2 + MARGIN


def _sample(key: str, x: float, y: float) -> str:
    if key == "external":
        return (
            f'<g class="node external"><rect x="{number(x)}" y="{number(y - 8)}" width="{number(SAMPLE)}"'
            f' height="16" rx="8"/></g>'
        )
    points = [(x, y), (x + SAMPLE, y)]
    if key == "returns":
        return f'<g class="edge work back w2">{curve(points[::-1])}{arrow(points[::-1], EdgeKind.WORK)}</g>'
    kind = EdgeKind(key)
    gate = diamond(points) if kind is EdgeKind.RELEASE else ""
    return f'<g class="edge {kind} w2">{curve(points)}{arrow(points, kind)}{gate}</g>'
