"""The additive figures of a log: enough for every answer, small enough to store."""

import json
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np

from fairgate.engines.customers.arrays import Flags
from fairgate.engines.customers.events import is_placeholder
from fairgate.engines.customers.passes import ServedBy
from fairgate.engines.customers.tally import Tally

START = -2  # as the source of a move: where a path begins
NOT_SERVED = -2  # as the external customer of an end: a path that reached nobody
UNNAMED = -1  # an external customer nobody wrote down; as a source or target, a unit nobody wrote down

# Of each tally its keys, and its figures with their types.
TALLIES: dict[str, tuple[tuple[str, ...], dict[str, type]]] = {
    "served": (("process", "external"), {"documents": int, "value": float}),
    "reach": (("process", "external", "unit"), {"value": float}),
    "part": (("process", "unit"), {"documents": int, "served": int, "value": float}),
    "need": (
        ("process", "supplier", "customer"),
        {"help": float, "release": float, "either": float, "acts": int, "gate_acts": int},
    ),
    "authority": (
        ("process", "gate", "over"),
        {"decisions": int, "rejections": int, "returns": int, "value": float},
    ),
    "handover": (
        ("process", "source", "target"),
        {"handovers": int, "into_decision": int, "value": float},
    ),
    "moves": (("process", "source", "target"), {"documents": int, "value": float}),
    "ends": (("process", "unit", "external"), {"documents": int, "value": float}),
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the figures rest on, and what they don't cover."""

    events: int
    cases: int
    documents: int
    served: int
    served_by: ServedBy
    without_unit: int  # events
    placeholder_units: tuple[tuple[str, int], ...]  # events of each
    ties: int  # neighbouring events of different units at the same time
    merged: int  # documents that look like several
    without_value: int  # documents without an amount though a column was chosen: in no sum of values
    unnamed_external: int  # served documents whose external customer is not named
    withdrawn: int  # rejections and returns of one's own submission, counted as work
    over_nobody: int  # decisions with no other unit's work before them


@dataclass(frozen=True, eq=False)
class Figures:
    """Sums over process documents. ``value`` sums the documents' amounts; all other figures are numbers.

    - ``served``: served documents, by where they ended.
    - ``reach``: value of served documents in whose final pass the unit acts.
    - ``part``: documents in which the unit acts; of these ``served`` in whose final pass it acts and that
      were served, and their ``value``.
    - ``need``: value of served documents, final pass, in which the supplier acts before the customer's last
      act (``help``), approves after the customer's first act (``release``), or ``either``; and in the latter
      the customer's ``acts`` and how many of them are decisions on the supplier (``gate_acts``).
    - ``authority``: decisions of the gate on what another unit (or -1, nobody known) handed in, in all
      passes; ``value`` of served documents with such a decision in the final pass.
    - ``handover``: neighbouring acts of different named units, all passes, without those after sending back;
      ``value`` of served documents with a hand-over of plain work in the final pass.
    - ``moves``, ``ends``: the steps of each document's last pass that met a gate, from `START` to its
      external customer or to `NOT_SERVED`; placeholders and -1 stay in.
    """

    units: tuple[str, ...]
    processes: tuple[str, ...]
    externals: tuple[str, ...]
    served: Tally
    reach: Tally
    part: Tally
    need: Tally
    authority: Tally
    handover: Tally
    moves: Tally
    ends: Tally
    coverage: Coverage

    @cached_property
    def named(self) -> Flags:
        """Which units took part and are units, not placeholders. ``bool[units]``"""
        acted = self.part.total("documents", "unit", len(self.units)) > 0
        return acted & np.array([not is_placeholder(name) for name in self.units], dtype=np.bool_)

    def to_dict(self) -> dict[str, Any]:
        names = {name: list(getattr(self, name)) for name in ("units", "processes", "externals")}
        return (
            names
            | {name: getattr(self, name).to_dict() for name in TALLIES}
            | {"coverage": asdict(self.coverage)}
        )

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> Self:
        names = {name: tuple(stored[name]) for name in ("units", "processes", "externals")}
        tallies = {name: Tally.from_dict(stored[name], *columns) for name, columns in TALLIES.items()}
        placeholders = tuple((name, events) for name, events in stored["coverage"]["placeholder_units"])
        coverage = Coverage(**(stored["coverage"] | {"placeholder_units": placeholders}))
        everything: dict[str, Any] = names | tallies  # mypy can't match two dictionaries to the fields
        return cls(**everything, coverage=coverage)

    def to_json(self) -> str:
        """Text that `from_json` turns into equal figures, to the last digit."""
        return json.dumps(self.to_dict(), separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        return cls.from_dict(json.loads(text))
