"""What was asked of a gate, by whom, and by when an answer was promised."""

from typing import NoReturn

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from fairgate.gate.models.advice import AdviceQuestion
from fairgate.gate.models.imports import DecisionImport, RecordedPerson
from fairgate.gate.models.presets import RequestKind
from fairgate.gate.rules import (
    NAME_LENGTH,
    OPEN,
    OWN_SOURCE,
    REASON_LENGTH,
    SLIPPED,
    TEXT_LENGTH,
    Level,
    Outcome,
    State,
)
from fairgate.ledger.models import AppendOnly
from fairgate.organisation.models import Process, Unit

_SLIPPED = sorted(outcome.value for outcome in SLIPPED)


class Team(models.Model):
    """A group inside a deciding unit, where the unit is large enough to have several. People may change teams; a decision
    keeps the team it was made in."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=NAME_LENGTH)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="teams", blank=True)

    class Meta:
        ordering = [Lower("name")]
        constraints = [models.UniqueConstraint("unit", Lower("name"), name="team_once_per_unit")]

    def __str__(self) -> str:
        return self.name


class ServiceRequest(models.Model):
    """What a unit hands to a gate. An improved request is a new one that ``follows`` the refused one.

    ``outcome`` and ``decided_at`` repeat the decision that stands (the latest of ``decisions``), so that a list of a million
    needs no join."""

    kind = models.ForeignKey(RequestKind, on_delete=models.PROTECT, related_name="requests")
    kind_edition = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="service_requests")
    deciding_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="service_requests_to_decide"
    )
    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, null=True, blank=True, related_name="service_requests"
    )
    item = models.CharField(max_length=NAME_LENGTH, blank=True)  # the lot, contract or document it is about
    asked = models.CharField(max_length=REASON_LENGTH)
    facts = models.TextField(max_length=TEXT_LENGTH, blank=True)  # the unit's own facts and case
    risk = models.CharField(
        max_length=10, blank=True, choices=[(level.value, level.value) for level in Level]
    )
    value = models.DecimalField(max_digits=18, decimal_places=3, null=True, blank=True)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="service_requests",
    )
    submitter = models.ForeignKey(
        RecordedPerson, on_delete=models.PROTECT, null=True, blank=True, related_name="service_requests"
    )
    promised_by = models.DateTimeField(null=True, blank=True)  # the first promise: the one that counts
    expected_by = models.DateTimeField(null=True, blank=True)  # what was said last
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State])
    outcome = models.CharField(max_length=10, blank=True, choices=[(o.value, o.value) for o in Outcome])
    decided_at = models.DateTimeField(null=True, blank=True)
    has_slip = models.BooleanField(default=False)  # for the decision that stands
    # A column, so that a list of them needs no look at every refusal there ever was.
    lacks_slip = models.GeneratedField(
        expression=models.ExpressionWrapper(
            models.Q(has_slip=False, outcome__in=_SLIPPED), output_field=models.BooleanField()
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="to_review"
    )
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    advice = models.ForeignKey(
        AdviceQuestion, on_delete=models.PROTECT, null=True, blank=True, related_name="service_requests"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="withdrawn"
    )
    withdrawn_reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    # Where it comes from: an import's source and its own key there, or the token of the form it was typed into. Never twice.
    source = models.CharField(max_length=NAME_LENGTH, default=OWN_SOURCE)
    key = models.CharField(max_length=NAME_LENGTH)
    arrival = models.ForeignKey(
        DecisionImport, on_delete=models.PROTECT, null=True, blank=True, related_name="service_requests"
    )
    row = models.PositiveIntegerField(null=True, blank=True)  # in the file it arrived in

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="service_request_once")]
        indexes = [
            models.Index(fields=["deciding_unit", "-submitted_at"], name="request_gate_newest"),
            models.Index(fields=["unit", "-submitted_at"], name="request_unit_newest"),
            models.Index(fields=["-submitted_at"], name="request_newest"),
            models.Index(fields=["outcome", "-decided_at"], name="request_outcome_newest"),
            models.Index(fields=["outcome", "-submitted_at"], name="request_outcome_submitted"),
            models.Index(fields=["unit", "outcome", "-decided_at"], name="request_unit_outcome"),
            models.Index(fields=["item"], name="request_item"),
            models.Index(
                fields=["unit", "-withdrawn_at"],
                name="request_withdrawn",
                condition=models.Q(withdrawn_at__isnull=False),
            ),
            models.Index(
                fields=["deciding_unit", "expected_by"],
                name="request_open_due",
                condition=models.Q(state__in=sorted(OPEN)),
            ),
            models.Index(
                fields=["unit", "-submitted_at"],
                name="request_open_own",
                condition=models.Q(state__in=sorted(OPEN)),
            ),
            models.Index(
                fields=["-submitted_at"],
                name="request_slip_missing",
                condition=models.Q(lacks_slip=True),
            ),
        ]

    def __str__(self) -> str:
        return self.item or self.asked

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise TypeError("A service request is withdrawn, never deleted.")

    @property
    def reference(self) -> str:
        return f"R-{self.pk:06}"


class PromiseChange(AppendOnly):
    """An early warning: the answer will come later than promised, said before the date was missed. Append-only."""

    request = models.ForeignKey(ServiceRequest, on_delete=models.PROTECT, related_name="promise_changes")
    old = models.DateTimeField()
    new = models.DateTimeField()
    reason = models.CharField(max_length=REASON_LENGTH)
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.request} by {self.new:%Y-%m-%d}"
