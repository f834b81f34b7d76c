"""Where everything stands: boxes in columns, lines as the points they pass through."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from fairgate.web.figures.flow_map.columns import columns
from fairgate.web.figures.flow_map.graph import Edge, Node, NodeKind
from fairgate.web.figures.flow_map.order import order
from fairgate.web.figures.flow_map.places import places

# Units of the drawing; at full size one is one CSS pixel.
BOX = 152.0
GAP = 80.0
LINE = 17.0
PADDING = 10.0
BETWEEN = 20.0
LANE = 16.0
PORT = 12.0
"""Between two lines that meet a box at one side."""
TALLEST = 240.0
MARGIN = 14.0


class Box(NamedTuple):
    node: Node
    column: int
    x: float
    y: float
    height: float


class Line(NamedTuple):
    edge: Edge
    points: list[tuple[float, float]]
    """From the side of one box to the side of another, two points a column that it passes."""
    back: bool


class Layout(NamedTuple):
    boxes: list[Box]
    """In reading order: column by column, from top to bottom."""
    lines: list[Line]
    width: float
    height: float


def layout(nodes: Sequence[Node], edges: Sequence[Edge], heights: Sequence[float]) -> Layout:
    """Lay out nodes with boxes of at least these heights, higher where many lines meet.

    Keys are distinct, edges know only these keys. A loop, from a node to itself, is left out.
    """
    number = {node.key: i for i, node in enumerate(nodes)}
    edges = [edge for edge in edges if edge.source != edge.target]
    arcs = [(number[edge.source], number[edge.target]) for edge in edges]
    last = [i for i, node in enumerate(nodes) if node.kind == NodeKind.EXTERNAL]
    column, back = columns(len(nodes), arcs, last)
    chains, at = _chains(arcs, back, column)
    layers: list[list[int]] = [[] for _ in range(max(column, default=-1) + 1)]
    for item, where in enumerate(at):
        layers[where].append(item)
    left, right = _neighbours(chains, len(at))
    heights = _roomy(heights, chains)
    room = [*(height + BETWEEN for height in heights), *([LANE] * (len(at) - len(nodes)))]
    layers = order(layers, left, right)
    y = [float(round(height + MARGIN)) for height in places(layers, left, right, room)]
    sides = _sides(chains, y, [*heights, *([0.0] * (len(at) - len(nodes)))])
    boxes = [
        Box(nodes[item], where, _x(where), y[item] - heights[item] / 2, heights[item])
        for where, layer in enumerate(layers)
        for item in layer
        if item < len(nodes)
    ]
    lines = [
        Line(edge, _points(chain, at, y, sides[i], reverse=i in back), i in back)
        for i, (edge, chain) in enumerate(zip(edges, chains, strict=True))
    ]
    bottom = max((y[item] + room[item] / 2 for item in range(len(at))), default=0.0)
    return Layout(boxes, lines, 2 * MARGIN + len(layers) * (BOX + GAP) - GAP, bottom)


def _x(column: int) -> float:
    return MARGIN + column * (BOX + GAP)


def _chains(
    arcs: Sequence[tuple[int, int]], back: set[int], column: list[int]
) -> tuple[list[list[int]], list[int]]:
    """Each arc as the items it passes from left to right, one a column; and the column of every item.

    Items beyond the nodes are lanes kept free for a line in the columns it only crosses.
    """
    at = list(column)
    chains = []
    for i, (a, b) in enumerate(arcs):
        start, end = (b, a) if i in back else (a, b)
        lanes = range(column[start] + 1, column[end])
        first = len(at)
        at.extend(lanes)
        chains.append([start, *range(first, first + len(lanes)), end])
    return chains, at


def _neighbours(chains: Sequence[list[int]], count: int) -> tuple[list[list[int]], list[list[int]]]:
    left: list[list[int]] = [[] for _ in range(count)]
    right: list[list[int]] = [[] for _ in range(count)]
    for chain in chains:
        for a, b in pairwise(chain):
            right[a].append(b)
            left[b].append(a)
    return left, right


def _roomy(heights: Sequence[float], chains: Sequence[list[int]]) -> list[float]:
    leaving, meeting = Counter(chain[0] for chain in chains), Counter(chain[-1] for chain in chains)
    lines = [max(leaving[node], meeting[node]) for node in range(len(heights))]
    return [max(height, min(PORT * (many + 1), TALLEST)) for height, many in zip(heights, lines, strict=True)]


def _sides(chains: Sequence[list[int]], y: list[float], height: Sequence[float]) -> list[tuple[float, float]]:
    """How far from its middle each line leaves its left box and meets its right one.

    Sorted by where the line comes from or goes to, so that lines at one side don't cross.
    """
    shifts = [[0.0, 0.0] for _ in chains]
    for end in (0, 1):
        meeting: dict[int, list[tuple[float, int]]] = {}
        for i, chain in enumerate(chains):
            here, next_one = (chain[0], chain[1]) if end == 0 else (chain[-1], chain[-2])
            meeting.setdefault(here, []).append((y[next_one], i))
        for here, lines in meeting.items():
            step = min(PORT, (height[here] - PORT) / max(len(lines) - 1, 1))
            for place, (_, i) in enumerate(sorted(lines)):
                shifts[i][end] = float(round((place - (len(lines) - 1) / 2) * step))
    return [(first, second) for first, second in shifts]


def _points(
    chain: list[int], at: list[int], y: list[float], shift: tuple[float, float], *, reverse: bool
) -> list[tuple[float, float]]:
    points = [(_x(at[chain[0]]) + BOX, y[chain[0]] + shift[0])]
    for lane in chain[1:-1]:
        points += [(_x(at[lane]), y[lane]), (_x(at[lane]) + BOX, y[lane])]
    points.append((_x(at[chain[-1]]), y[chain[-1]] + shift[1]))
    return points[::-1] if reverse else points
