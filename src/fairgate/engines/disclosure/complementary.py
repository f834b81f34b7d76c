"""Complementary suppression: what would give away a figure that is hidden or coded is told more coarsely, too.

    what lines give away    → the cheapest of the others, more coarsely (`lines`)
    what is not proved open → a figure it rests on, by linear programming, more coarsely; again, until all is proved

Every step goes down a ladder that ends in *hidden*, so it ends; if it takes too long, the item is withheld in whole tables. What
comes out was proved open by the same `witnesses` that the audit uses. Small, not smallest: the smallest is NP-hard (Kelly,
Golden & Assad 1992, *Networks* 22:397).
"""

import numpy as np

from fairgate.engines.disclosure.answers import Ints
from fairgate.engines.disclosure.coding import HIDDEN
from fairgate.engines.disclosure.lines import Line, lines, relax
from fairgate.engines.disclosure.telling import Telling, retold
from fairgate.engines.disclosure.witnesses import Proof

MOST_TURNS = 60
MOST_PROGRAMS, MORE_PROGRAMS = 300, 75
"""Programs solved for an item until a table of it is withheld, and from each such table to the next."""

Figured = tuple[int, int, int]
"""Kind of insider, group, pattern."""


def settle(telling: Telling, proof: Proof) -> Proof:
    """Coarsens until everything is proved open, or nothing new is left to coarsen.

    Work is counted in programs, not in seconds. Once there were too many, the item is withheld in one table after another.
    """
    system, found, most = proof.system, list(lines(telling.layout)), MOST_PROGRAMS
    _relax(telling, found)
    proof.retell(retold(telling, system))
    given_up: set[Figured] = set()
    for turn in range(1, MOST_TURNS + 1):
        if not _mend(telling, proof, given_up, turn, most):
            return proof
        if proof.programs >= most:
            _withhold(telling, proof)
            most = proof.programs + MORE_PROGRAMS
        _relax(telling, found)
        proof.retell(retold(telling, system))
    telling.hide(np.flatnonzero(telling.rungs >= 0))
    proof.retell(retold(telling, system))
    return proof


def _withhold(telling: Telling, proof: Proof) -> None:
    """Hides the item in the new table that most of what is unproved lies in, of those that tell anything of it; the
    largest of equals."""
    of, open_to = telling.layout.table_of, (telling.rungs >= 0) & (telling.rungs < HIDDEN)
    if open_to.any():
        missing = sum(proof.missing(kind)[: len(of)].sum(axis=1) for kind in range(len(proof.keeps)))
        score = {
            int(at): (int((missing * (of == at)).sum()), int((of == at).sum()))
            for at in np.unique(of[open_to])
        }
        telling.hide(np.flatnonzero((of == max(score, key=lambda at: score[at])) & (telling.rungs >= 0)))


def _mend(telling: Telling, proof: Proof, given_up: set[Figured], turn: int, most: int) -> bool:
    """Coarsens what the unproved rest on, more of it every ``turn``; False where all is proved, or nothing can be done.
    Stops with True once ``most`` programs were solved.

    Those outside first: what is too narrow for them is for insiders, too.
    """
    before, aside = telling.rungs.copy(), np.zeros(proof.system.members.shape[0], bool)
    for kind in range(len(proof.keeps)):
        proof.search(kind, aside)
        for group, pattern in np.argwhere(proof.missing(kind)).tolist():
            at = (kind, group, pattern)
            if proof.programs >= most:
                return True
            if aside[group] or at in given_up or not proof.missing(kind)[group, pattern]:
                continue
            near = _sharing(telling, group)
            if (before != telling.rungs)[near].any():
                aside[group] = True  # what was just coarsened beside it may be enough
                continue
            rests_on = proof.rests_on(*at)
            if rests_on is None:
                continue
            rests_on = rests_on[rests_on < len(before)]
            if (before != telling.rungs)[rests_on].any() or _coarsen(
                telling, group, (rests_on, near), pattern, turn
            ):
                aside[group] = True
            else:
                given_up.add(at)
        if kind == 0 and (before != telling.rungs).any():
            return True
    return bool((before != telling.rungs).any())


def _coarsen(telling: Telling, group: int, among: tuple[Ints, Ints], pattern: int, times: int) -> bool:
    """``times`` groups or rungs, of the first ``among`` if it can be, but for ``group`` itself where another can do; False where
    not even one can be."""
    first, then = ([int(g) for g in some if 0 <= telling.rungs[g] < HIDDEN] for some in among)
    first = [g for g in first if g != group] or first
    done = 0
    while done < times and (telling.coarsen(first, pattern) or telling.coarsen(then, pattern)):
        done += 1
    return done > 0


def _sharing(telling: Telling, group: int) -> Ints:
    """Groups of tables that share ballots with it."""
    labels = telling.layout.labels[:, telling.layout.members[[group]].indices]
    return np.unique(labels[labels >= 0])


def _relax(telling: Telling, found: list[Line]) -> None:
    relax(found, telling.widths, telling.needed, telling.coarsen)
