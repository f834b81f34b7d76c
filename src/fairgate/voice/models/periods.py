"""A period in which people are asked, and what became of it."""

import uuid

from django.db import models
from django.db.models import Q

from fairgate.voice.rules import MONTHS, NAME_LENGTH, TEXT_LENGTH, Days, PeriodState
from fairgate.voice.rules.links import new_salt


class Period(models.Model):
    """The private key to its answers is not here, nor anywhere else in the installation.

    ``preview`` holds counts of what closing would drop and hide, no figure of what was said."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=NAME_LENGTH)
    starts_on = models.DateField()
    ends_on = models.DateField()
    months = models.PositiveSmallIntegerField(choices=[(months, str(months)) for months in MONTHS])
    oversampling = models.FloatField()
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in PeriodState])
    public_key = models.BinaryField(max_length=32)
    fingerprint = models.CharField(max_length=40)
    link_salt = models.BinaryField(max_length=32, default=new_salt)  # thrown away at closing (rules.links)
    turn_to = models.CharField(max_length=TEXT_LENGTH, blank=True)  # with danger or misconduct
    opened_on = models.DateField(null=True, blank=True)  # what was decided before is not asked about
    reminded_on = models.DateField(null=True, blank=True)
    preview = models.JSONField(null=True)
    job_id = models.UUIDField(null=True, blank=True)  # the preview or closing asked for last
    unread = models.PositiveIntegerField(default=0)  # of a lost period: answers thrown away

    class Meta:
        ordering = ["-starts_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["starts_on"], condition=~Q(state=PeriodState.LOST.value), name="period_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def days(self) -> Days:
        return Days(self.starts_on, self.ends_on)
