"""Tables of ratings, runs over them, their results, and the agreements that allow them.

Nothing here is about an individual: the ratings themselves stay in the kept file, and what is counted here is counted over
whole teams.
"""

import uuid

from django.db import models

from fairgate.fairness.rules import NAME_LENGTH, TEXT_LENGTH, SurveyState
from fairgate.files.models import StoredFile
from fairgate.ledger.models import AppendOnly
from fairgate.organisation.models import Unit


class Survey(models.Model):
    """Where ratings come from: a file of them with decisions, kept, its columns said, checked (the dry run), then used or
    discarded; or closed periods of the voice, used as they are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="surveys"
    )
    periods = models.JSONField(default=list)  # of the voice, by id, oldest first; there is no file then
    name = models.CharField(max_length=NAME_LENGTH)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="surveys")  # the one that decided
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in SurveyState])
    options = models.JSONField(default=dict)  # how the file is read: sheet
    proposal = models.JSONField(default=dict)  # its columns, and what they seem to be
    said = models.JSONField(default=dict)  # rules.Said
    findings = models.JSONField(default=dict)  # counts over all teams, and the hash of what was counted
    problems = models.JSONField(default=list)
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name


class Agreement(AppendOnly):
    """With whom it was agreed that team scores of a unit may be worked out, or that they no longer may. Append-only: the
    latest of a unit stands."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="score_agreements")
    holds = models.BooleanField()
    agreed_on = models.DateField()
    parties = models.CharField(max_length=NAME_LENGTH)
    document = models.CharField(max_length=NAME_LENGTH)
    note = models.CharField(max_length=TEXT_LENGTH, blank=True)
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["unit", "id"], name="agreement_of_unit")]

    def __str__(self) -> str:
        return self.document


class Run(AppendOnly):
    """One time that scores were asked for: what they are worked out from, by what, and with which choices."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="runs")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="runs")
    inputs = models.CharField(max_length=64)  # hash of the counted cells
    versions = models.JSONField()
    choices = models.JSONField()  # rules.Said, the link, the cut-offs
    seed = models.BigIntegerField()
    job_id = models.UUIDField(null=True)
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "id"]

    def __str__(self) -> str:
        return f"{self.survey}, {self.at:%Y-%m-%d %H:%M}"


class RunResult(AppendOnly):
    """What came of a run: scores of teams, what they were counted from over whole teams, and the guardrails as they stood."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="results")
    scores = models.JSONField()
    cells = models.JSONField()  # by team, outcome and rating, of teams whose figures may be shown
    guardrails = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "id"]
        indexes = [models.Index(fields=["run", "-at"], name="result_of_run")]

    def __str__(self) -> str:
        return str(self.run)
