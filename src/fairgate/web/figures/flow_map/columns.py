"""Which column each node stands in, and which arcs run back."""

from collections.abc import Collection, Sequence

Arc = tuple[int, int]


def columns(count: int, arcs: Sequence[Arc], last: Collection[int]) -> tuple[list[int], set[int]]:
    """Column of each of ``count`` nodes, and the positions in ``arcs`` of those that run back to the left.

    Every arc goes at least one column to the right, or to the left if it runs back; nodes in ``last``
    (external customers) stand to the right of all others. ``arcs`` hold no loops. Columns count from 0
    without a gap.
    """
    rank = _sequence(count, arcs, last)
    back = {i for i, (a, b) in enumerate(arcs) if rank[a] > rank[b]}
    forward = sorted(
        ((b, a) if i in back else (a, b) for i, (a, b) in enumerate(arcs)), key=lambda arc: rank[arc[0]]
    )
    column = [0] * count
    for a, b in forward:
        column[b] = max(column[b], column[a] + 1)
    _pull_right(column, forward)
    _send_to_the_end(column, forward, last)
    return _without_gaps(column), back


def _sequence(count: int, arcs: Sequence[Arc], last: Collection[int]) -> list[int]:
    """A rank for each node with few arcs against it: the greedy cycle removal of Eades, Lin & Smyth 1993
    (doi:10.1016/0020-0190(93)90079-O). Ties fall to the node named first, so the caller's order counts."""
    out: list[list[int]] = [[] for _ in range(count)]
    into: list[list[int]] = [[] for _ in range(count)]
    ends = set(last)
    for a, b in arcs:
        if (a in ends) == (b in ends):
            out[a].append(b)
            into[b].append(a)
    outgoing, incoming = [len(near) for near in out], [len(near) for near in into]
    left: list[int] = []
    right: list[int] = []
    waiting = dict.fromkeys(node for node in range(count) if node not in ends)
    for group in (waiting, dict.fromkeys(sorted(ends))):
        right.clear()
        while group:
            node, at_end = _next(group, outgoing, incoming)
            del group[node]
            (right if at_end else left).append(node)
            for near in out[node]:
                incoming[near] -= 1
            for near in into[node]:
                outgoing[near] -= 1
        left.extend(reversed(right))
    rank = [0] * count
    for place, node in enumerate(left):
        rank[node] = place
    return rank


def _next(group: dict[int, None], outgoing: list[int], incoming: list[int]) -> tuple[int, bool]:
    """The node to take, and whether it goes to the end: a source, else a sink, else the most outgoing."""
    sink = best = -1
    for node in group:
        if not incoming[node]:
            return node, False
        if sink < 0 and not outgoing[node]:
            sink = node
        if best < 0 or outgoing[node] - incoming[node] > outgoing[best] - incoming[best]:
            best = node
    return (sink, True) if sink >= 0 else (best, False)


def _pull_right(column: list[int], forward: Sequence[Arc]) -> None:
    """A node nobody provides for stands just left of whom it serves, not at the far left."""
    fed = {b for _, b in forward}
    nearest: dict[int, int] = {}
    for a, b in forward:
        if a not in fed:
            nearest[a] = min(nearest.get(a, column[b]), column[b])
    for node, first in nearest.items():
        column[node] = first - 1


def _send_to_the_end(column: list[int], forward: Sequence[Arc], last: Collection[int]) -> None:
    ends = set(last)
    end = max((column[node] + 1 for node in range(len(column)) if node not in ends), default=0)
    for node in ends:
        column[node] = end
    for a, b in forward:
        if a in ends:
            column[b] = max(column[b], column[a] + 1)


def _without_gaps(column: list[int]) -> list[int]:
    number = {old: new for new, old in enumerate(sorted(set(column)))}
    return [number[old] for old in column]
