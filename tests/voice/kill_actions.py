"""What a child repeats until it is killed (`gate.killing`). A crowd that was decided on is there already."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from random import Random
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from fairgate.engines import disclosure
from fairgate.gate.models import Decision
from fairgate.shared import clock
from fairgate.shared.actor import System
from fairgate.voice import actions, queries
from fairgate.voice.actions import closing
from fairgate.voice.actions.answering import about
from fairgate.voice.actions.keeping import record
from fairgate.voice.models import Ballot, Envelope, Invitation, Period, Publication
from fairgate.voice.rules import Answering, Form, PeriodState
from fairgate.voice.rules.envelopes import Payload, seal
from fairgate.voice.rules.keys import KeyPair, key_file
from voice.conftest import some_answers, withhold

PROGRAM = System("tests")


def answers() -> Callable[[], object]:
    """Everybody in turn, again and again."""
    invitations, draw, turn = list(Invitation.objects.select_related("period")), Random(), count()

    def one() -> None:
        invitation = invitations[next(turn) % len(invitations)]
        said, until = some_answers(draw), invitation.period.days.answers_until
        actions.answer(by=Answering(invitation.pk), answers=said, today=until)
        if draw.random() < 0.2:
            actions.take_back(by=Answering(invitation.pk), today=until)

    return one


def closes() -> Callable[[], object]:
    """A period that has ended, with everybody's answers, in one transaction; then it is closed."""
    disclosure.protect = withhold  # type: ignore[assignment]
    decisions = list(Decision.objects.select_related("request"))

    def one() -> None:
        period, key = ended(decisions)
        actions.close_at_once(by=PROGRAM, pk=period.pk, key=key)

    return one


def closes_in_pieces() -> Callable[[], object]:
    """What closing may not be: ballots, publication, envelopes and state each committed for itself."""

    def in_pieces(*, by: object, pk: object, ballots: list[Ballot], contents: object) -> dict[str, object]:
        Ballot.objects.bulk_create(ballots)
        period = Period.objects.get(pk=pk)
        Publication.objects.create(period=period, contents=contents, by_id="", by_name="", at=clock.now())
        Envelope.objects.filter(invitation__period=period).delete()
        Period.objects.filter(pk=pk).update(state=PeriodState.CLOSED)
        with transaction.atomic():
            record(PROGRAM, period, "period-closed", {})
        return {}

    close = closes()
    closing._save_closing = in_pieces  # type: ignore[assignment]
    actions.close_at_once.__globals__["transaction"] = _NoTransaction
    return close


class _NoTransaction:
    """``transaction.atomic()`` that holds nothing together."""

    from contextlib import nullcontext as atomic


def ended(decisions: list[Decision]) -> tuple[Period, bytes]:
    keys = KeyPair.make()
    kept = key_file(keys, period="x", head=())
    pk, start = uuid4(), _free_month()
    folder = Path(settings.DATA, "officer")
    folder.mkdir(exist_ok=True)
    (folder / str(pk)).write_bytes(kept.content)
    with transaction.atomic():
        period = Period.objects.create(
            id=pk,
            name=str(start),
            starts_on=start,
            ends_on=start + timedelta(days=27),
            months=1,
            oversampling=3.0,
            state=PeriodState.ENDED,
            public_key=keys.public,
            fingerprint=keys.fingerprint,
        )
        invitations = [_invitation(period, decision) for decision in decisions]
        Invitation.objects.bulk_create(invitations)
        Envelope.objects.bulk_create(
            Envelope(invitation=one, sealed=_sealed(one, keys)) for one in invitations
        )
    return period, kept.content


def _free_month() -> date:
    last = Period.objects.order_by("-starts_on").values_list("starts_on", flat=True).first()
    return (last or date(2026, 7, 1)) + timedelta(days=30)


def _invitation(period: Period, decision: Decision) -> Invitation:
    return Invitation(
        period=period,
        person=decision.request.submitted_by,
        form=Form.TREATMENT,
        unit_id=decision.request.deciding_unit_id,
        decision=decision,
        kind_id=decision.request.kind_id,
        outcome=decision.outcome,
        asked_on=period.starts_on,
        nonce=b"",
        link_hash=uuid4().hex,
    )


def _sealed(one: Invitation, keys: KeyPair) -> bytes:
    payload = Payload(Form.TREATMENT, some_answers(Random()), about(one))
    return seal(
        payload, public_key=keys.public, link_key=queries.link_key_of(one.period), invitation=str(one.pk)
    )
