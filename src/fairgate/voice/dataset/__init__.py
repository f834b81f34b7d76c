"""What is made of opened answers, in memory: tables to publish, ballots to keep, and how many took part."""

from fairgate.voice.dataset.closing import (
    ATTRIBUTES,
    DECIDERS,
    FIXED,
    LEAST_BY_SENIORITY,
    Closing,
    Told,
    close,
    tables,
)
from fairgate.voice.dataset.taking_part import responses

__all__ = [
    "ATTRIBUTES",
    "DECIDERS",
    "FIXED",
    "LEAST_BY_SENIORITY",
    "Closing",
    "Told",
    "close",
    "responses",
    "tables",
]
