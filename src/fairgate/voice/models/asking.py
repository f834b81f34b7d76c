"""Being asked, and the sealed answer until its period is closed."""

import uuid

from django.conf import settings
from django.db import models

from fairgate.gate.models import Decision, RequestKind
from fairgate.gate.rules import Outcome
from fairgate.organisation.models import Unit
from fairgate.voice.models.periods import Period
from fairgate.voice.rules import Form


class Invitation(models.Model):
    """Somebody is asked about one decision, or about a unit that supplies theirs. One a person a period.

    Nothing here ever says whether they answered: an `Envelope` says it while it is there, and leaves no trace in this row
    when it goes, not even a new version of it. Outcome and kind are copied for the response rates. Closing empties what says
    what they were asked about and when, in every row alike (`actions.leftovers.cut`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations")
    form = models.CharField(max_length=10, choices=[(f.value, f.value) for f in Form])
    unit = models.ForeignKey(  # that decided
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    kind = models.ForeignKey(
        RequestKind, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    outcome = models.CharField(max_length=10, blank=True, choices=[(o.value, o.value) for o in Outcome])
    supplier = models.ForeignKey(  # the unit a mirror question is about; ``unit`` is then its customer
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="mirror_invitations"
    )
    asked_on = models.DateField(null=True, blank=True)
    nonce = models.BinaryField(max_length=16)
    link_hash = models.CharField(max_length=64)  # of the personal link, which is not stored

    class Meta:
        ordering = ["period", "asked_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["period", "person"], name="invited_once_a_period"),
            models.UniqueConstraint(fields=["link_hash"], name="invitation_link_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} asked in {self.period}"


class Envelope(models.Model):
    """A sealed answer, of a fixed size. Without a time, without a count of how often it was replaced; deleted when it is
    taken back and when the period is closed.

    Without a constraint in the database: to keep one, PostgreSQL locks the invitation when an envelope comes, and leaves the
    number of that transaction on its row, for everybody who answered and for nobody else."""

    invitation = models.OneToOneField(
        Invitation, on_delete=models.PROTECT, primary_key=True, related_name="envelope", db_constraint=False
    )
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return "a sealed answer"
