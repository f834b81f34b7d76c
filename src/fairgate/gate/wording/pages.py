"""What the pages of a request say: where it stands, and what happened to it. Pages are taken as they come
(`queries.RequestPage`): this module stands below the room's models, so it names only what it reads."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fairgate.gate.rules import Likely, LookResult, Move, Outcome, State
from fairgate.gate.wording.names import LIKELY
from fairgate.shared.translations import Translations

Moment = Callable[[datetime], str]
"""A moment in words, in the reader's zone, with the zone."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a request: when, who, what, and their own words."""

    at: datetime
    who: str
    what: str
    words: tuple[str, ...] = ()


def lead(page: Any, outcomes: Mapping[str, str], moment: Moment, say: Translations) -> str:
    """The sentence to take away: where the request stands, and what was promised."""
    request = page.request
    if request.state == State.WITHDRAWN:
        return say.gettext("Withdrawn before it was decided.")
    if request.state == State.DECIDED:
        return _decided(page, outcomes, moment, say)
    return f"{_waits(page, say)} {_promise(page, moment, say)}"


def history(page: Any, outcomes: Mapping[str, str], moment: Moment, say: Translations) -> list[Event]:
    """Everything that happened, oldest first."""
    events = [_submitted(page, moment, say)]
    events += [Event(it.at, it.reviewer.name, say.gettext("Reviewed"), (it.found,)) for it in page.reviews]
    events += [_decision(page.request, it, outcomes, moment, say) for it in page.decisions]
    events += [_change(it, moment, say) for it in page.promise_changes]
    if page.request.withdrawn_at:
        events.append(_withdrawal(page.request, say))
    slips = [it.slip for it in page.replaced_slips] + ([page.slip] if page.slip else [])
    events += [Event(it.written_at, it.written_by.name, say.gettext("Refusal slip written")) for it in slips]
    for look in page.second_looks:
        events += _second_look(look, say)
    # Sorting keeps what happened in the same moment in this order: a decision before its slip.
    return sorted(events, key=lambda event: event.at)


def decider(decision: Any) -> str:
    """Who decided: somebody with an account, or the pseudonym another system's records have here."""
    return str(decision.decided_by or decision.decider or "")


def notices(page: Any, now: datetime, moment: Moment, say: Translations) -> list[str]:
    """What should be seen at once besides where the request stands."""
    request, found = page.request, []
    if request.outcome and Outcome(request.outcome).needs_slip and page.slip is None:
        found.append(
            say.gettext("There is no refusal slip for this decision yet: {unit} owes one.").format(
                unit=request.deciding_unit.name
            )
        )
    if Move.WARN in page.moves and page.warn_from is not None and now >= page.warn_from:
        found.append(say.gettext("The promised date is near. If the answer will come later, say so now."))
    look = page.second_look
    if look and not look.result:
        text = say.gettext("{name} asked for a second look.").format(name=look.asked_by.name)
        if look.promised_by:
            text += " " + say.gettext("It is promised by {when}.").format(when=moment(look.promised_by))
        found.append(text)
    return found


def advice_lead(question: Any, moment: Moment, say: Translations) -> str:
    """Where a question stands. Advice binds nobody, and says so."""
    if question.answered_at is None:
        return say.gettext("{unit} has not answered yet. The answer will bind nobody.").format(
            unit=question.deciding_unit.name
        )
    likely = capital(say.gettext(LIKELY[Likely(question.likely)]))
    return say.gettext("{likely}, says {name}. This binds nobody.").format(
        likely=likely, name=question.answered_by.name
    )


def replaced(it: Any, outcomes: Mapping[str, str], moment: Moment, say: Translations) -> str:
    """When a slip stopped saying what stands, and what took its place (`queries.ReplacedSlip`)."""
    if not it.outcome:
        text = say.gettext("Replaced on {when} by a better slip, written by {name}.")
        return text.format(when=moment(it.at), name=it.by)
    who = f", {it.by}" if it.by else ""
    text = say.gettext("Replaced on {when} by another decision: {outcome}{who}.")
    return text.format(when=moment(it.at), outcome=outcomes[it.outcome], who=who)


def rule(clause: Any, say: Translations) -> str:
    """A clause as it read (`queries.ClauseAsRead`), as a sentence names it."""
    return say.gettext("“{title}” ({reference}: {number})").format(
        title=clause.title, reference=clause.reference, number=clause.number
    )


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _waits(page: Any, say: Translations) -> str:
    request = page.request
    if request.state == State.HELD:
        return say.gettext("Held: it waits for more before it can be decided.")
    if request.state == State.REVIEWED:
        return say.gettext("{name} has reviewed it; a decision comes next.").format(
            name=page.reviews[-1].reviewer.name
        )
    if request.reviewer:
        return say.gettext("{name} looks at it.").format(name=request.reviewer.name)
    return say.gettext("It waits for somebody at {unit} to look at it.").format(
        unit=request.deciding_unit.name
    )


def _promise(page: Any, moment: Moment, say: Translations) -> str:
    request = page.request
    if request.expected_by is None:
        return say.gettext("No date was promised.")
    if page.is_overdue:
        return say.gettext("An answer was promised by {when}: that date has passed.").format(
            when=moment(request.expected_by)
        )
    if request.expected_by != request.promised_by:
        return say.gettext("An answer was promised by {first} and is now expected by {when}.").format(
            first=moment(request.promised_by), when=moment(request.expected_by)
        )
    return say.gettext("An answer is promised by {when}.").format(when=moment(request.expected_by))


def _decided(page: Any, outcomes: Mapping[str, str], moment: Moment, say: Translations) -> str:
    request, decision = page.request, page.standing
    name = decider(decision) if decision else ""
    text = say.gettext("{outcome} by {name}, {when}.") if name else say.gettext("{outcome}, {when}.")
    said = text.format(outcome=capital(outcomes[request.outcome]), name=name, when=moment(request.decided_at))
    if request.promised_by is None:
        return said
    kept = request.decided_at <= request.promised_by
    answered = say.gettext("Answered in time.") if kept else say.gettext("Answered late.")
    return f"{said} {answered}"


def _submitted(page: Any, moment: Moment, say: Translations) -> Event:
    request = page.request
    words = []
    if request.promised_by:
        words.append(say.gettext("Answer promised by {when}.").format(when=moment(request.promised_by)))
    if request.arrival_id:
        words.append(
            say.gettext("Came with the file “{file}” from {source}, row {row}.").format(
                file=request.arrival.name, source=request.source, row=request.row
            )
        )
    return Event(
        request.submitted_at,
        str(request.submitted_by or request.submitter or ""),
        say.gettext("Submitted"),
        tuple(words),
    )


def _decision(
    request: Any, decision: Any, outcomes: Mapping[str, str], moment: Moment, say: Translations
) -> Event:
    words = [words for words in (decision.conditions, decision.note) if words]
    if decision.arrival_id:
        words.append(say.gettext("Decided in another system and imported."))
    if decision.arrival_id and decision.arrival_id != request.arrival_id:
        words.append(_correction(decision, moment, say))
    return Event(
        decision.decided_at, decider(decision), capital(outcomes[Outcome(decision.outcome)]), tuple(words)
    )


def _correction(decision: Any, moment: Moment, say: Translations) -> str:
    """Where a decision came from that a later file says otherwise than the first one did."""
    brought = decision.arrival
    return say.gettext("Corrected by the file “{file}”, row {row}, on {when}.").format(
        file=brought.name, row=decision.row, when=moment(brought.applied_at or brought.made_at)
    )


def _withdrawal(request: Any, say: Translations) -> Event:
    who = str(request.withdrawn_by or "")
    return Event(request.withdrawn_at, who, say.gettext("Withdrawn"), (request.withdrawn_reason,))


def _change(change: Any, moment: Moment, say: Translations) -> Event:
    what = say.gettext("Early warning: the answer is expected by {when}").format(when=moment(change.new))
    return Event(change.at, change.by_name, what, (change.reason,))


def _second_look(look: Any, say: Translations) -> Iterator[Event]:
    yield Event(look.asked_at, look.asked_by.name, say.gettext("Second look asked for"), (look.why,))
    if look.looked_at:
        results = {
            LookResult.UPHELD: say.gettext("Second look: the decision stands"),
            LookResult.OVERTURNED: say.gettext("Second look: the decision was changed"),
            LookResult.OVERTAKEN: say.gettext("Second look: not needed any more"),
        }
        who = look.looked_by.name if look.looked_by else ""
        yield Event(look.looked_at, who, results[LookResult(look.result)], (look.reasons,))
