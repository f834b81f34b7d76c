"""Sending what is due: take one letter, write it, hand it over, say what became of it; then the next.

Any number of senders may run at once. A letter is taken by changing its row from waiting to being sent, which only one
of them can; what became of it is written only by whoever holds it. A sender that crashes while it holds a letter leaves
it behind; ten minutes later the letter waits again or counts as failed, as its `Doubt` says.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from fairgate.mail import queries
from fairgate.mail.actions.outbox import only_stewards
from fairgate.mail.actions.post import NotSent, Post
from fairgate.mail.models import Outgoing
from fairgate.mail.rules import (
    ENDED,
    KEPT,
    BadRoute,
    Doubt,
    Fault,
    Kind,
    Letter,
    Route,
    State,
    UnknownLetter,
    letter_named,
    next_try,
)
from fairgate.shared import clock
from fairgate.shared.actor import Actor

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of sending did. ``stopped`` is why it ended before all that was due had been tried: the code of a
    `Fault`, "off" (mail isn't set up), "console" (there is no terminal), "setting" (it can't be understood), or "" if it
    didn't."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0
    not_needed: int = 0
    stopped: str = ""

    def and_one(self, became: State) -> "Round":
        name = {State.SENT: "sent", State.FAILED: "failed", State.NOT_NEEDED: "not_needed"}.get(
            became, "put_off"
        )
        return replace(self, **{name: getattr(self, name) + 1})


def send_due(
    *,
    by: Actor,
    terminal: bool = False,
    most: int | None = None,
    after_each: Callable[[Round], None] | None = None,
) -> Round:
    """Send what is due, at most ``most`` letters. For stewards and the program; all rooms' ``jobs`` have to be imported.

    Takes as long as the mail server does: never call it inside a transaction, which it refuses with RuntimeError.
    ``terminal``: somebody watches, so letters for the console may be shown; elsewhere they would end in a log. After
    each letter ``after_each`` is told so far; what it raises ends the round, with no letter half sent.
    """
    only_stewards(by)
    way, why_not = _way(terminal)
    if way is None:
        return Round(stopped=why_not)
    _free_what_was_left_behind()
    _sweep()
    with Post(way) as post:
        return _rounds(post, most, after_each)


def send_test(*, by: Actor, address: str) -> str:
    """Send one letter that says that mail works; returns "" or why it didn't leave, as a code like `Round.stopped`."""
    only_stewards(by)
    way, why_not = _way(terminal=True)
    if way is None:
        return why_not
    letter = Letter(address, "Fairgate: a test", "Mail from Fairgate arrives here.\n")
    try:
        with Post(way) as post:
            post.send(letter, str(uuid4()))
    except NotSent as problem:
        return problem.fault.value
    return ""


def _way(terminal: bool) -> tuple[Route | None, str]:
    try:
        way = queries.configured()
    except BadRoute:
        return None, "setting"
    if way.kind is Kind.OFF:
        return None, "off"
    if way.kind is Kind.CONSOLE and not terminal:
        return None, "console"
    return way, ""


def _rounds(post: Post, most: int | None, after_each: Callable[[Round], None] | None) -> Round:
    so_far, tried = Round(), 0
    began = (
        clock.now()
    )  # what is put off meanwhile is due later than this: no letter is tried twice in a round
    while handful := queries.due(began):
        for pk in handful:
            if most is not None and tried >= most:
                return so_far
            entry = _claim(pk)
            if entry is None:
                continue
            tried += 1
            became, problem = _deal_with(entry, post)
            so_far = so_far.and_one(became)
            if after_each is not None:
                after_each(so_far)
            if problem is not None and problem.all_meet_it:
                return replace(so_far, stopped=problem.fault.value)
    return so_far


def _claim(pk: UUID) -> Outgoing | None:
    """Take a letter that waits; None when another sender was faster. Committed before anything is sent."""
    claim = uuid4()
    with transaction.atomic(durable=True):
        taken = Outgoing.objects.filter(pk=pk, state=State.WAITING).update(
            state=State.SENDING, claim=claim, claimed_at=clock.now(), attempts=F("attempts") + 1
        )
    return Outgoing.objects.get(pk=pk, claim=claim) if taken else None


def _deal_with(entry: Outgoing, post: Post) -> tuple[State, NotSent | None]:
    try:
        letter = _composed(entry)
        if letter is None:
            return _end(entry, State.NOT_NEEDED), None
        post.send(letter, str(entry.pk))
    except NotSent as problem:
        return _not_sent(entry, problem), problem
    return _end(entry, State.SENT), None


def _composed(entry: Outgoing) -> Letter | None:
    """The letter, or None when it isn't wanted any more. Raises `NotSent`."""
    try:
        letter = letter_named(entry.letter).compose(to=entry.to, **entry.arguments)
    except UnknownLetter:
        raise NotSent(Fault.UNKNOWN_LETTER) from None
    except Exception as error:  # noqa: BLE001 - its words may hold the link: only its kind and place are told
        _log.error("the letter %s could not be written: %s", entry.letter, _place(error))
        raise NotSent(Fault.NOT_COMPOSED) from None
    if letter is not None and "@" not in letter.address:
        raise NotSent(Fault.MALFORMED if letter.address.strip() else Fault.NO_ADDRESS)
    return letter


def _place(error: Exception) -> str:
    """Kind and line of an error, without its words."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" in {trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}" if trace else ""
    return type(error).__name__ + where


def _not_sent(entry: Outgoing, problem: NotSent) -> State:
    if problem.halfway and _doubt(entry) is Doubt.LET_IT_BE:
        return _end(entry, State.FAILED, Fault.IN_DOUBT)
    again = None if problem.fault.is_final else next_try(entry.attempts, clock.now())
    if again is None:
        return _end(entry, State.FAILED, problem.fault)
    _write(entry, state=State.WAITING, fault=problem.fault, next_try=again)
    return State.WAITING


def _end(entry: Outgoing, state: State, fault: Fault | None = None) -> State:
    _write(entry, state=state, fault=fault.value if fault else "", ended_at=clock.now())
    return state


def _write(entry: Outgoing, **values: object) -> None:
    """Only while we hold it. A sender that was asleep too long finds that the letter isn't its own any more."""
    with transaction.atomic(durable=True):
        held = Outgoing.objects.filter(pk=entry.pk, state=State.SENDING, claim=entry.claim)
        held.update(claim=None, claimed_at=None, **values)


def _doubt(entry: Outgoing) -> Doubt:
    try:
        return letter_named(entry.letter).in_doubt
    except UnknownLetter:
        return Doubt.LET_IT_BE


def _free_what_was_left_behind() -> None:
    for entry in queries.left_behind(clock.now()):
        again = next_try(entry.attempts, clock.now()) if _doubt(entry) is Doubt.AGAIN else None
        if again is None:
            _end(entry, State.FAILED, Fault.IN_DOUBT)
        else:
            _write(entry, state=State.WAITING, fault=Fault.IN_DOUBT, next_try=clock.now())


def _sweep() -> None:
    Outgoing.objects.filter(state__in=ENDED, ended_at__lt=clock.now() - KEPT).delete()
