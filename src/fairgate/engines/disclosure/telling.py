"""How one item is told, group by group, and what telling a group more coarsely opens and costs."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from fairgate.engines.disclosure.answers import STEPS, Ints
from fairgate.engines.disclosure.coding import HIDDEN, Shown, rungs_below, tell
from fairgate.engines.disclosure.layout import Layout
from fairgate.engines.disclosure.lines import widths
from fairgate.engines.disclosure.system import System, needed_for, told_by


@dataclass
class Telling:
    """How one item is told, group by group: ``rungs`` [G], −1 where an earlier publication fixed it (``fixed`` [G]);
    ``same`` [G] the first group of the same ballots, which is told in the same way."""

    layout: Layout
    counts: Ints
    rungs: Ints
    fixed: list[Shown | None]
    width: int
    same: Ints
    _told: dict[tuple[int, int], Shown | None] = field(default_factory=dict)
    _lines: dict[tuple[int, int], tuple[Ints, Ints]] = field(default_factory=dict)

    def at(self, group: int, rung: int) -> Shown | None:
        if rung < 0:
            return self.fixed[group]
        if (group, rung) not in self._told:
            self._told[group, rung] = tell(self.counts[group], rung)
        return self._told[group, rung]

    def shown(self) -> list[Shown | None]:
        return [self.at(group, rung) for group, rung in enumerate(self.rungs.tolist())]

    def widths(self, group: int) -> Ints:
        return self._looked_at(group, int(self.rungs[group]))[0]

    def needed(self, group: int) -> Ints:
        """How wide each pattern has to stay [patterns]."""
        return self._looked_at(group, int(self.rungs[group]))[1]

    def _looked_at(self, group: int, rung: int) -> tuple[Ints, Ints]:
        """What `lines` ask of a group told on ``rung``."""
        if (group, rung) not in self._lines:
            one, counts = self.at(group, rung), self.counts[[group]]
            self._lines[group, rung] = (
                widths(one, int(counts.sum())),
                needed_for([one], counts, self.width)[0],
            )
        return self._lines[group, rung]

    def coarsen(self, groups: Sequence[int], pattern: int) -> bool:
        """Tells the cheapest of ``groups`` so that ``pattern`` becomes wider; False where none can."""
        best: tuple[int, int, int] | None = None
        for group in groups:
            rung = self._wider(group, pattern)
            if rung is not None:
                raters = int(self.counts[group, :STEPS].sum())
                cost = (raters * (rung - int(self.rungs[group])), group, rung)
                best = cost if best is None else min(best, cost)
        if best is None:
            return False
        self.rungs[self.same == self.same[best[1]]] = best[2]
        return True

    def hide(self, groups: Ints) -> None:
        """These, and with each those of the same ballots."""
        self.rungs[np.isin(self.same, self.same[groups])] = HIDDEN

    def _wider(self, group: int, pattern: int) -> int | None:
        now = int(self.rungs[group])
        if now < 0 or now >= HIDDEN:
            return None
        before = self.widths(group)[pattern]
        for rung in rungs_below(now):
            if self._looked_at(group, rung)[0][pattern] > before:
                return rung
        return None


def retold(telling: Telling, system: System) -> System:
    shown = telling.shown()
    return system.telling(told_by(shown), needed_for(shown, telling.counts, telling.width))
