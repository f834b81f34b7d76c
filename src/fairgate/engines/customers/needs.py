"""A table of needs: who needs what from whom, in which process, to serve which external customer. Ten rows
are enough."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fairgate.engines.customers.errors import BadRows, MixedVolumes


class NeedKind(StrEnum):
    HELP = "help"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Need:
    """``customer`` needs ``what`` from ``supplier``. ``volume`` is 1 where the table gives none."""

    customer: str
    supplier: str
    process: str
    external: str  # "" unnamed
    kind: NeedKind
    volume: float
    what: str  # "" not said, so nothing is known to replace it


def read_needs(
    customer: Sequence[str],
    supplier: Sequence[str],
    process: Sequence[str],
    external: Sequence[str],
    kind: Sequence[str],
    volume: Sequence[float | None] | None = None,
    what: Sequence[str] | None = None,
) -> tuple[tuple[Need, ...], bool]:
    """The rows, and whether they have volumes (None or NaN is none). Raises `BadRows` or `MixedVolumes`, with
    the rows."""
    rows = len(customer)
    columns = {"supplier": supplier, "process": process, "external": external, "kind": kind}
    for name, column in (columns | {"volume": volume, "what": what}).items():
        if column is not None and len(column) != rows:
            raise BadRows(f"There are {rows} customers but {len(column)} entries in {name}.", [])
    if rows == 0:
        raise BadRows("The table of needs is empty.", [])
    kinds = {str(known) for known in NeedKind}
    _refuse(rows, lambda i: not customer[i].strip(), "Row {} doesn't say who needs something.")
    _refuse(rows, lambda i: not supplier[i].strip(), "Row {} doesn't say from whom it is needed.")
    _refuse(rows, lambda i: customer[i] == supplier[i], "In row {} a unit needs something from itself.")
    _refuse(rows, lambda i: kind[i] not in kinds, "Row {} is neither a need for help nor for release.")
    volumes = _volumes(volume, rows)
    needs = tuple(
        Need(
            customer[i],
            supplier[i],
            process[i],
            external[i],
            NeedKind(kind[i]),
            1.0 if volumes is None else volumes[i],
            what[i] if what is not None else "",
        )
        for i in range(rows)
    )
    return needs, volumes is not None


def _volumes(volume: Sequence[float | None] | None, rows: int) -> list[float] | None:
    given = [math.nan if value is None else float(value) for value in volume] if volume is not None else []
    without = [row for row, value in enumerate(given) if math.isnan(value)]
    if len(without) == len(given):
        return None
    if without:
        raise MixedVolumes(without)
    _refuse(
        rows, lambda i: given[i] < 0 or math.isinf(given[i]), "Row {} has a volume below 0 or without end."
    )
    return given


def _refuse(rows: int, wrong: Callable[[int], bool], sentence: str) -> None:
    """Raise for all rows that are wrong; the sentence names the first, counted from 1."""
    found = [row for row in range(rows) if wrong(row)]
    if found:
        raise BadRows(sentence.format(found[0] + 1), found)
