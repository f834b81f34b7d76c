"""What the organisation is made of, what people said about it, and what was counted."""

from fairgate.organisation.models.counted import CountedLog, CountedUnit, Import
from fairgate.organisation.models.needs import Flow, Gate, Judgement, Need
from fairgate.organisation.models.units import ExternalCustomer, Membership, Process, Service, Unit

__all__ = [
    "CountedLog",
    "CountedUnit",
    "ExternalCustomer",
    "Flow",
    "Gate",
    "Import",
    "Judgement",
    "Membership",
    "Need",
    "Process",
    "Service",
    "Unit",
]
