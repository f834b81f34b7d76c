"""What a child repeats until it is killed: an import of many rows, new ones and corrections of the round before."""

from collections.abc import Callable
from itertools import count
from uuid import uuid4

from fairgate.gate import imports
from fairgate.gate.models import DecisionMapping
from fairgate.shared.actor import System

from .arriving import HEADER

ROWS = 60


def applies() -> Callable[[], object]:
    """Each turn saves a file: a third of its rows correct what the turn before saved. Reading is not what is to be hit."""
    mapping, by, turn = DecisionMapping.objects.get(), System("tests"), count()
    told = {"keys": [uuid4().hex for _ in range(ROWS)]}

    def one() -> None:
        old, told["keys"] = told["keys"][: ROWS // 3], [uuid4().hex for _ in range(ROWS)]
        outcome = ("approved", "refused")[next(turn) % 2]
        rows = [
            f"{key},Change,MFG,{outcome},2026-02-02 10:00,2026-02-01 09:00,L,Ann {at % 7},Joe,,2026-02-03,1,\n"
            for at, key in enumerate([*old, *told["keys"]])
        ]
        coming = imports.open_file(
            by=by, name="n.csv", content=[(HEADER + "".join(rows)).encode()], mapping=mapping.pk
        )
        imports.read(by=by, pk=coming.pk)()
        imports.apply(by=by, pk=coming.pk)

    return one
