"""The links worth drawing: releases and hand-overs between all pairs of units at once.

`Counts.answer` tells everything about one unit; a map needs two figures about every pair, for hundreds of units.
"""

from collections.abc import Iterator
from typing import NamedTuple

from fairgate.engines.customers.arrays import Amounts
from fairgate.engines.customers.figures import Figures
from fairgate.engines.customers.relations import Relations, share_of
from fairgate.engines.customers.tally import Tally


class Link(NamedTuple):
    """``release``: of what the target serves, the share the source released (D_r). ``handover``: the share the source
    handed over to it, neither into a decision nor as a return."""

    source: str
    target: str
    release: float
    handover: float


def links(figures: Figures) -> Iterator[Link]:
    """Every pair of named units with a release or a hand-over, by codes of source and target."""
    worth, named, units = Relations(figures).worth, figures.named, figures.units
    released = _shares(figures.need, "supplier", "customer", "release", worth)
    handed = _shares(figures.handover, "source", "target", "value", worth)
    for source, target in sorted({*released, *handed}):
        if named[source] and named[target]:
            pair = source, target
            yield Link(units[source], units[target], released.get(pair, 0.0), handed.get(pair, 0.0))


def _shares(
    tally: Tally, source: str, target: str, figure: str, worth: Amounts
) -> dict[tuple[int, int], float]:
    """The figure added up over processes, as a share of what the target serves; pairs with nothing are left out."""
    pairs = Tally.of({source: tally[source], target: tally[target]}, {figure: tally[figure]}).having(figure)
    rows = zip(pairs[source].tolist(), pairs[target].tolist(), pairs[figure].tolist(), strict=True)
    return {
        (one, other): share_of(value, worth[other]) for one, other, value in rows if one >= 0 and other >= 0
    }
