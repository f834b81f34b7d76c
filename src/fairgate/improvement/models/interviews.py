"""Thirty minutes with somebody: what was agreed, what was heard, and what of it was shared.

Notes lie in a table of their own, so that nothing else carries them by accident: no list, no export, no copy of an
interview has to remember to leave them out.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from fairgate.improvement.rules import (
    NAME_LENGTH,
    REASON_LENGTH,
    SUMMARY_LENGTH,
    TEXT_LENGTH,
    THEME_LENGTH,
    Direction,
    InterviewState,
)
from fairgate.ledger.models import AppendOnly
from fairgate.organisation.models import Unit


class Theme(models.Model):
    """A short tag for what comes up in interviews. The list grows; names are in the team's words."""

    name = models.CharField(max_length=THEME_LENGTH)
    by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        ordering = [Lower("name")]
        constraints = [models.UniqueConstraint(Lower("name"), name="theme_once")]

    def __str__(self) -> str:
        return self.name


class Interview(models.Model):
    """``unit``, a team that decides, talks with somebody of ``other``: its customer or, in the mirror, its supplier."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False)  # of the calendar entry
    sequence = models.PositiveIntegerField(default=0)  # of the calendar entry: a newer one replaces the older
    direction = models.CharField(max_length=10, choices=[(d.value, d.value) for d in Direction])
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="interviews_held")
    other = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="interviews_given")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="interviews_given",
    )
    person_name = models.CharField(max_length=NAME_LENGTH)  # also of somebody without an account
    interviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="interviews_held"
    )
    starts_at = models.DateTimeField()
    zone = models.CharField(max_length=60)
    place = models.CharField(max_length=NAME_LENGTH, blank=True)
    invitation = models.TextField(max_length=TEXT_LENGTH)
    questions = models.JSONField()  # as they read when it was planned
    guide_number = models.PositiveIntegerField()  # their edition; 0: the words the installation brings
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in InterviewState])
    held_on = models.DateField(null=True, blank=True)
    called_off_why = models.CharField(max_length=REASON_LENGTH, blank=True)
    themes = models.ManyToManyField(Theme, related_name="interviews", blank=True)
    made_at = models.DateTimeField()
    key = models.CharField(max_length=200, unique=True)  # the form's token: sent twice, planned once

    class Meta:
        ordering = ["-starts_at", "-id"]
        indexes = [
            models.Index(fields=["unit", "-starts_at"], name="interview_newest"),
            models.Index(fields=["interviewer", "state"], name="interview_waiting"),
            models.Index(fields=["person", "-starts_at"], name="interview_given"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} with {self.other}"


class Notes(models.Model):
    """What was said, for the team only. ``digest`` is what the ledger knows of it."""

    interview = models.OneToOneField(Interview, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(max_length=TEXT_LENGTH * 4)
    salt = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "notes"

    def __str__(self) -> str:
        return f"Notes of {self.interview}"


class _SummaryText(models.Model):
    """The three parts of a summary."""

    works = models.TextField(max_length=SUMMARY_LENGTH)
    hinders = models.TextField(max_length=SUMMARY_LENGTH)
    wishes = models.TextField(max_length=SUMMARY_LENGTH)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        abstract = True


class Summary(_SummaryText):
    """One page for the team: what works, what gets in the way, what they wish."""

    interview = models.OneToOneField(Interview, on_delete=models.PROTECT, related_name="summary")
    salt = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "summaries"

    def __str__(self) -> str:
        return f"Summary of {self.interview}"


class SharedSummary(_SummaryText, AppendOnly):
    """The summary as it was when the team shared it with the person interviewed. Append-only: they keep what they were
    given, whatever the team writes afterwards."""

    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="shared")
    digest = models.CharField(max_length=64)  # of the summary that was shared

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "shared summaries"

    def __str__(self) -> str:
        return f"Shared summary of {self.interview}"
