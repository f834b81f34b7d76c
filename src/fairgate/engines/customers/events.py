"""Events as columns: what the engine is given."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.customers.arrays import Amounts, Codes
from fairgate.engines.customers.errors import BadEvents, NoEvents

# What people and systems write when nobody is known. Compared without regard to case and surrounding spaces.
PLACEHOLDERS = frozenset({"", "-", "?", "missing", "undefined", "empty", "unknown", "n/a", "none", "null"})


def is_placeholder(unit: str) -> bool:
    return unit.strip().casefold() in PLACEHOLDERS


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """``n`` events in the order of the file, as integer-coded columns; -1 is missing, codes index the names.

    ``time`` is ``datetime64[n]``. ``value`` is an amount of at least 0, NaN where there is none; with no
    column at all every document counts 1. Raises `NoEvents` or `BadEvents`, which names the first event
    concerned.
    """

    case: Codes
    unit: Codes
    activity: Codes
    time: NDArray[np.datetime64]
    unit_names: tuple[str, ...]
    activity_names: tuple[str, ...]
    value: Amounts | None = None
    external: Codes | None = None
    document: Codes | None = None
    external_names: tuple[str, ...] = ()
    document_names: tuple[str, ...] = ()
    case_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.case) == 0:
            raise NoEvents
        columns = {name: getattr(self, name) for name in _COLUMNS}
        _refuse_other_lengths({name: column for name, column in columns.items() if column is not None})
        _refuse_first(self.case < 0, "Event {} belongs to no case.")
        _refuse_first(np.isnat(self.time), "Event {} has no time.")
        _refuse_first(
            (self.activity < 0) | (self.activity >= len(self.activity_names)), "Event {} has no activity."
        )
        for codes, names in (
            (self.unit, self.unit_names),
            (self.external, self.external_names),
            (self.document, self.document_names),
        ):
            if codes is not None:
                _refuse_first((codes < -1) | (codes >= len(names)), "Event {} has a code without a name.")
        if len(set(self.unit_names)) < len(self.unit_names):
            raise BadEvents("A unit's name is given twice.")
        if self.value is not None:
            _refuse_first(
                (self.value < 0) | np.isinf(self.value), "Event {} has an amount below 0 or without end."
            )

    def __len__(self) -> int:
        return len(self.case)


_COLUMNS = ("case", "unit", "activity", "time", "value", "external", "document")


def _refuse_other_lengths(columns: dict[str, NDArray[Any]]) -> None:
    for name, column in columns.items():
        if len(column) != len(columns["case"]):
            raise BadEvents(f"There are {len(columns['case'])} cases but {len(column)} entries in {name}.")


def _refuse_first(wrong: NDArray[np.bool_], sentence: str) -> None:
    if wrong.any():
        event = int(wrong.argmax())
        raise BadEvents(sentence.format(event), event)
