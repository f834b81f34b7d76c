"""How many answered: of all, by what was decided, by kind of request; as it is stored."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.disclosure import Kept, told_rungs
from fairgate.gate.rules import APPROVING
from fairgate.voice.rules import FEWEST, Form
from fairgate.voice.rules.responses import Asked

ALL, MIRROR, OUTCOME, KIND = "all", "mirror", "outcome", "kind"
APPROVAL, OTHER_KINDS = "approval", "other-kinds"
"""Whether it approved; kinds about which few were asked, together."""
FEW_ASKED = 5 * FEWEST

Group = tuple[str, Hashable]
Rung = dict[Group, NDArray[np.bool_]]
"""Groups by what and name, and which classes lie in each."""


def responses(rows: Sequence[Asked], ballots: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    """[by, group, how many were asked, how many answered or None] for each group of ``rows``; everybody first.

    ``ballots``: those that are kept. How many of a unit's approvals and of its other decisions they are is told by tables.
    """
    asked = Counter(_class(row) for row in rows)
    answered = Counter(_class(row) for row in rows if row.answered)
    classes = list(asked)
    sizes, counts = (np.array([each[one] for one in classes], np.int64) for each in (asked, answered))
    ladders = [ladder for ladder in (_outcomes(classes), _kinds(classes, sizes)) if ladder]
    rungs = told_rungs(
        sizes,
        counts,
        [[np.array(list(rung.values())) for rung in ladder] for ladder in ladders],
        list(_kept(classes, ballots)),
        k=FEWEST,
    )
    total = len(rows) and int(counts.sum())
    found: list[list[Any]] = [[ALL, "", len(rows), None if rungs is None else total]]
    told = rungs or [None] * len(ladders)
    listed: dict[Group, tuple[NDArray[np.bool_], bool]] = {}
    for ladder, rung in zip(ladders, told, strict=True):
        for group, (inside, is_told) in _listed(ladder, rung):
            listed[group] = inside, is_told or listed.get(group, (inside, False))[1]  # mirrors are on both
    for group, (inside, is_told) in sorted(listed.items(), key=lambda one: one[0][0] != MIRROR):
        found.append([*group, int(sizes[inside].sum()), int(counts[inside].sum()) if is_told else None])
    return found


def _class(row: Asked) -> Asked:
    return row._replace(answered=False)


def _listed(ladder: list[Rung], told: int | None) -> Iterator[tuple[Group, tuple[NDArray[np.bool_], bool]]]:
    """The finest groups, and those that are told in their place; which is told."""
    shown = {} if told is None else ladder[told]
    for group, inside in (ladder[0] | shown).items():
        yield group, (inside, group in shown)


def _outcomes(classes: Sequence[Asked]) -> list[Rung]:
    """Which outcome it was; whether it approved."""
    fine = {_outcome(one): None for one in classes}
    coarse = {_approval(one): None for one in classes}
    return _ladder(
        {group: [_outcome(one) == group for one in classes] for group in fine},
        {group: [_approval(one) == group for one in classes] for group in coarse},
    )


def _kinds(classes: Sequence[Asked], sizes: NDArray[np.int64]) -> list[Rung]:
    """Each kind; those about which few were asked together. Which these are, only the public number asked says."""
    asked: Counter[Group] = Counter()
    for one, size in zip(classes, sizes.tolist(), strict=True):
        asked[_kind(one)] += size
    pooled = {group for group, size in asked.items() if group[0] == KIND and size < FEW_ASKED}
    coarse = dict.fromkeys(pooled, OTHER)
    names = {coarse.get(group, group): None for group in asked}
    return _ladder(
        {group: [_kind(one) == group for one in classes] for group in asked},
        {name: [coarse.get(_kind(one), _kind(one)) == name for one in classes] for name in names},
    )


OTHER: Group = (OTHER_KINDS, "")


def _ladder(fine: Mapping[Group, list[bool]], coarse: Mapping[Group, list[bool]]) -> list[Rung]:
    rungs = [fine, coarse] if 1 < len(coarse) < len(fine) else [fine] if fine else []
    return [{group: np.array(inside, bool) for group, inside in rung.items()} for rung in rungs]


def _outcome(one: Asked) -> Group:
    return (OUTCOME, one.outcome) if one.outcome else (MIRROR, "")


def _approval(one: Asked) -> Group:
    return (
        (APPROVAL, "approving" if one.outcome in APPROVING else "not-approving")
        if one.outcome
        else (MIRROR, "")
    )


def _kind(one: Asked) -> Group:
    return (KIND, one.kind) if one.outcome else (MIRROR, "")


def _kept(classes: Sequence[Asked], ballots: Sequence[Mapping[str, Any]]) -> Iterator[Kept]:
    """Mirror ballots by unit, the others by unit and whether the decision approved."""
    found = Counter(
        (one["unit_id"], None if one["form"] == Form.MIRROR else one["approving"]) for one in ballots
    )
    for (unit, approving), n in found.items():
        yield np.array([one.unit == unit and _approving(one) == approving for one in classes], bool), n


def _approving(one: Asked) -> bool | None:
    return one.outcome in APPROVING if one.outcome else None
