"""Lines, arrowheads and gates. Kinds differ in shape, not only in colour."""

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from fairgate.web.figures.flow_map.graph import EdgeKind

Points = Sequence[tuple[float, float]]
TIP = 9.0
_FORBIDDEN = dict.fromkeys((*range(32), *range(127, 160), 65534, 65535, *range(55296, 57344)), " ")


def number(value: float) -> str:
    """As short as it goes: the layout stands on whole units."""
    return f"{value:g}"


def text(words: str) -> str:
    """Anybody's words as the content or an attribute of an element: nothing in them is markup."""
    return escape(words.translate(_FORBIDDEN))


def thickness(share: float | None) -> str:
    """A class from w1 to w5; w2 where no share is known."""
    return "w2" if share is None else f"w{min(5, 1 + int(max(share, 0.0) * 5))}"


def curve(points: Points) -> str:
    """Across a gap a soft S, across a column straight; it ends where the arrowhead begins."""
    sign = _sign(points)
    way = [*points[:-1], (points[-1][0] - sign * (TIP - 2), points[-1][1])]
    parts = [f"M{number(way[0][0])} {number(way[0][1])}"]
    for i, ((x1, y1), (x2, y2)) in enumerate(pairwise(way)):
        if i % 2:
            parts.append(f"H{number(x2)}")
        else:
            middle = number((x1 + x2) / 2)
            parts.append(f"C{middle} {number(y1)} {middle} {number(y2)} {number(x2)} {number(y2)}")
    return f'<path class="line" d="{"".join(parts)}"/>'


def arrow(points: Points, kind: EdgeKind) -> str:
    """Filled for a release, an open angle for help, hollow for what was only counted, small for work."""
    (x, y), sign = points[-1], _sign(points)
    reach, half = (TIP - 2, 3.0) if kind is EdgeKind.WORK else (TIP, 4.5)
    back, up, down = number(x - sign * reach), number(y - half), number(y + half)
    close = "" if kind is EdgeKind.HELP else "Z"
    return f'<path class="tip" d="M{back} {up}L{number(x)} {number(y)} {back} {down}{close}"/>'


def diamond(points: Points) -> str:
    """The gate: where the line leaves the unit that decides."""
    (x, y), half = points[0], 6.0
    x += _sign(points) * (half + 3)
    return (
        f'<path class="gate" d="M{number(x - half)} {number(y)}L{number(x)} {number(y - half)}'
        f' {number(x + half)} {number(y)} {number(x)} {number(y + half)}Z"/>'
    )


def _sign(points: Points) -> int:
    return 1 if points[-1][0] >= points[-2][0] else -1
