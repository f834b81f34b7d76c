"""How many answered: of all, by what was decided, by kind of request; as it is stored."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from fairgate.engines.disclosure import Kept, told_counts
from fairgate.gate.rules import APPROVING
from fairgate.voice.rules import FEWEST, Form
from fairgate.voice.rules.responses import Asked

ALL, MIRROR, OUTCOME, KIND = "all", "mirror", "outcome", "kind"


def responses(rows: Sequence[Asked], ballots: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    """[by, group, how many were asked, how many answered or None] for each group of ``rows``; everybody first.

    ``ballots``: those that are kept. How many of a unit's approvals and of its other decisions they are is told by tables.
    """
    asked = Counter(_class(row) for row in rows)
    answered = Counter(_class(row) for row in rows if row.answered)
    classes = list(asked)
    groups = list(_groups(classes))
    inside = np.array([[_lies_in(one, by, name) for one in classes] for by, name in groups], bool)
    told = told_counts(
        np.array([asked[one] for one in classes], np.int64),
        np.array([answered[one] for one in classes], np.int64),
        inside.reshape(len(groups), len(classes)),
        list(_kept(classes, ballots)),
        k=FEWEST,
    )
    sizes = (sum(asked[one] for one in classes if _lies_in(one, *group)) for group in groups)
    return [[*group, size, count] for group, size, count in zip(groups, sizes, told, strict=True)]


def _class(row: Asked) -> Asked:
    return row._replace(answered=False)


def _groups(classes: Sequence[Asked]) -> Iterator[tuple[str, Hashable]]:
    yield ALL, ""
    about = [one for one in classes if one.outcome]
    if len(about) < len(classes):
        yield MIRROR, ""
    yield from ((OUTCOME, name) for name in dict.fromkeys(one.outcome for one in about))
    yield from ((KIND, name) for name in dict.fromkeys(one.kind for one in about))


def _lies_in(one: Asked, by: str, name: Hashable) -> bool:
    if by in {OUTCOME, KIND}:
        return bool(one.outcome) and getattr(one, by) == name
    return by == ALL or not one.outcome


def _kept(classes: Sequence[Asked], ballots: Sequence[Mapping[str, Any]]) -> Iterator[Kept]:
    """Mirror ballots by unit, the others by unit and whether the decision approved."""
    found = Counter(
        (one["unit_id"], None if one["form"] == Form.MIRROR else one["approving"]) for one in ballots
    )
    for (unit, approving), n in found.items():
        yield np.array([one.unit == unit and _approving(one) == approving for one in classes], bool), n


def _approving(one: Asked) -> bool | None:
    return one.outcome in APPROVING if one.outcome else None
