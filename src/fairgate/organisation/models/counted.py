"""Figures counted from event logs, and imports on their way in."""

import uuid

from django.db import models

from fairgate.files.models import StoredFile
from fairgate.organisation.models.units import Unit
from fairgate.organisation.rules import NAME_LENGTH, ImportState


class Import(models.Model):
    """A file on its way in: read and checked (the dry run), then applied whole or discarded."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="imports")
    name = models.CharField(max_length=NAME_LENGTH)
    kind = models.CharField(max_length=10)  # events, needs, flows, gates, units
    choices = models.JSONField(default=dict)  # the options of `fairgate customers`, as a profile holds them
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ImportState])
    findings = models.JSONField(
        default=dict
    )  # what the dry run found: what is new, what is there already, what was read how
    problems = models.JSONField(default=list)
    counts = models.JSONField(null=True)  # a counted log waiting to be applied
    job_id = models.UUIDField(null=True, blank=True)
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"


class CountedLog(models.Model):
    """What one event log said: additive figures, not the events themselves."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="counted_logs")
    name = models.CharField(max_length=NAME_LENGTH)
    choices = models.JSONField(default=dict)
    counts = models.JSONField()  # engines.customers.Counts.to_json()
    source = models.JSONField(default=dict)  # how the file was read: columns, encoding, zone
    is_current = models.BooleanField(default=True)
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class CountedUnit(models.Model):
    """Which unit a name in a log stands for, so that renaming a unit keeps its figures."""

    log = models.ForeignKey(CountedLog, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="counted")
    name_in_log = models.CharField(max_length=NAME_LENGTH)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "name_in_log"], name="counted_unit_once")]

    def __str__(self) -> str:
        return self.name_in_log
