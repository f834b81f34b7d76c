"""Pages of the room."""

from fairgate.voice.views.answers import link, link_take_back, mine, mine_take_back, thanks
from fairgate.voice.views.pack import pack, pack_pdf
from fairgate.voice.views.periods import (
    close,
    confirm,
    discard,
    end,
    front,
    give_up,
    invite,
    new_period,
    period,
    preview,
)
from fairgate.voice.views.plan import plan
from fairgate.voice.views.results import results, results_csv, results_pdf

__all__ = [
    "close",
    "confirm",
    "discard",
    "end",
    "front",
    "give_up",
    "invite",
    "link",
    "link_take_back",
    "mine",
    "mine_take_back",
    "new_period",
    "pack",
    "pack_pdf",
    "period",
    "plan",
    "preview",
    "results",
    "results_csv",
    "results_pdf",
    "thanks",
]
