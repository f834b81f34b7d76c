"""Every read of the room. What a person may know or do is asked here; no query gives an answer of anybody."""

from fairgate.voice.queries.asking import (
    by_link,
    door_by_link,
    invitation_of,
    mine_for,
    page_of,
    refuse_when_left,
    refuse_when_over,
    this_day,
)
from fairgate.voice.queries.deciding import decided_lately
from fairgate.voice.queries.doors import may_enter, may_invite, may_keep_keys
from fairgate.voice.queries.home import news_for, waiting_for
from fairgate.voice.queries.links import link_key_of
from fairgate.voice.queries.pack import agreement_pack_for
from fairgate.voice.queries.periods import (
    closed_periods,
    decided_in,
    period_for,
    periods_for,
    response_rows,
    running_job,
)
from fairgate.voice.queries.results import ballots_of, results_for
from fairgate.voice.queries.stored import names_in, preview_of
from fairgate.voice.rules import AnswerPage, PeriodPage, PeriodRow, Results

__all__ = [
    "AnswerPage",
    "PeriodPage",
    "PeriodRow",
    "Results",
    "agreement_pack_for",
    "ballots_of",
    "by_link",
    "closed_periods",
    "decided_in",
    "decided_lately",
    "door_by_link",
    "invitation_of",
    "link_key_of",
    "may_enter",
    "may_invite",
    "may_keep_keys",
    "mine_for",
    "names_in",
    "news_for",
    "page_of",
    "period_for",
    "periods_for",
    "preview_of",
    "refuse_when_left",
    "refuse_when_over",
    "response_rows",
    "results_for",
    "running_job",
    "this_day",
    "waiting_for",
]
