"""Complaints of external customers, findings of our own, and the decisions that let it out."""

import uuid
from typing import NoReturn

from django.conf import settings
from django.db import models

from fairgate.files.models import StoredFile
from fairgate.gate.models import Decision
from fairgate.ledger.models import AppendOnly
from fairgate.organisation.models import ExternalCustomer
from fairgate.protection.rules import (
    NAME_LENGTH,
    REASON_LENGTH,
    TEXT_LENGTH,
    Arrival,
    ImportState,
    Level,
    Nature,
)


class ComplaintImport(models.Model):
    """A file of complaints: read and checked (the dry run), then applied whole or discarded."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="complaint_imports")
    name = models.CharField(max_length=NAME_LENGTH)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ImportState])
    options = models.JSONField(default=dict)  # how to read it: sheet, date format
    findings = models.JSONField(default=dict)  # counts of new, changed, unchanged; lots nobody knows; columns
    problems = models.JSONField(default=list)
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name


class Complaint(models.Model):
    """What proved wrong, in the words of whoever reported it (21 CFR 211.198: product and strength, lot, complainant,
    nature, reply). Investigations stay in the quality system; ``reference`` says under which number."""

    kind = models.CharField(max_length=10, choices=[(it.value, it.value) for it in Nature])
    product = models.CharField(max_length=NAME_LENGTH)
    lot = models.CharField(max_length=NAME_LENGTH)
    complainant = models.CharField(max_length=NAME_LENGTH, blank=True)  # a person: see queries.doors
    nature = models.TextField(max_length=TEXT_LENGTH)
    severity = models.CharField(max_length=10, choices=[(it.value, it.value) for it in Level])
    received = models.DateField()
    external_customer = models.ForeignKey(
        ExternalCustomer, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    reply = models.TextField(max_length=TEXT_LENGTH, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=NAME_LENGTH, blank=True)  # of the investigation, elsewhere
    not_investigated = models.CharField(max_length=REASON_LENGTH, blank=True)  # why not
    not_investigated_by = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=NAME_LENGTH, unique=True)
    arrival = models.CharField(max_length=10, choices=[(it.value, it.value) for it in Arrival])
    came_with = models.ForeignKey(
        ComplaintImport, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    row = models.PositiveIntegerField(null=True, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    reported_at = models.DateTimeField()

    class Meta:
        ordering = ["-received", "-id"]
        indexes = [
            models.Index(fields=["lot"], name="complaint_lot"),
            models.Index(fields=["-received", "-id"], name="complaint_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.product}, {self.lot}"

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise TypeError("A complaint is answered, never deleted.")


class Escape(AppendOnly):
    """Somebody links a complaint to the decision that let it out, or takes the link back. Append-only: the latest of a
    complaint and a decision stands."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="escapes")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="escapes")
    is_linked = models.BooleanField()
    reason = models.CharField(max_length=REASON_LENGTH)
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["complaint", "decision"], name="escape_of_pair")]

    def __str__(self) -> str:
        return f"{self.complaint} let out by {self.decision}"
