"""How many answered, of whom that is told.

One story, wherever it is told: exactly where at least five of a group did and nobody can work out from it how many of a smaller
group did; not at all elsewhere. Which groups that are, `engines.disclosure.taking_part` finds out.
"""

from typing import NamedTuple

from fairgate.voice.rules.codes import FEWEST

FEW = "fewer than five"
"""In the ledger, in place of a number."""


class Asked(NamedTuple):
    """Somebody who was asked: the unit that decided, or is served; what was decided ("" where they were asked how others serve
    them), the kind of request, and whether their answer is here."""

    unit: int
    outcome: str
    kind: int | None
    answered: bool


def told(answered: int) -> int | None:
    """None: fewer than five."""
    return answered if answered >= FEWEST else None
