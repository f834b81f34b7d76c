"""The long-run tier: years of business under each policy, in months.

`live_through` validates nothing about the world (the scenario has), cuts the replicates into blocks, and hands each to
the compiled loop. Replicate r of set p is number p · replicates + r, and all policies of it read the same words.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.counterfactual.crews import Crew, Here, OnProgress
from fairgate.engines.counterfactual.draws import key_of
from fairgate.engines.counterfactual.errors import BadParameter, TooMuch
from fairgate.engines.counterfactual.month_loop import Outcomes, lives

LIVES = 6000  # in a task, about, whoever does it: a quarter of a second
MOST_RECORDS = 8_000_000  # 1.7 GB


@dataclass(frozen=True, eq=False)
class _Block:
    terms: NDArray[np.void]  # [sets in it, policies]
    first: int  # number of the first replicate
    counts: tuple[int, ...]  # replicates of each set in it
    months: int
    seed: int


def live_through(
    terms: NDArray[np.void],
    *,
    months: int,
    replicates: int,
    seed: int,
    crew: Crew | None = None,
    on_progress: OnProgress | None = None,
) -> NDArray[np.void]:
    """Outcomes ``[sets, policies, replicates]`` from terms ``[sets, policies]``; fields as in `month_loop.OUTCOMES`."""
    check_size(terms.shape[0] * terms.shape[1], months, replicates)
    sets, policies = terms.shape
    tasks = list(_blocks(terms, months, replicates, seed))
    parts = (crew or Here()).work(live_block, tasks, on_progress)
    whole = np.concatenate(parts, axis=1)  # [policies, sets · replicates]
    return whole.reshape(policies, sets, replicates).swapaxes(0, 1)


def check_size(rows: int, months: int, replicates: int) -> None:
    """Errors: BadParameter, TooMuch."""
    if not 1 <= months <= 1200:
        raise BadParameter("years", f"{months / 12:g}", "a number from 1/12 to 100")
    if replicates < 2:
        raise BadParameter("replicates", replicates, "a whole number from 2 on")
    if rows * replicates > MOST_RECORDS:
        raise TooMuch(
            f"{rows:,} policies and sets of values × {replicates:,} replicates are more than {MOST_RECORDS:,}, "
            "which is what fits into memory. Ask for fewer replicates.",
            "replicates",
        )


def live_block(block: _Block) -> NDArray[np.void]:
    """One task: outcomes ``[policies, replicates]``."""
    out = np.recarray((block.terms.shape[1], sum(block.counts)), dtype=Outcomes)
    done = 0
    for row, count in zip(block.terms, block.counts, strict=True):
        lives(row, block.first + done, *key_of(block.seed), block.months, out[:, done : done + count])
        done += count
    return out.view(np.ndarray)


def _blocks(terms: NDArray[np.void], months: int, replicates: int, seed: int) -> list[_Block]:
    made = []
    total = len(terms) * replicates
    size = max(20, LIVES // terms.shape[1])
    for first in range(0, total, size):
        last = min(first + size, total)
        sets = range(first // replicates, (last - 1) // replicates + 1)
        counts = tuple(min(last, (s + 1) * replicates) - max(first, s * replicates) for s in sets)
        made.append(_Block(terms[sets.start : sets.stop], first, counts, months, seed))
    return made
