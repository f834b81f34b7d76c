"""The drawing itself."""

from collections.abc import Sequence
from hashlib import sha256

from fairgate.web.figures.flow_map.graph import Edge, EdgeKind, Node, NodeKind, Words, strongest
from fairgate.web.figures.flow_map.labels import shortened, width, wrapped
from fairgate.web.figures.flow_map.layout import (
    BOX,
    GAP,
    LINE,
    MARGIN,
    PADDING,
    Box,
    Layout,
    Line,
    layout,
)
from fairgate.web.figures.flow_map.legend import legend
from fairgate.web.figures.flow_map.marks import arrow, curve, diamond, number, text, thickness

EM = 13.0
SMALL = 12.0
ROOM = (BOX - 2 * PADDING) / EM
ENGLISH = Words()
NARROWEST = 340.0
LABELLED = 30
"""Up to so many lines carry their short labels; on more they would only cover each other."""


def draw(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    *,
    title: str,
    description: str,
    focus: str | None = None,
    words: Words = ENGLISH,
) -> str:
    """The map as an SVG element, the same for the same input.

    ``focus`` is the key of a node to set off, with the lines that touch it. Colours come from
    the page's style sheet: the page's policy refuses inner styles. Raises ValueError for keys that occur twice
    and for an edge whose end is no node.
    """
    _check(nodes, edges)
    labels = {node.key: _lines(node) for node in nodes}
    plan = layout(nodes, edges, [_height(*labels[node.key]) for node in nodes])
    across = max(plan.width, NARROWEST)
    key, used = legend(_kinds(edges, plan), words, min(across, 720.0), plan.height + MARGIN)
    down = plan.height + MARGIN + used
    name = "flow-" + sha256(repr((nodes, edges, title, focus)).encode()).hexdigest()[:10]
    near = _near(edges, focus)
    names = {node.key: node.label for node in nodes}
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="flow columns-{_columns(plan)}" role="group"'
            f' aria-labelledby="{name}-title {name}-text" width="{number(across)}" height="{number(down)}"'
            f' viewBox="0 0 {number(across)} {number(down)}">',
            f'<title id="{name}-title">{text(title)}</title>',
            f'<desc id="{name}-text">{text(description)}</desc>',
            ""
            if nodes
            else f'<text class="note" x="{MARGIN}" y="{MARGIN + LINE}">{text(words.empty)}</text>',
            '<g class="edges">',
            *(_edge(line, names, words, focus=focus, named=len(edges) <= LABELLED) for line in plan.lines),
            '</g><g class="nodes">',
            *(_node(box, *labels[box.node.key], focus=focus, near=near) for box in plan.boxes),
            f"</g>{key}</svg>",
        ]
    )


def _check(nodes: Sequence[Node], edges: Sequence[Edge]) -> None:
    keys = {node.key for node in nodes}
    if len(keys) != len(nodes):
        raise ValueError("Two nodes have the same key.")
    for edge in edges:
        if lost := {edge.source, edge.target} - keys:
            raise ValueError(f"An edge ends at {sorted(lost)[0]!r}, which is no node.")


def _lines(node: Node) -> tuple[list[str], str]:
    """The label on up to two lines, and the note on one."""
    room = ROOM - 1 if node.kind == NodeKind.EXTERNAL else ROOM  # round ends
    return wrapped(node.label, room) or ["–"], shortened(node.note, room * EM / SMALL)


def _height(label: list[str], note: str) -> float:
    return 2 * PADDING + LINE * (len(label) + bool(note)) - 2


def _near(edges: Sequence[Edge], focus: str | None) -> set[str] | None:
    """The keys next to the focus and its own, or None if nothing is set off."""
    if focus is None:
        return None
    return {focus} | {key for edge in edges if focus in edge[:2] for key in edge[:2]}


def _kinds(edges: Sequence[Edge], plan: Layout) -> set[str]:
    shown: set[str] = {strongest(edge.kinds) for edge in edges if edge.source != edge.target}
    if any(line.back for line in plan.lines):
        shown.add("returns")
    if any(box.node.kind == NodeKind.EXTERNAL for box in plan.boxes):
        shown.add("external")
    return shown


def _columns(plan: Layout) -> str:
    many = max((box.column + 1 for box in plan.boxes), default=1)
    return str(many) if many <= 8 else "many"


def _edge(line: Line, names: dict[str, str], words: Words, *, focus: str | None, named: bool) -> str:
    edge, kind = line.edge, strongest(line.edge.kinds)
    classes = ["edge", kind, thickness(edge.share)]
    if line.back:
        classes.append("back")
    if focus is not None:
        classes.append("near" if focus in edge[:2] else "far")
    parts = [
        f'<g class="{" ".join(classes)}"><title>{text(_said(edge, names, words))}</title>',
        curve(line.points),
    ]
    parts.append(arrow(line.points, kind))
    if kind is EdgeKind.RELEASE:
        parts.append(diamond(line.points))
    if named and edge.label and width(edge.label) * SMALL <= GAP - 30:
        (x1, y1), (x2, y2) = line.points[-2:]
        x, y = (x1 + x2) / 2, (y1 + y2) / 2 - 5
        parts.append(f'<text class="label" x="{number(x)}" y="{number(y)}">{text(edge.label)}</text>')
    return "".join([*parts, "</g>"])


def _said(edge: Edge, names: dict[str, str], words: Words) -> str:
    """Quality unit to Warehouse: releases or refuses (a gate), 62%."""
    kinds = [getattr(words, kind) for kind in EdgeKind if kind in edge.kinds]
    facts = ", ".join([*kinds, edge.label] if edge.label else kinds)
    return f"{names[edge.source]} {words.to} {names[edge.target]}: {facts}"


def _node(box: Box, label: list[str], note: str, *, focus: str | None, near: set[str] | None) -> str:
    node = box.node
    classes = ["node", node.kind if node.kind in set(NodeKind) else NodeKind.UNIT]
    if node.key == focus:
        classes.append("focus")
    elif near is not None and node.key not in near:
        classes.append("far")
    full = ". ".join(part for part in (node.label, node.note) if part)
    x, middle = number(box.x), number(box.x + BOX / 2)
    corner = box.height / 2 if node.kind == NodeKind.EXTERNAL else 3.0
    first = box.y + (box.height - LINE * (len(label) + bool(note))) / 2 + EM
    words = [
        f'<text x="{middle}" y="{number(first + i * LINE)}">{text(line)}</text>'
        for i, line in enumerate(label)
    ]
    if note:
        below = number(first + len(label) * LINE)
        words.append(f'<text class="note" x="{middle}" y="{below}">{text(note)}</text>')
    shape = (
        f'<title>{text(full)}</title><rect x="{x}" y="{number(box.y)}" width="{number(BOX)}"'
        f' height="{number(box.height)}" rx="{number(corner)}"/>{"".join(words)}'
    )
    if not node.url:
        return f'<g class="{" ".join(classes)}">{shape}</g>'
    return f'<a class="{" ".join(classes)}" href="{text(node.url)}" aria-label="{text(full)}">{shape}</a>'
