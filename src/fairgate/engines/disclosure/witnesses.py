"""Proof that a figure stays open: two solutions in whole numbers, both true to all that was told, far enough apart.

A linear program bounds from outside; for linked tables its fractional ends may be out of reach of real counts, and an attacker
knows that counts are whole. So openness is proved from inside: small moves (`moves`), then integer programs (HiGHS through
scipy's ``milp``) go for everything still missing at once, one way in one round and the other way in the next, then for what is
left alone. Every solution is checked exactly (`System.allows`) before it counts: a fault of the solver can hide too
much, not too little.

An *insider* knows an own ballot: that x[c, l] ≥ 1 for its class c and step l. To spare a proof for each, they are taken
together: kind j keeps, in every class at once, a ballot of the j-th step that is there. What is reached so is open to each
insider of kind j. A first round keeps one of each, and so serves everybody.
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.disclosure.answers import Ints
from fairgate.engines.disclosure.moves import Moves
from fairgate.engines.disclosure.program import Narrowed, Program
from fairgate.engines.disclosure.system import System

NEAR, FAR, IDLE = 60, 6, 1
"""How many rounds of small moves and of programs at most; how many without finding more end them."""
ALONE, MOST_ALONE = 1, 10
FEW, SOME, SMALL = 8, 12, 12
"""A program frees the classes of so many missing figures, and so many classes: small programs are quick."""


class Proof:
    """Solutions found so far. ``keeps`` [kinds][C, 6]: the first keeps nothing (those outside), the others kinds of insiders.
    ``low`` and ``high`` [kinds, G, patterns]: the furthest values reached."""

    def __init__(self, system: System, before: Callable[[int], Program | None] = lambda group: None) -> None:
        """``before``: the program of what had been told when a group was published; None where nothing had."""
        self.system, self.before = system, before
        self.keeps = [np.zeros_like(system.truth), *own_ballots(system.truth)]
        self.points: list[Ints] = []
        self.programs = 0
        self.known_before: dict[tuple[int, int, int], int] = {}
        self._start()

    def _start(self) -> None:
        self.program, self.moves = Program(self.system), Moves(self.system)
        start = self.system.values(self.system.truth)
        self.low = np.repeat(start[None], len(self.keeps), axis=0)
        self.high = self.low.copy()

    def missing(self, kind: int) -> NDArray[np.bool_]:
        """[G, patterns]: what is not proved open to ``kind``."""
        return np.asarray(self.high[kind] - self.low[kind] < self._needed(kind))

    def _needed(self, kind: int) -> Ints:
        needed = self.system.needed - (kind > 0)
        for (of, group, pattern), left in self.known_before.items():
            if of == kind:
                needed[group, pattern] = min(needed[group, pattern], left)
        return np.asarray(needed)

    def lower(self, kind: int, group: int, pattern: int) -> None:
        """Asks less of a figure where less was open ``before`` its group was published: what was told cannot be taken back."""
        at, before = (kind, group, pattern), self.before(group)
        if before is not None and at not in self.known_before:
            left = before.narrow(group, pattern, self.keeps[kind])
            self.known_before[at] = left.high - left.low

    def rests_on(self, kind: int, group: int, pattern: int) -> Ints | None:
        """Groups whose figures keep it narrow, as far as a small program sees; None where it is open after all."""
        self.lower(kind, group, pattern)
        one = np.zeros(self.system.needed.shape, bool)
        one[group, pattern] = True
        free = self._some(one, np.random.default_rng(group), SMALL)
        narrowed = self.program.narrow(group, pattern, self.keeps[kind], free)
        self.programs += 1
        if narrowed.high - narrowed.low >= self._needed(kind)[group, pattern]:
            self._alone(kind, group, pattern, near=False, seed=0, free=free)
        return narrowed.rests_on if self.missing(kind)[group, pattern] else None

    def note(self, x: Ints) -> None:
        """Takes a solution that was checked; keeps it if it reaches further."""
        values, further = self.system.values(x), False
        for kind, keep in enumerate(self.keeps):
            if (x >= keep).all():
                further |= bool((values < self.low[kind]).any() or (values > self.high[kind]).any())
                np.minimum(self.low[kind], values, out=self.low[kind])
                np.maximum(self.high[kind], values, out=self.high[kind])
        if further:
            self.points.append(x)

    def retell(self, system: System) -> None:
        """The same ballots, something else told: solutions that still fit stay."""
        self.system = system
        points, self.points = self.points, []
        self._start()
        for x in points:
            if system.allows(x):
                self.note(x)

    def search(self, kind: int, aside: NDArray[np.bool_] | None = None) -> None:
        """Looks for all that is missing to ``kind`` together: small moves first, then programs. Deterministic.

        ``aside`` [G]: groups not worth it now.
        """
        generator = np.random.default_rng(5 + kind)
        worth = np.ones((len(self.system.needed), 1), bool) if aside is None else ~aside[:, None]
        keeps = [np.minimum(self.system.truth, 1), self.keeps[0]] if kind == 0 else [self.keeps[kind]]
        for keep in keeps:
            self._rounds(kind, generator, NEAR, keep, worth, near=True)
        for group, pattern in np.argwhere(self.missing(kind) & worth)[:MOST_ALONE].tolist():
            for seed in range(ALONE):
                if self.missing(kind)[group, pattern]:
                    self._alone(kind, group, pattern, near=True, seed=seed)
        if len(self.system.truth) > SOME:
            self._rounds(kind, generator, FAR, self.keeps[kind], worth, near=False)

    def _rounds(
        self,
        kind: int,
        generator: np.random.Generator,
        rounds: int,
        keep: Ints,
        worth: NDArray[np.bool_],
        *,
        near: bool,
    ) -> None:
        """Until nothing is missing to ``kind``, or a few rounds found no more."""
        sides, before, idle = np.zeros(self.system.needed.shape), -1, 0
        for turn in range(rounds):
            missing = self.missing(kind) & worth
            idle = idle + 1 if missing.sum() == before else 0
            if not missing.any() or idle > IDLE:
                return
            before = int(missing.sum())
            sides = -sides if turn % 2 else generator.choice((-1.0, 1.0), sides.shape)
            free = None if near else self._some(missing, generator)
            aim = sides * missing * generator.uniform(0.5, 1.0, sides.shape)
            self._go(aim, keep, near=near, seed=turn, free=free)

    def reach(self, kind: int, group: int, pattern: int, needed: int) -> bool:
        """Goes for one of them alone, with more and more free to move; whether it is proved open by ``needed`` then."""
        generator, one = np.random.default_rng(group), np.zeros(self.system.needed.shape, bool)
        one[group, pattern] = True
        sizes = [size for size in (SOME, SOME, 2 * SOME, 4 * SOME) if size < len(self.system.truth)]
        for size in (*sizes, len(self.system.truth)):
            free = self._some(one, generator, size)
            self._alone(kind, group, pattern, near=False, seed=0, free=free)
            if self.high[kind, group, pattern] - self.low[kind, group, pattern] >= needed:
                return True
        return False

    def _alone(
        self,
        kind: int,
        group: int,
        pattern: int,
        *,
        near: bool,
        seed: int,
        free: Ints | None = None,
    ) -> None:
        for side in (1.0, -1.0):
            aim = np.zeros(self.system.needed.shape)
            aim[group, pattern] = side
            self._go(aim, self.keeps[kind], near=near, seed=seed, free=free)

    def conclude(self, kind: int) -> Iterator[tuple[int, int, Narrowed]]:
        """(group, pattern, what it can be narrowed to) of all that isn't open to ``kind``."""
        self.search(kind)
        for group, pattern in np.argwhere(self.missing(kind)).tolist():
            narrowed = self.unproved(kind, group, pattern)
            if narrowed is not None:
                yield group, pattern, narrowed

    def unproved(self, kind: int, group: int, pattern: int) -> Narrowed | None:
        """None where the figure is proved open after all; else what it can be narrowed to, as far as linear bounds say."""
        if self.rests_on(kind, group, pattern) is None:
            return None
        narrowed = self.program.narrow(group, pattern, self.keeps[kind])
        wide = narrowed.high - narrowed.low
        needed = int(self._needed(kind)[group, pattern])
        return None if wide >= needed and self.reach(kind, group, pattern, needed) else narrowed

    def _go(
        self,
        aim: NDArray[np.float64],
        keep: Ints,
        *,
        near: bool,
        seed: int,
        free: Ints | None = None,
    ) -> None:
        self.programs += not near
        x = self.moves.towards(aim, keep, seed) if near else self.program.furthest(aim, keep, free)
        if x is not None and (x >= keep).all() and self.system.allows(x):
            self.note(x)

    def _some(self, missing: NDArray[np.bool_], generator: np.random.Generator, size: int = SOME) -> Ints:
        """The classes of a few missing figures, those in small groups with them, and ``size`` others [C]."""
        members = self.system.members
        groups = generator.permutation(np.flatnonzero(missing.any(axis=1)))[:FEW]
        free = np.zeros(len(self.system.truth), bool)
        free[np.concatenate([members[[group]].indices[:SOME] for group in groups])] = True
        meeting = (members @ free.astype(np.int64) > 0) & (np.diff(members.indptr) <= SMALL)
        free |= members.T @ meeting.astype(np.int64) > 0
        free[generator.permutation(len(free))[:size]] = True
        return np.flatnonzero(free)


def own_ballots(truth: Ints) -> Iterator[Ints]:
    """One ballot of each class [C, 6]: all first kinds, then all second kinds, … until each was had."""
    there = truth > 0
    order = np.cumsum(there, axis=1) * there
    for kind in range(1, int(order.max(initial=0)) + 1):
        taken = np.minimum(order.max(axis=1), kind)
        yield ((order == taken[:, None]) & there).astype(np.int64)
