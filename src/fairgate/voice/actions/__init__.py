"""Every write of the room: periods and their keys, invitations, answers, closing."""

from fairgate.voice.actions.answering import answer, take_back
from fairgate.voice.actions.closing import (
    close_at_once,
    compute_closing,
    compute_preview,
    preview_at_once,
    request_closing,
    request_preview,
)
from fairgate.voice.actions.inviting import Sent, remind, send_invitations
from fairgate.voice.actions.keys import sweep_keys
from fairgate.voice.actions.periods import (
    Announced,
    announce_period,
    confirm_key,
    discard_period,
    end_period,
    give_up,
)

__all__ = [
    "Announced",
    "Sent",
    "announce_period",
    "answer",
    "close_at_once",
    "compute_closing",
    "compute_preview",
    "confirm_key",
    "discard_period",
    "end_period",
    "give_up",
    "preview_at_once",
    "remind",
    "request_closing",
    "request_preview",
    "send_invitations",
    "sweep_keys",
    "take_back",
]
