"""How many answered, of whom that is told.

One story, wherever it is told: how many of a group answered is no secret (`engines.disclosure` takes it as known). It is told
exactly where at least five did, and not at all where fewer did. What is protected is what they said.
"""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, NamedTuple

from fairgate.voice.rules.codes import FEWEST

FEW = "fewer than five"
"""In the ledger, in place of a number."""


class Asked(NamedTuple):
    """Somebody who was asked about a decision: what was decided, the kind of request, and whether their answer is here."""

    outcome: str
    kind: int | None
    answered: bool


def told(answered: int) -> int | None:
    """None: fewer than five."""
    return answered if answered >= FEWEST else None


def responses(rows: Sequence[Asked]) -> list[list[Any]]:
    """[by, group, how many were asked, how many answered or None]: of everybody, by what was decided, by kind of request; as
    it is stored."""
    return [
        *_counted("all", (("", row.answered) for row in rows)),
        *_counted("outcome", ((row.outcome, row.answered) for row in rows)),
        *_counted("kind", ((row.kind, row.answered) for row in rows)),
    ]


def _counted(by: str, rows: Iterable[tuple[Hashable, bool]]) -> list[list[Any]]:
    found: dict[Hashable, list[int]] = {}
    for group, answered in rows:
        counts = found.setdefault(group, [0, 0])
        counts[0] += 1
        counts[1] += answered
    return [[by, group, asked, told(came)] for group, (asked, came) in found.items()]
