"""Presets and standards; requests and promises; reviews, decisions and slips; advice; imports; running counts."""

from fairgate.gate.models.advice import AdviceQuestion
from fairgate.gate.models.decisions import Decision, RefusalSlip, Review, SecondLook
from fairgate.gate.models.imports import DecisionImport, DecisionMapping, RecordedPerson
from fairgate.gate.models.presets import (
    Clause,
    Edition,
    Preset,
    RequestKind,
    Severity,
    Standard,
    WorkingCalendar,
)
from fairgate.gate.models.requests import PromiseChange, ServiceRequest, Team
from fairgate.gate.models.tallies import Tally

__all__ = [
    "AdviceQuestion",
    "Clause",
    "Decision",
    "DecisionImport",
    "DecisionMapping",
    "Edition",
    "Preset",
    "PromiseChange",
    "RecordedPerson",
    "RefusalSlip",
    "RequestKind",
    "Review",
    "SecondLook",
    "ServiceRequest",
    "Severity",
    "Standard",
    "Tally",
    "Team",
    "WorkingCalendar",
]
