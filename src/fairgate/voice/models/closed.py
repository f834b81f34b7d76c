"""What is left of a closed period: ballots that nobody can trace back, and what was published, once."""

import uuid

from django.db import models

from fairgate.gate.models import RequestKind, Team
from fairgate.gate.rules import Level, Outcome
from fairgate.ledger.models import AppendOnly
from fairgate.organisation.models import Unit
from fairgate.people.rules import Seniority
from fairgate.voice.models.periods import Period
from fairgate.voice.rules import Form


class Ballot(AppendOnly):
    """One answer, under a random id, beside at least four others that are about the same and differ in every item. No person, no
    decider, no time; what would have set it apart is empty. Append-only, written in the order of the random ids."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="ballots")
    form = models.CharField(max_length=10, choices=[(f.value, f.value) for f in Form])
    answers = models.CharField(max_length=10)  # rules.Answers.text
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="ballots", db_index=False)
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="ballots", db_index=False
    )
    approving = models.BooleanField(null=True)  # None: a mirror question
    outcome = models.CharField(max_length=10, blank=True, choices=[(o.value, o.value) for o in Outcome])
    kind = models.ForeignKey(
        RequestKind, on_delete=models.PROTECT, null=True, blank=True, related_name="ballots", db_index=False
    )
    seniority = models.CharField(max_length=10, blank=True, choices=[(s.value, s.value) for s in Seniority])
    customer = models.ForeignKey(  # the unit that was decided on
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ballots_as_customer",
        db_index=False,
    )
    risk = models.CharField(
        max_length=10, blank=True, choices=[(level.value, level.value) for level in Level]
    )
    supplier = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ballots_as_supplier",
        db_index=False,
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"a ballot of {self.period_id}"


class Publication(AppendOnly):
    """Everything that is shown of a period: every table, what was hidden and why, what the audit said. Written once."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="publications")
    contents = models.JSONField()
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "id"]

    def __str__(self) -> str:
        return str(self.period_id)
