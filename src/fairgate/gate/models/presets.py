"""What a function decides on and by which rules. Heads may be edited; every edition stays readable."""

from django.db import models
from django.db.models.functions import Lower

from fairgate.gate.rules import NAME_LENGTH, REASON_LENGTH, TEXT_LENGTH, Level, Thing
from fairgate.ledger.models import AppendOnly
from fairgate.organisation.models import Unit


class Preset(models.Model):
    """A trade's way of speaking, installed for one deciding unit from a TOML file."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="presets")
    code = models.SlugField(max_length=50)  # quality, compliance, legal, audit
    title = models.CharField(max_length=NAME_LENGTH)
    version = models.CharField(max_length=20)  # of the file it came from
    vocabulary = models.JSONField(default=dict)  # our word or code: the trade's word
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["unit__name", "title"]
        constraints = [models.UniqueConstraint(fields=["unit", "code"], name="preset_once_per_unit")]

    def __str__(self) -> str:
        return self.title


class RequestKind(models.Model):
    """What can be asked of a gate, which outcomes it allows, and by when it is answered."""

    preset = models.ForeignKey(Preset, on_delete=models.PROTECT, related_name="kinds")
    code = models.SlugField(max_length=80)
    name = models.CharField(max_length=NAME_LENGTH)
    description = models.CharField(max_length=REASON_LENGTH, blank=True)
    outcomes = models.JSONField(default=list)  # codes of Outcome
    promise_days = models.PositiveSmallIntegerField(null=True, blank=True)  # working days; empty: no promise
    warn_days = models.PositiveSmallIntegerField(default=1)  # working days before the promise is due
    is_offered = models.BooleanField(default=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = [Lower("name")]
        constraints = [models.UniqueConstraint(fields=["preset", "code"], name="request_kind_once")]

    def __str__(self) -> str:
        return self.name


class Standard(models.Model):
    """A written rule decisions rest on: its title in our own words, and where to find it."""

    preset = models.ForeignKey(Preset, on_delete=models.PROTECT, related_name="standards")
    code = models.SlugField(max_length=80)
    title = models.CharField(max_length=NAME_LENGTH)
    reference = models.CharField(max_length=NAME_LENGTH)  # the public reference, such as "21 CFR 211"
    is_current = models.BooleanField(default=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = [Lower("title")]
        constraints = [models.UniqueConstraint(fields=["preset", "code"], name="standard_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.reference})"


class Clause(models.Model):
    """One rule of a standard, with good examples of reasons and ways to yes at hand."""

    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="clauses")
    number = models.CharField(max_length=50)
    title = models.CharField(max_length=NAME_LENGTH)
    summary = models.CharField(max_length=TEXT_LENGTH, blank=True)
    examples = models.JSONField(default=list)  # [{"reasons": …, "way_to_yes": …}]
    is_current = models.BooleanField(default=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["standard", "number"]
        constraints = [models.UniqueConstraint(fields=["standard", "number"], name="clause_once")]

    def __str__(self) -> str:
        return f"{self.standard.reference} {self.number} {self.title}"


class Severity(models.Model):
    """What minor, major and critical mean in this trade."""

    preset = models.ForeignKey(Preset, on_delete=models.PROTECT, related_name="severities")
    level = models.CharField(max_length=10, choices=[(level.value, level.value) for level in Level])
    name = models.CharField(max_length=NAME_LENGTH)
    description = models.CharField(max_length=REASON_LENGTH, blank=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["preset", "pk"]
        verbose_name_plural = "severities"
        constraints = [models.UniqueConstraint(fields=["preset", "level"], name="severity_once")]

    def __str__(self) -> str:
        return self.name


class WorkingCalendar(models.Model):
    """Which days count for a promise of a deciding unit, and in which zone a day ends."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="working_calendar")
    zone = models.CharField(max_length=60, default="UTC")
    weekdays = models.JSONField(default=list)  # 0 is Monday; usually [0, 1, 2, 3, 4]
    holidays = models.JSONField(default=list)  # [{"date": "2026-12-25", "name": "…"}]
    edition = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"Working days of {self.unit}"


class Edition(AppendOnly):
    """How a preset, kind, standard, clause, severity or calendar read from some moment on. Append-only."""

    thing = models.CharField(max_length=20, choices=[(thing.value, thing.value) for thing in Thing])
    thing_id = models.BigIntegerField()
    number = models.PositiveIntegerField()
    facts = models.JSONField()
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["thing", "thing_id", "number"], name="edition_of_thing")]

    def __str__(self) -> str:
        return f"{self.thing} {self.thing_id}, edition {self.number}"
