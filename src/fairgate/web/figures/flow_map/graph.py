"""What a map is drawn from."""

from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple


class NodeKind(StrEnum):
    UNIT = "unit"
    EXTERNAL = "external"


class EdgeKind(StrEnum):
    """What passes from source to target. An edge of several kinds is drawn as the first of these it has."""

    RELEASE = "release"
    HELP = "help"
    WORK = "work"
    COUNTED = "counted"


class Node(NamedTuple):
    key: str
    label: str
    url: str = ""
    """Where the box leads; empty for a box that is no link."""
    kind: str = NodeKind.UNIT
    note: str = ""
    """A few words under the label, such as "gate over 2 units"."""


class Edge(NamedTuple):
    source: str
    target: str
    kinds: Collection[str] = (EdgeKind.WORK,)
    share: float | None = None
    """Between 0 and 1: how much of the target's work depends on this; drawn as width."""
    label: str = ""
    """Said when the line is pointed at; if short, and the map small, also written on it."""


class Words(NamedTuple):
    """The legend. Pages pass translated ones."""

    release: str = "releases or refuses (a gate)"
    help: str = "helps"
    work: str = "passes work on"
    counted: str = "counted in records only"
    returns: str = "runs from right to left"
    external: str = "external customer"
    to: str = "to"
    empty: str = "There is nothing to draw yet."


def strongest(kinds: Collection[str]) -> EdgeKind:
    """The kind an edge is drawn as; ``work`` for an edge that names none."""
    return next((kind for kind in EdgeKind if kind in kinds), EdgeKind.WORK)
