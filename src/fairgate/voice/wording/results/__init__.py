"""What people said, as far as it may be shown, in sentences and rows."""

from fairgate.voice.wording.results.lead import few, lead
from fairgate.voice.wording.results.names import key, sentence
from fairgate.voice.wording.results.pictures import Group, drawn
from fairgate.voice.wording.results.protection import audit, hidden, how, open_stays, why_hidden
from fairgate.voice.wording.results.shares import good, in_100, share
from fairgate.voice.wording.results.sheet import CSV_HEADER, csv_rows
from fairgate.voice.wording.results.tables import (
    Block,
    Cell,
    Line,
    answered,
    blocks,
    columns,
    line,
    same,
    steps,
    title,
)
from fairgate.voice.wording.results.taking_part import about_responses, responses

__all__ = [
    "CSV_HEADER",
    "Block",
    "Cell",
    "Group",
    "Line",
    "about_responses",
    "answered",
    "audit",
    "blocks",
    "columns",
    "csv_rows",
    "drawn",
    "few",
    "good",
    "hidden",
    "how",
    "in_100",
    "key",
    "lead",
    "line",
    "open_stays",
    "responses",
    "same",
    "sentence",
    "share",
    "steps",
    "title",
    "why_hidden",
]
