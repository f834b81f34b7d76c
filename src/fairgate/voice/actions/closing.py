"""Closing a period: open every envelope in memory, mix, coarsen, write ballots, publish, and forget who had answered.

The long work changes nothing. What is returned saves everything in one transaction: a process that is killed leaves the
period wholly as it was, or wholly closed. Nothing can change meanwhile: no answer is taken once the period has ended.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from secrets import SystemRandom
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from fairgate.shared import clock
from fairgate.shared.actor import Actor
from fairgate.voice import dataset, queries
from fairgate.voice.actions import keys as waiting
from fairgate.voice.actions.keeping import held, locked, moved, record
from fairgate.voice.actions.leftovers import forget, scrub_after_commit
from fairgate.voice.actions.periods import fitting
from fairgate.voice.models import Ballot, Envelope, Period, Publication
from fairgate.voice.rules import KeyGone, PeriodState, StillAtWork, WrongState
from fairgate.voice.rules.envelopes import Opener, Payload
from fairgate.work import actions as work
from fairgate.work.models import Job
from fairgate.work.rules import JSON, Problem, Progress

CLOSE, PREVIEW = "voice.close", "voice.preview"
OPENED, PROTECTED = 0.5, 0.9
_BATCH = 1_000

Save = Callable[[], Mapping[str, JSON]]


def request_preview(*, by: Actor, pk: UUID, key: bytes, done_at: str) -> Job:
    """Have worked out what closing would drop and hide; no figure of what was said is shown. Raises PermissionDenied,
    `WrongState`, `StillAtWork`, `KeyUnreadable` and `KeyDoesNotFit`."""
    title = gettext("Feedback: what closing would show and hide")
    return _request(by, pk, key, name=PREVIEW, title=title, done_at=done_at)


def request_closing(*, by: Actor, pk: UUID, key: bytes, done_at: str) -> Job:
    """Have the period closed and published. Raises as `request_preview`."""
    return _request(by, pk, key, name=CLOSE, title=gettext("Feedback: closing a period"), done_at=done_at)


def preview_at_once(*, by: Actor, pk: UUID, key: bytes) -> Period:
    """The same in this process, for programs."""
    _lay(by, pk, key)
    save = compute_preview(by=by, pk=pk)
    with transaction.atomic():
        save()
    return Period.objects.get(pk=pk)


def close_at_once(*, by: Actor, pk: UUID, key: bytes) -> Publication:
    """The same in this process, for programs."""
    _lay(by, pk, key)
    save = compute_closing(by=by, pk=pk)
    with transaction.atomic():
        save()
    return Publication.objects.get(period=pk)


def compute_preview(*, by: Actor, pk: UUID, progress: Progress | None = None) -> Save:
    """Take the key that waits, and work out what closing would do. Raises `work.rules.Problem`."""
    period, payloads, unreadable = _opened(pk, progress)
    closing = dataset.close(payloads, _part(progress))
    return partial(_save_preview, by=by, period=period, contents=closing.contents, unreadable=unreadable)


def compute_closing(*, by: Actor, pk: UUID, progress: Progress | None = None) -> Save:
    """Take the key that waits, and close: everything up to writing it down. Raises `work.rules.Problem`."""
    period, payloads, unreadable = _opened(pk, progress)
    closing = dataset.close(payloads, _part(progress))
    contents = {
        **closing.contents,
        "asked": period.invitations.count(),
        "unreadable": unreadable,
        "responses": dataset.responses(queries.response_rows(period)),
        "decided": queries.decided_in(period),
    }
    contents["names"] = queries.names_in(contents)
    ballots = _under_random_ids(period, closing.ballots)
    return partial(_save_closing, by=by, pk=pk, ballots=ballots, contents=contents)


@transaction.atomic
def _request(by: Actor, pk: UUID, content: bytes, *, name: str, title: str, done_at: str) -> Job:
    period = held(by, pk, PeriodState.ENDED)
    private = fitting(period, content).private
    if (running := queries.running_job(period)) is not None:
        if running.name != name:
            raise StillAtWork
        return running
    waiting.sweep_keys(by=by)
    waiting.lay(period.pk, private)
    try:
        job = work.submit(by=by, name=name, title=title, arguments={"pk": str(pk)}, done_at=done_at)
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


def _opened(pk: UUID, progress: Progress | None) -> tuple[Period, list[Payload], int]:
    """Every answer that can be read, mixed, and how many can't. Whose they are is forgotten here."""
    try:
        private = waiting.take(pk)
    except KeyGone:
        raise Problem(
            gettext("The key is not here any more: nothing is kept of it. Upload the key file again.")
        ) from None
    period = Period.objects.get(pk=pk)
    if period.state != PeriodState.ENDED:
        raise Problem(gettext("This period can't be closed: it has not ended, or is closed already."))
    opener = Opener(private, link_key=settings.LINK_KEY)
    envelopes = Envelope.objects.filter(invitation__period=period)
    total, payloads, unreadable = envelopes.count(), [], 0
    rows = envelopes.values_list("invitation_id", "sealed").iterator(chunk_size=_BATCH)
    for number, (invitation, sealed) in enumerate(rows):
        payload = opener.open(bytes(sealed), invitation=str(invitation))
        payloads.append(payload) if payload else None
        unreadable += payload is None
        if progress and not number % _BATCH:
            progress(OPENED * number / total, gettext("opening the envelopes"))
    _mix(payloads)
    return period, payloads, unreadable


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
def _save_preview(
    *, by: Actor, period: Period, contents: Mapping[str, Any], unreadable: int
) -> dict[str, JSON]:
    found = locked(period.pk, PeriodState.ENDED)
    found.preview = queries.preview_of(contents, unreadable, clock.now())
    found.save(update_fields=["preview"])
    record(by, found, "period-previewed", {"answered": contents["answered"], "dropped": contents["dropped"]})
    return {"period": str(period.pk)}


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
    moved(period, PeriodState.CLOSED)
    counts = {name: contents[name] for name in ("asked", "answered", "unreadable", "dropped")}
    record(
        by, period, "period-closed", {**counts, "ballots": len(ballots), "fingerprint": period.fingerprint}
    )
    scrub_after_commit()
    return {"period": str(pk)}
