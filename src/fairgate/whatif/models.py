"""Scenarios with every edition they had, runs over them, and what came of each."""

import uuid

from django.db import models

from fairgate.ledger.models import AppendOnly
from fairgate.organisation.models import Unit
from fairgate.whatif.rules import NAME_LENGTH, REASON_LENGTH


class Scenario(AppendOnly):
    """What a deciding unit holds about its plant; what exactly, its latest edition says. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="scenarios")
    name = models.CharField(max_length=NAME_LENGTH)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name


class ScenarioEdition(AppendOnly):
    """A scenario as it was from then on. Append-only: the latest stands.

    ``said`` is the document as people hold it; ``records`` what was counted when it was calibrated (None: never was), with the
    window; parameters in ``own`` are as people say although records could tell. ``held`` is the document that follows, which
    runs live through; ``counts`` is held against it. ``open_codes``: what the records can't tell."""

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    said = models.JSONField()
    records = models.JSONField(null=True)
    own = models.JSONField(default=list)
    counts = models.JSONField(default=list)
    held = models.JSONField()
    open_codes = models.JSONField(default=list)
    note = models.CharField(max_length=REASON_LENGTH, blank=True)
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["scenario", "number"], name="edition_of_scenario")]

    def __str__(self) -> str:
        return f"{self.scenario}, edition {self.number}"


class Run(AppendOnly):
    """One time that an edition was lived through: with which ways of checking, and by what."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    edition = models.ForeignKey(ScenarioEdition, on_delete=models.PROTECT, related_name="runs")
    policies = models.JSONField()
    years = models.FloatField()
    replicates = models.PositiveIntegerField()
    seed = models.BigIntegerField()
    despite = models.CharField(max_length=REASON_LENGTH, blank=True)  # why, although the base rates disagree
    line = models.CharField(max_length=100, blank=True)  # the parameter a break-even line was asked for
    inputs = models.CharField(max_length=64)  # hash of everything the figures follow from
    versions = models.JSONField()
    job_id = models.UUIDField(null=True)
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "id"]
        indexes = [models.Index(fields=["inputs"], name="run_of_inputs")]

    def __str__(self) -> str:
        return f"{self.edition}, {self.at:%Y-%m-%d %H:%M}"


class RunResult(AppendOnly):
    """What came of a run: the whole answer as plain numbers, or that the base rates disagree; and the line, if one was asked
    for."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="results")
    answer = models.JSONField()
    lines = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "id"]
        indexes = [models.Index(fields=["run", "-at"], name="answer_of_run")]

    def __str__(self) -> str:
        return str(self.run)
