"""What was promised to whom, and what became of it."""

from django.conf import settings
from django.db import models

from fairgate.improvement.models.interviews import Interview
from fairgate.improvement.rules import (
    REASON_LENGTH,
    SENTENCE_LENGTH,
    Answer,
    CommitmentState,
    Direction,
    Event,
)
from fairgate.ledger.models import AppendOnly
from fairgate.organisation.models import Unit


class Commitment(models.Model):
    """``unit`` promised ``to``: the function its customer or, in the mirror, a supplier the function."""

    direction = models.CharField(max_length=10, choices=[(d.value, d.value) for d in Direction])
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="commitments")
    to = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="commitments_received")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments_received",
    )  # who is asked whether it was kept
    interview = models.ForeignKey(
        Interview, on_delete=models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    what = models.CharField(max_length=SENTENCE_LENGTH)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="commitments")
    promised_for = models.DateField()  # the first day promised: the one that counts
    due = models.DateField()  # what was said last, after it was opened again
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in CommitmentState])
    why = models.CharField(max_length=REASON_LENGTH, blank=True)  # what was done, or why not
    closed_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=10, blank=True, choices=[(a.value, a.value) for a in Answer])
    answer_words = models.CharField(max_length=REASON_LENGTH, blank=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    key = models.CharField(max_length=200, unique=True)  # the form's token: sent twice, promised once

    class Meta:
        ordering = ["due", "id"]
        indexes = [
            models.Index(fields=["unit", "state", "due"], name="commitment_open"),
            models.Index(fields=["to", "state", "due"], name="commitment_received"),
            models.Index(fields=["owner", "state", "due"], name="commitment_mine"),
            models.Index(fields=["person", "state"], name="commitment_to_me"),
        ]

    def __str__(self) -> str:
        return self.what


class CommitmentEvent(AppendOnly):
    """One thing that happened to a commitment. Append-only: together they are its history."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="events")
    event = models.CharField(max_length=10, choices=[(e.value, e.value) for e in Event])
    owner_name = models.CharField(max_length=200)
    due = models.DateField()
    words = models.CharField(max_length=REASON_LENGTH, blank=True)
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.event}: {self.commitment}"
