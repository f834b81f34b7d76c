"""The counted paths as an absorbing chain: what is cut off, and what is lost, without a unit."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from fairgate.engines.customers.arrays import Places, sums
from fairgate.engines.customers.chain import Chain, shares
from fairgate.engines.customers.figures import NOT_SERVED, START, Figures
from fairgate.engines.customers.relations import UNNAMED_CUSTOMER
from fairgate.engines.customers.removal import cut_off, rerouted


@dataclass(frozen=True, eq=False)
class Paths:
    """States are (process, unit) pairs, placeholders and missing units among them: work really passes
    there."""

    figures: Figures

    @cached_property
    def states(self) -> Places:
        """Each state as one number, sorted."""
        return np.unique(self._state(self.figures.moves["process"], self.figures.moves["target"]))

    def _state(self, process: Places, unit: Places) -> Places:
        return process * (len(self.figures.units) + 1) + unit + 1

    @cached_property
    def unit(self) -> Places:
        """The unit of each state, -1 missing."""
        return self.states % (len(self.figures.units) + 1) - 1

    @cached_property
    def by_value(self) -> Chain:
        return self._chain("value")

    @cached_property
    def by_documents(self) -> Chain:
        """The same paths where documents worth nothing count too: for what can be reached at all."""
        return self._chain("documents")

    def _chain(self, weight: str) -> Chain:
        moves, ends = self.figures.moves, self.figures.ends
        n, externals, processes = (
            len(self.states),
            len(self.figures.externals) + 1,
            len(self.figures.processes),
        )
        begins = moves["source"] == START
        inner = moves.where_not(source=START)
        source = np.searchsorted(self.states, self._state(inner["process"], inner["source"]))
        target = np.searchsorted(self.states, self._state(inner["process"], inner["target"]))
        last = np.searchsorted(self.states, self._state(ends["process"], ends["unit"]))
        moved, ended = inner[weight].astype(np.float64), ends[weight].astype(np.float64)
        out = sums(moved, source, n) + sums(ended, last, n)
        done = ends["external"] != NOT_SERVED
        first = np.searchsorted(self.states, self._state(moves["process"], moves["target"])[begins])
        entering, process = moves[weight][begins].astype(np.float64), moves["process"][begins]
        volume = sums(entering, process, processes)
        return Chain(
            flow=shares(moved, source, target, out, (n, n)),
            served=shares(ended[done], last[done], ends["external"][done] % externals, out, (n, externals)),
            start=shares(entering, process, first, volume, (processes, n)),
            volume=volume,
        )

    def rerouted(self, unit: int) -> float:
        """The share of served value lost when everyone who handed over to the unit uses their other ways."""
        return rerouted(self.by_value, np.flatnonzero(self.unit == unit))

    def indispensable_to(self, unit: int) -> tuple[str, ...]:
        """External customers, then named units, that no counted path reaches without this unit."""
        chain = self.by_documents
        cut_states, cut_customers = cut_off(chain, np.flatnonzero(self.unit == unit))
        names = (*self.figures.externals, UNNAMED_CUSTOMER)
        served = np.unique(self.figures.served["external"] % len(names))
        customers = [names[x] for x in served if cut_customers[x]]
        others = np.flatnonzero(self.figures.named)
        still_reached = np.unique(self.unit[~cut_states])
        units = [self.figures.units[w] for w in np.setdiff1d(others, still_reached) if w != unit]
        return (*sorted(customers), *sorted(units))
