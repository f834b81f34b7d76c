"""A list of requests as a file. Requests are taken as they come."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from fairgate.gate.wording.names import outcome_name, state_name
from fairgate.shared.translations import Translations


def header(say: Translations) -> list[str]:
    return [
        say.gettext("Request"),
        say.gettext("About"),
        say.gettext("What was asked"),
        say.gettext("Asked by"),
        say.gettext("Kind"),
        say.gettext("Decided by"),
        say.gettext("Submitted"),
        say.gettext("Answer promised by"),
        say.gettext("Answer expected by"),
        say.gettext("State"),
        say.gettext("Outcome"),
        say.gettext("Decided"),
        say.gettext("Refusal slip"),
        say.gettext("Improves on"),
        say.gettext("Came from"),
    ]


def rows(requests: Iterable[Any], local: Callable[[datetime], str], say: Translations) -> Iterator[list[str]]:
    """``local``: a moment with its offset from UTC."""
    for it in requests:
        yield [
            it.reference,
            it.item,
            it.asked,
            it.unit.name,
            it.kind.name,
            it.deciding_unit.name,
            *("" if at is None else local(at) for at in (it.submitted_at, it.promised_by, it.expected_by)),
            state_name(it.state, say),
            outcome_name(it.outcome, say) if it.outcome else "",
            "" if it.decided_at is None else local(it.decided_at),
            say.gettext("yes") if it.has_slip else "",
            f"R-{it.follows_id:06}" if it.follows_id else "",
            it.source,
        ]
