"""One imported decision as a row, and what makes it differ from the one that is here already."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from fairgate.gate.rules.codes import Outcome

REQUIRED = ("key", "kind", "unit", "outcome", "decided_at", "submitted_at")
OPTIONAL = (
    "item", "asked", "process", "team", "risk", "value", "promised_by", "submitter", "decider", "follows", "conditions", "note",
)  # fmt: skip
FIELDS = (*REQUIRED, *OPTIONAL)
WORDS = ("outcome", "kind", "unit", "process", "team", "risk")
"""Fields whose words are mapped to ours."""
TIMES = ("submitted_at", "decided_at", "promised_by")
PEOPLE = ("submitter", "decider")
# Said of the request, which may be corrected; the others are said by the decision, which is written once.
OF_REQUEST = (
    "kind",
    "unit",
    "item",
    "asked",
    "process",
    "risk",
    "value",
    "submitted_at",
    "promised_by",
    "submitter",
    "follows",
)
OF_DECISION = ("outcome", "decided_at", "team", "decider", "conditions", "note")
LEFT_OUT = "-"
"""Our word for theirs that means: this row is none of ours (a draft, another gate's work)."""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision of another system, checked, in our words.

    ``key`` is the source's own id of the request; ``kind``, ``unit``, ``process``, ``team`` are keys of records here;
    times are UTC; ``submitter`` and ``decider`` are the keyed digests of people's names; ``follows`` is another row's key.
    ``asked`` is never empty: the item or the key where the source has no words for it.
    ``row`` is where it stood in its file (0: it came in no file).
    """

    key: str
    kind: int
    unit: int
    outcome: Outcome
    decided_at: datetime
    submitted_at: datetime
    asked: str
    item: str = ""
    process: int | None = None
    team: int | None = None
    risk: str = ""
    value: Decimal | None = None
    promised_by: datetime | None = None
    submitter: str = ""
    decider: str = ""
    follows: str = ""
    conditions: str = ""
    note: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that a file says otherwise than the records here. Empty text where there was or is nothing."""

    row: int
    key: str
    field: str
    old: Any
    new: Any


def differences(here: DecisionRow, coming: DecisionRow, brought: Collection[str]) -> Iterator[Difference]:
    """What ``coming`` corrects. Only fields the mapping brings: a column that isn't mapped says nothing."""
    for field in FIELDS:
        if field in brought:
            old, new = getattr(here, field), getattr(coming, field)
            if old != new:
                yield Difference(coming.row, coming.key, field, old, new)
