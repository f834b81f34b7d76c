"""The order inside each column, so that few lines cross."""

from bisect import bisect_right, insort
from collections.abc import Sequence

Neighbours = Sequence[Sequence[int]]
LARGE = 800
"""So many items, lanes included, get fewer rounds."""


def order(layers: Sequence[Sequence[int]], left: Neighbours, right: Neighbours) -> list[list[int]]:
    """The items of each layer from top to bottom: the barycentre method, sweeping both ways, best order kept.

    ``left[i]`` and ``right[i]`` are the items next to item i in the neighbouring layers.
    """
    now = [list(layer) for layer in layers]
    if sum(map(len, now)) >= LARGE:  # nobody follows single lines there: be quick
        for backwards in (False, True):
            _sweep(now, right if backwards else left, backwards=backwards)
        return now
    best, fewest = [list(layer) for layer in now], crossings(now, right)
    for sweep in range(8):
        if not fewest:
            break
        _sweep(now, left if sweep % 2 == 0 else right, backwards=sweep % 2 == 1)
        found = crossings(now, right)
        if found < fewest:
            best, fewest = [list(layer) for layer in now], found
    return best


def crossings(layers: Sequence[Sequence[int]], right: Neighbours) -> int:
    """How many pairs of lines cross, counted between neighbouring layers."""
    place = {item: i for layer in layers for i, item in enumerate(layer)}
    total = 0
    for layer in layers:
        seen: list[int] = []
        for item in layer:
            ends = sorted(place[near] for near in right[item])
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total


def _sweep(layers: list[list[int]], near: Neighbours, *, backwards: bool) -> None:
    place = [0.0] * len(near)
    for layer in layers:
        for i, item in enumerate(layer):
            place[item] = float(i)
    for layer in reversed(layers) if backwards else layers:
        weight = {item: middle(near[item], place, place[item]) for item in layer}
        layer.sort(key=weight.__getitem__)
        for i, item in enumerate(layer):
            place[item] = float(i)


def middle(near: Sequence[int], at: Sequence[float], own: float) -> float:
    """The mean place of the neighbours; its own for an item without any."""
    if len(near) == 1:  # a lane, as most items of a large map are
        return at[near[0]]
    return sum([at[other] for other in near]) / len(near) if near else own
