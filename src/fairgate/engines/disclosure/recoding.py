"""One recoding for all ballots of a period, so that every combination of attributes is shared by at least k of them, who differ.

Each attribute may be taken as it is, coarsened by one of its maps, or dropped whole, the same for every ballot; team and outcome
stay. A ballot whose combination is then shared by fewer than k *answered* ballots is dropped and counted (k-anonymity by
global recoding: Samarati 2001, *IEEE Transactions on Knowledge and Data Engineering* 13:1010). So is one whose combination is
not *mixed*: where all who share it gave an item the same answer, whoever knows that somebody is among them knows what they said
(distinct l-diversity, l = 2: Machanavajjhala et al. 2007, *ACM Transactions on Knowledge Discovery from Data* 1:3). That somebody
couldn't judge is an answer like any other. Items that may be left out are, instead, where only they
aren't mixed: for all ballots that share the fixed attributes named for it with such a combination, so that it isn't said which it
was. Every way is tried and the one with the smallest loss is taken:

    loss = 1 − Σ_a H(a as recoded) / Σ_a H(a)  +  5 · share of ballots dropped

H the entropy in bits over all answered ballots, a the attributes that may be coarsened (the first term is 0 where they
hold nothing): a dropped ballot, lost altogether, and lost more often where there are few, weighs more than bits. Ties
keep the finer levels of the attributes named first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.disclosure.answers import Answers, Ints, shared
from fairgate.engines.disclosure.errors import BadAnswers

DROPPED = -1
PRICE = 5.0
MOST_WAYS = 5_000


@dataclass(frozen=True)
class Recoding:
    """``answers``: the ballots kept, recoded, a dropped column all 0. ``kept`` [n] which they are. ``dropped``: how many
    are not. ``levels``: 0 as it is, 1 and up the coarser map taken, −1 dropped whole. ``left_out`` [n] by item: whose answer
    was left out, and is −1 in ``answers``. ``loss``: as above. ``k``."""

    answers: Answers
    kept: NDArray[np.bool_]
    dropped: int
    levels: dict[str, int]
    loss: float
    k: int
    left_out: dict[str, NDArray[np.bool_]]

    def to_dict(self) -> dict[str, Any]:
        """What may be published of it."""
        kept = int(self.kept.sum())
        left_out = [item for item, gone in self.left_out.items() if gone.any()]
        found = {
            "levels": dict(self.levels),
            "kept": kept,
            "dropped": self.dropped,
            "loss": self.loss,
            "k": self.k,
        }
        return {**found, "left_out": left_out}


def recode(
    answers: Answers,
    *,
    hierarchies: Mapping[str, Sequence[Ints]] | None = None,
    fixed: Sequence[str] = ("team", "outcome"),
    may_be_left_out: Sequence[str] = (),
    together: Sequence[str] = (),
    k: int = 5,
) -> Recoding:
    """The recoding of ``answers`` that loses least.

    ``hierarchies``: per attribute its coarser maps, finest first, each from an original code to a coarser code.
    ``may_be_left_out``: items; ``together``: the fixed attributes within which an item is left out of all ballots. Raises
    `BadAnswers` where a map doesn't reach a code, or where there are more than `MOST_WAYS` ways.
    """
    free = [name for name in answers.attributes if name not in fixed]
    choices = {
        name: _choices(name, answers.attributes[name], (hierarchies or {}).get(name, ())) for name in free
    }
    if prod(len(found) for found in choices.values()) > MOST_WAYS:
        raise BadAnswers(
            "There are too many ways to recode these attributes: give fewer, or fewer coarser maps."
        )
    base = shared([codes for name, codes in answers.attributes.items() if name in fixed], answers.ballots)
    bits = {name: [entropy(codes) for _, codes in found] for name, found in choices.items()}
    said = [ratings for name, ratings in answers.items.items() if name not in may_be_left_out]
    best: tuple[float, tuple[int, ...]] | None = None
    for way in product(*(range(len(found)) for found in choices.values())):
        columns = [choices[name][at][1] for name, at in zip(free, way, strict=True)]
        dropped = 1.0 - _kept(base, columns, said, k).mean() if answers.ballots else 0.0
        loss = _bits_lost(bits, way) + PRICE * dropped
        if best is None or loss < best[0] - 1e-12:
            best = loss, way
    assert best is not None  # noqa: S101 - an empty product still has one way
    taken = {name: choices[name][at] for name, at in zip(free, best[1], strict=True)}
    kept = _kept(base, [codes for _, codes in taken.values()], said, k)
    columns_by_name = {
        name: taken[name][1] if name in taken else codes for name, codes in answers.attributes.items()
    }
    of = shared(list(columns_by_name.values()), answers.ballots)
    strata = shared([answers.attributes[name] for name in together], answers.ballots)
    left_out = {name: _left_out(of, strata, answers.items[name], kept) for name in may_be_left_out}
    items = {
        name: np.where(left_out[name], -1, ratings) if name in left_out else ratings
        for name, ratings in answers.items.items()
    }
    recoded = Answers(columns_by_name, items, answers.decider).only(kept)
    levels = {name: taken[name][0] if name in taken else 0 for name in answers.attributes}
    return Recoding(recoded, kept, int((~kept).sum()), levels, best[0], k, left_out)


def entropy(codes: Ints) -> float:
    """In bits."""
    share = np.bincount(codes) / max(len(codes), 1)
    share = share[share > 0]
    return float(-(share * np.log2(share)).sum())


def _choices(name: str, codes: Ints, maps: Sequence[Ints]) -> list[tuple[int, Ints]]:
    """(level, codes at that level) from fine to dropped."""
    found = [(0, codes)]
    for level, given in enumerate(maps, start=1):
        coarser = np.asarray(given, np.int64)
        if codes.max(initial=-1) >= len(coarser) or coarser.min(initial=0) < 0:
            raise BadAnswers(f"{name}: the coarser map {level} doesn't say where every code belongs.")
        found.append((level, coarser[codes]))
    return [*found, (DROPPED, np.zeros_like(codes))]


def _kept(base: Ints, columns: list[Ints], said: Sequence[Ints], k: int) -> NDArray[np.bool_]:
    """Which ballots share their combination with at least k, themselves among them, who differ in every item."""
    of = shared([base, *columns], len(base))
    enough: NDArray[np.bool_] = (np.bincount(of) >= k) & _mixed(of, said)
    return enough[of]


def _mixed(of: Ints, said: Sequence[Ints]) -> NDArray[np.bool_]:
    """Which combinations [c] hold at least two different answers to every item."""
    one = np.zeros(int(of.max(initial=-1)) + 1, np.int64)
    one[of] = np.arange(len(of))  # some ballot of each: whether another differs from it
    mixed = np.ones(len(one), bool)
    for answers in said:
        mixed &= np.bincount(of, answers != answers[one[of]], len(one)) > 0
    return mixed


def _left_out(of: Ints, strata: Ints, said: Ints, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whose answer to an item is left out: of all strata with a combination that is kept, and not mixed in it."""
    alike = kept & ~_mixed(of, [said])[of]
    gone: NDArray[np.bool_] = np.isin(strata, strata[alike])
    return gone


def _bits_lost(bits: Mapping[str, list[float]], way: tuple[int, ...]) -> float:
    all_bits = sum(found[0] for found in bits.values())
    kept = sum(found[at] for found, at in zip(bits.values(), way, strict=True))
    return 1.0 - kept / all_bits if all_bits > 0 else 0.0
