"""A refusal slip as it is written, before it belongs to a decision."""

from dataclasses import dataclass
from datetime import date

from fairgate.gate.rules.codes import NAME_LENGTH, REASON_LENGTH, TEXT_LENGTH
from fairgate.gate.rules.faults import Fault, FaultCode, text_faults

SLIP_LENGTHS = {
    "asked": REASON_LENGTH,
    "reasons": TEXT_LENGTH,
    "way_to_yes": TEXT_LENGTH,
    "ask_whom": NAME_LENGTH,
    "second_look": REASON_LENGTH,
}


@dataclass(frozen=True, slots=True)
class SlipRow:
    """What was asked; the clause it rests on (its key); reasons fit to repeat to one's own team; what would have to be true
    for a yes; by when; whom to ask; how to get a second look. All of it is needed."""

    asked: str
    clause: int
    reasons: str
    way_to_yes: str
    by_when: date
    ask_whom: str
    second_look: str


def slip_faults(slip: SlipRow, today: date) -> list[Fault]:
    """What is missing or wrong in a slip, field by field. Whether the clause belongs to the gate is asked of the database."""
    faults = [
        fault
        for field, most in SLIP_LENGTHS.items()
        for fault in text_faults(field, getattr(slip, field), most)
    ]
    if slip.by_when < today:
        faults.append(Fault("by_when", FaultCode.PAST))
    return faults
