"""Reviews, decisions and the slips that explain the unwelcome ones. All written once."""

from django.conf import settings
from django.db import models

from fairgate.gate.models.imports import DecisionImport, RecordedPerson
from fairgate.gate.models.presets import Clause
from fairgate.gate.models.requests import ServiceRequest, Team
from fairgate.gate.rules import REASON_LENGTH, TEXT_LENGTH, LookResult, Outcome
from fairgate.ledger.models import AppendOnly


class Review(AppendOnly):
    """A named person's look at one request. Append-only."""

    request = models.ForeignKey(ServiceRequest, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews")
    found = models.TextField(max_length=TEXT_LENGTH)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Review of {self.request} by {self.reviewer}"


class Decision(AppendOnly):
    """What was decided on a request. Append-only: the latest stands; an earlier one was a hold, was corrected by an import
    or was overturned by a second look."""

    request = models.ForeignKey(ServiceRequest, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=[(o.value, o.value) for o in Outcome])
    kind_edition = models.PositiveIntegerField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    decider = models.ForeignKey(
        RecordedPerson, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    conditions = models.CharField(max_length=REASON_LENGTH, blank=True)
    note = models.CharField(max_length=REASON_LENGTH, blank=True)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    arrival = models.ForeignKey(
        DecisionImport, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    row = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.request}: {self.outcome}"


class RefusalSlip(AppendOnly):
    """The page that carries reason, clause and way to yes. Append-only: the latest of a decision stands."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="slips")
    asked = models.CharField(max_length=REASON_LENGTH)
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="slips")
    clause_edition = models.PositiveIntegerField()
    reasons = models.TextField(max_length=TEXT_LENGTH)
    way_to_yes = models.TextField(max_length=TEXT_LENGTH)
    by_when = models.DateField()
    ask_whom = models.CharField(max_length=200)
    second_look = models.CharField(max_length=REASON_LENGTH)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="slips")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Refusal slip for {self.decision.request}"


class SecondLook(models.Model):
    """A review of a decision by somebody else of the same function; never by anybody outside it."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="second_looks")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="second_looks_asked"
    )
    asked_at = models.DateTimeField()
    why = models.CharField(max_length=REASON_LENGTH)
    promised_by = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="second_looks"
    )
    looked_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=10, blank=True, choices=[(r.value, r.value) for r in LookResult])
    reasons = models.TextField(max_length=TEXT_LENGTH, blank=True)
    new_decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="came_of_second_look"
    )

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["result", "asked_at"], name="second_look_open")]
        constraints = [models.UniqueConstraint(fields=["decision"], name="one_second_look_a_decision")]

    def __str__(self) -> str:
        return f"Second look at {self.decision}"
