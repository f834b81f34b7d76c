"""From an order to heights: straight lines where possible, and never two things on one spot."""

from collections.abc import Sequence

from fairgate.web.figures.flow_map.order import LARGE, Neighbours, middle


def places(
    layers: Sequence[Sequence[int]], left: Neighbours, right: Neighbours, room: Sequence[float]
) -> list[float]:
    """The centre's height of each item.

    Items of one layer keep their order and stay ``room[i]`` apart (their own height and the space around it);
    each is as near to the middle of its neighbours as that allows, in the sense of least squares.
    """
    y = [0.0] * len(room)
    for layer in layers:
        total = 0.0
        for item in layer:
            y[item] = total + room[item] / 2
            total += room[item]
    for sweep in range(6 if len(room) < LARGE else 1):
        near = left if sweep % 2 == 0 else right
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            _settle(layer, near, room, y)
    both = [[*left[item], *right[item]] for item in range(len(room))]
    for layer in layers:
        _settle(layer, both, room, y)
    top = min((y[item] - room[item] / 2 for item in range(len(room))), default=0.0)
    return [height - top for height in y]


def _settle(layer: Sequence[int], near: Neighbours, room: Sequence[float], y: list[float]) -> None:
    """Best heights of one layer with its neighbours held.

    With the room that the items above need taken off each wish, this is isotonic regression, solved by
    pooling adjacent violators.
    """
    offset, above = [], 0.0
    for item in layer:
        offset.append(above + room[item] / 2)
        above += room[item]
    pools: list[tuple[float, int]] = []  # mean, size
    for item, shift in zip(layer, offset, strict=True):
        mean, size = middle(near[item], y, y[item]) - shift, 1
        while pools and pools[-1][0] > mean:
            before, many = pools.pop()
            mean, size = (before * many + mean * size) / (many + size), many + size
        pools.append((mean, size))
    settled = [mean for mean, size in pools for _ in range(size)]
    for item, shift, height in zip(layer, offset, settled, strict=True):
        y[item] = height + shift
