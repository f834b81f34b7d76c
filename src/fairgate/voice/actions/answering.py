"""Answering, replacing, taking back. None of it is in the ledger, none of it bears a time."""

from datetime import date

from django.db import transaction

from fairgate.gate.models import Decision
from fairgate.voice import queries
from fairgate.voice.actions.leftovers import zero_freed_pages
from fairgate.voice.models import Envelope, Invitation, Period
from fairgate.voice.rules import Answering, Answers, Form
from fairgate.voice.rules.envelopes import About, Payload, seal


@transaction.atomic
def answer(*, by: Answering, answers: Answers, today: date | None = None) -> None:
    """Seal somebody's answers; an earlier answer of theirs is replaced. Raises `BadAnswers`, `PeriodOver` and `Left`."""
    invitation = _still_open(by, today)
    queries.refuse_when_left(invitation)
    answers.check(Form(invitation.form))
    payload = Payload(Form(invitation.form), answers, about(invitation))
    sealed = seal(
        payload,
        public_key=bytes(invitation.period.public_key),
        link_key=queries.link_key_of(invitation.period),
        invitation=str(invitation.pk),
    )
    zero_freed_pages()
    Envelope.objects.update_or_create(invitation=invitation, defaults={"sealed": sealed})


@transaction.atomic
def take_back(*, by: Answering, today: date | None = None) -> bool:
    """Delete somebody's answer; whether there was one. Also of somebody who has left. Raises `PeriodOver`."""
    invitation = _still_open(by, today)
    zero_freed_pages()
    deleted, _ = Envelope.objects.filter(invitation=invitation).delete()
    return bool(deleted)


def _still_open(by: Answering, today: date | None) -> Invitation:
    """The period is held on to, so that nothing is sealed while it is being ended."""
    invitation = queries.invitation_of(by)
    invitation.period = Period.objects.select_for_update().get(pk=invitation.period_id)
    queries.refuse_when_over(invitation, today=today)
    return invitation


def about(invitation: Invitation) -> About:
    """What the answers are about, as ids and codes. The decider is there so that closing can count deciders."""
    found: dict[str, str | int | None] = {
        "unit": invitation.unit_id,
        "seniority": invitation.person.seniority,
        "supplier": invitation.supplier_id,
    }
    if (decision := invitation.decision) is not None:
        request = decision.request
        found |= {
            "team": decision.team_id,
            "outcome": decision.outcome,
            "kind": request.kind_id,
            "customer": request.unit_id,
            "risk": request.risk,
            "decider": _decider(decision),
        }
    return found


def _decider(decision: Decision) -> str:
    if decision.decided_by_id:
        return f"p{decision.decided_by_id}"
    if decision.decider is None:
        return ""
    return f"p{decision.decider.account_id}" if decision.decider.account_id else f"r{decision.decider_id}"
