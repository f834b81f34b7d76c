"""Decisions on their way in from another system."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from fairgate.files.models import StoredFile
from fairgate.gate.rules import NAME_LENGTH, ImportState
from fairgate.organisation.models import Unit


class DecisionMapping(models.Model):
    """How one source's columns and words are read: mapped once and kept, for every night's file."""

    name = models.CharField(max_length=NAME_LENGTH)
    source = models.CharField(max_length=NAME_LENGTH)  # names the other system; its keys are unique within it
    deciding_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="decision_mappings")
    columns = models.JSONField(default=dict)  # our field: their column
    values = models.JSONField(default=dict)  # {"outcome": {"REJECTED": "refused"}, "kind": {…}, "unit": {…}}
    options = models.JSONField(
        default=dict
    )  # readers' choices: sheet, zone, decimal mark, patterns of an event log
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = [Lower("name")]
        constraints = [models.UniqueConstraint(Lower("name"), name="decision_mapping_once")]

    def __str__(self) -> str:
        return self.name


class DecisionImport(models.Model):
    """A file of decisions: read and checked (the dry run), then applied whole or discarded."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    mapping = models.ForeignKey(
        DecisionMapping, on_delete=models.PROTECT, null=True, blank=True, related_name="imports"
    )
    mapping_edition = models.PositiveIntegerField(default=0)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="decision_imports")
    name = models.CharField(max_length=NAME_LENGTH)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ImportState])
    findings = models.JSONField(
        default=dict
    )  # counts of new, changed, unchanged; examples of changes; how it was read
    problems = models.JSONField(default=list)
    job_id = models.UUIDField(null=True, blank=True)
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name


class RecordedPerson(models.Model):
    """Somebody named in another system's records. A pseudonym unless the installation says otherwise; may be mapped to an
    account later."""

    source = models.CharField(max_length=NAME_LENGTH)
    digest = models.CharField(
        max_length=64
    )  # keyed hash of the name in the source; the key is outside the database
    pseudonym = models.CharField(max_length=40)
    name = models.CharField(max_length=NAME_LENGTH, blank=True)  # only where the installation keeps names
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="recorded_as"
    )

    class Meta:
        ordering = ["pseudonym"]
        constraints = [models.UniqueConstraint(fields=["source", "digest"], name="recorded_person_once")]

    def __str__(self) -> str:
        return self.name or self.pseudonym
