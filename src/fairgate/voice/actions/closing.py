"""Closing a period: open every envelope in memory, mix, coarsen, write ballots, publish, and forget who had answered.

The long work changes nothing. What is returned saves everything in one transaction: a process that is killed leaves the
period wholly as it was, or wholly closed. Nothing can change meanwhile: no answer is taken once the period has ended.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from secrets import SystemRandom
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from fairgate.shared import clock
from fairgate.shared.actor import Actor
from fairgate.voice import dataset, queries
from fairgate.voice.actions import keys as waiting
from fairgate.voice.actions.keeping import held, locked, moved, record
from fairgate.voice.actions.leftovers import cut, forget, scrub_after_commit
from fairgate.voice.actions.periods import fitting
from fairgate.voice.models import Ballot, Envelope, Period, Publication
from fairgate.voice.rules import KeyGone, PeriodState, StillAtWork, Unsafe, WrongState
from fairgate.voice.rules.envelopes import Opener, Payload
from fairgate.voice.rules.responses import FEW
from fairgate.voice.wording.refused import too_many_unreadable
from fairgate.work import actions as work
from fairgate.work.models import Job
from fairgate.work.rules import JSON, Problem, Progress

CLOSE, PREVIEW = "voice.close", "voice.preview"
OPENED, PROTECTED = 0.5, 0.9
MOST_UNREADABLE = 0.1
"""As a share of the envelopes: beyond, nobody closes a period by accident."""
_BATCH = 1_000

Save = Callable[[], Mapping[str, JSON]]


def request_preview(*, by: Actor, pk: UUID, key: bytes, done_at: str) -> Job:
    """Have worked out what closing would drop and hide; no figure of what was said is shown. Raises PermissionDenied,
    `WrongState`, `StillAtWork`, `KeyUnreadable` and `KeyDoesNotFit`."""
    title = gettext("Feedback: what closing would show and hide")
    return _request(by, pk, key, name=PREVIEW, title=title, done_at=done_at)


def request_closing(*, by: Actor, pk: UUID, key: bytes, done_at: str, without: int = 0) -> Job:
    """Have the period closed and published; ``without`` as many answers that can't be read, where it would be refused because
    they are too many. Raises as `request_preview`."""
    title = gettext("Feedback: closing a period")
    return _request(by, pk, key, name=CLOSE, title=title, done_at=done_at, without=without)


def preview_at_once(*, by: Actor, pk: UUID, key: bytes) -> Period:
    """The same in this process, for programs."""
    _lay(by, pk, key)
    save = compute_preview(by=by, pk=pk)
    with transaction.atomic():
        save()
    return Period.objects.get(pk=pk)


def close_at_once(*, by: Actor, pk: UUID, key: bytes, without: int = 0) -> Publication:
    """The same in this process, for programs."""
    _lay(by, pk, key)
    save = compute_closing(by=by, pk=pk, without=without)
    with transaction.atomic():
        save()
    return Publication.objects.get(period=pk)


def compute_preview(*, by: Actor, pk: UUID, progress: Progress | None = None) -> Save:
    """Take the key that waits, and work out what closing would do. Raises `work.rules.Problem`."""
    opened = _opened(pk, progress)
    closing = _worked_out(opened, progress)
    return partial(_save_preview, by=by, opened=opened, contents=closing.contents)


def compute_closing(*, by: Actor, pk: UUID, progress: Progress | None = None, without: int = 0) -> Save:
    """Take the key that waits, and close: everything up to writing it down. Raises `work.rules.Problem`, also where more than
    one in ten answers can't be read and ``without`` doesn't say how many."""
    opened = _opened(pk, progress)
    if opened.too_many and without != len(opened.unreadable):
        raise Problem(too_many_unreadable(len(opened.unreadable), translation))
    closing = _worked_out(opened, progress)
    period = opened.period
    contents = {
        **closing.contents,
        "asked": period.invitations.count(),
        "unreadable": len(opened.unreadable),
        "responses": dataset.responses(queries.response_rows(period, opened.unreadable), closing.ballots),
        "decided": queries.decided_in(period),
    }
    contents["names"] = queries.names_in(contents)
    ballots = _under_random_ids(period, closing.ballots)
    return partial(_save_closing, by=by, pk=pk, ballots=ballots, contents=contents)


@transaction.atomic
def _request(
    by: Actor, pk: UUID, content: bytes, *, name: str, title: str, done_at: str, without: int = 0
) -> Job:
    period = held(by, pk, PeriodState.ENDED)
    private = fitting(period, content).private
    if (running := queries.running_job(period)) is not None:
        if running.name != name:
            raise StillAtWork
        return running
    waiting.sweep_keys(by=by)
    waiting.lay(period.pk, private)
    try:
        arguments: dict[str, JSON] = {"pk": str(pk), **({"without": without} if without else {})}
        job = work.submit(by=by, name=name, title=title, arguments=arguments, done_at=done_at)
        period.job_id = job.pk
        period.save(update_fields=["job_id"])
    except BaseException:
        waiting.withdraw(period.pk)
        raise
    return job


def _lay(by: Actor, pk: UUID, content: bytes) -> None:
    with transaction.atomic():
        period = held(by, pk, PeriodState.ENDED)
        waiting.lay(period.pk, fitting(period, content).private)


@dataclass(frozen=True)
class _Opened:
    """Every answer that can be read, mixed: whose they are is forgotten. ``unreadable``: the invitations of those that can't."""

    period: Period
    payloads: list[Payload] = field(repr=False)
    unreadable: frozenset[UUID] = field(repr=False)

    @property
    def too_many(self) -> bool:
        """So many that something else must be wrong: the link key is another, or the database older than its key."""
        return len(self.unreadable) > MOST_UNREADABLE * (len(self.payloads) + len(self.unreadable))


def _worked_out(opened: _Opened, progress: Progress | None) -> dataset.Closing:
    try:
        return dataset.close(opened.payloads, _part(progress))
    except Unsafe:
        raise Problem(
            gettext(
                "Nothing was published: the program that plays the attacker came too close to something, whatever was withheld. "
                "Nothing was changed. Please tell whoever maintains Fairgate."
            )
        ) from None


def _opened(pk: UUID, progress: Progress | None) -> _Opened:
    try:
        private = waiting.take(pk)
    except KeyGone:
        raise Problem(
            gettext("The key is not here any more: nothing is kept of it. Upload the key file again.")
        ) from None
    period = Period.objects.get(pk=pk)
    if period.state != PeriodState.ENDED:
        raise Problem(gettext("This period can't be closed: it has not ended, or is closed already."))
    opener = Opener(private, link_key=queries.link_key_of(period))
    envelopes = Envelope.objects.filter(invitation__period=period)
    total, payloads, unreadable = envelopes.count(), [], set()
    rows = envelopes.values_list("invitation_id", "sealed").iterator(chunk_size=_BATCH)
    for number, (invitation, sealed) in enumerate(rows):
        payload = opener.open(bytes(sealed), invitation=str(invitation))
        payloads.append(payload) if payload else unreadable.add(invitation)
        if progress and not number % _BATCH:
            progress(OPENED * number / total, gettext("opening the envelopes"))
    _mix(payloads)
    return _Opened(period, payloads, frozenset(unreadable))


def _mix(payloads: list[Payload]) -> None:
    SystemRandom().shuffle(payloads)


def _under_random_ids(period: Period, rows: Sequence[Mapping[str, Any]]) -> list[Ballot]:
    """In the order of the ids: where a ballot lies on the disk tells as much as its id, nothing."""
    ballots = [Ballot(id=uuid4(), period=period, **row) for row in rows]
    return sorted(ballots, key=lambda ballot: ballot.id.hex)


def _part(progress: Progress | None) -> dataset.Told:
    def tell(done: float) -> None:
        if progress:
            progress(OPENED + (PROTECTED - OPENED) * done, gettext("protecting and auditing the tables"))

    return tell


@transaction.atomic
def _save_preview(*, by: Actor, opened: _Opened, contents: Mapping[str, Any]) -> dict[str, JSON]:
    """Once it is closed, there is nothing to look ahead to."""
    try:
        period = locked(opened.period.pk, PeriodState.ENDED)
    except WrongState:
        return {"period": str(opened.period.pk)}
    period.preview = queries.preview_of(
        contents, len(opened.unreadable), clock.now(), too_many=opened.too_many
    )
    period.save(update_fields=["preview"])
    record(by, period, "period-previewed", _counts(contents, "answered", "dropped"))
    return {"period": str(period.pk)}


def _counts(contents: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: FEW if contents[name] is None else contents[name] for name in names}


@transaction.atomic
def _save_closing(
    *, by: Actor, pk: UUID, ballots: Sequence[Ballot], contents: dict[str, Any]
) -> dict[str, JSON]:
    """All of it or nothing. Once: a job that is done again finds the period closed."""
    try:
        period = locked(pk, PeriodState.ENDED)
    except WrongState:
        return {"period": str(pk)}
    Ballot.objects.bulk_create(ballots, batch_size=_BATCH)
    Publication.objects.create(
        period=period, contents=contents, by_id=by.actor_id, by_name=by.actor_name, at=clock.now()
    )
    forget(period)
    cut(period)
    moved(period, PeriodState.CLOSED)
    counts = _counts(contents, "asked", "answered", "unreadable", "dropped")
    record(
        by, period, "period-closed", {**counts, "ballots": len(ballots), "fingerprint": period.fingerprint}
    )
    scrub_after_commit()
    return {"period": str(pk)}
