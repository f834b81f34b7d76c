"""Codes, texts and pure predicates of conversations and commitments. No Django, no sentences."""

from fairgate.improvement.rules.codes import (
    NAME_LENGTH,
    QUESTIONS,
    REASON_LENGTH,
    SENTENCE_LENGTH,
    SUMMARY_LENGTH,
    TEXT_LENGTH,
    THEME_LENGTH,
    Answer,
    CommitmentState,
    Direction,
    Event,
    Fault,
    InterviewState,
    Move,
    Refusal,
)
from fairgate.improvement.rules.fates import Fate, KeptFigures, fate, figures
from fairgate.improvement.rules.moments import NoSuchTime, NoSuchZone, moment, quarter_of
from fairgate.improvement.rules.moves import allowed, may_move
from fairgate.improvement.rules.texts import FieldFault, lines_of, sealed, text_faults, tidy

__all__ = [
    "NAME_LENGTH",
    "QUESTIONS",
    "REASON_LENGTH",
    "SENTENCE_LENGTH",
    "SUMMARY_LENGTH",
    "TEXT_LENGTH",
    "THEME_LENGTH",
    "Answer",
    "CommitmentState",
    "Direction",
    "Event",
    "Fate",
    "Fault",
    "FieldFault",
    "InterviewState",
    "KeptFigures",
    "Move",
    "NoSuchTime",
    "NoSuchZone",
    "Refusal",
    "allowed",
    "fate",
    "figures",
    "lines_of",
    "may_move",
    "moment",
    "quarter_of",
    "sealed",
    "text_faults",
    "tidy",
]
