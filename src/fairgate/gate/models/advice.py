"""“Would this pass?”, asked before anything is submitted. It binds nobody."""

from django.conf import settings
from django.db import models

from fairgate.gate.models.presets import Clause, RequestKind
from fairgate.gate.rules import TEXT_LENGTH, Likely
from fairgate.organisation.models import Unit


class AdviceQuestion(models.Model):
    """A question to a gate before a request. Answered once."""

    kind = models.ForeignKey(RequestKind, on_delete=models.PROTECT, related_name="questions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="advice_asked")
    deciding_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="advice_to_give")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="advice_asked"
    )
    asked_at = models.DateTimeField()
    question = models.TextField(max_length=TEXT_LENGTH)
    key = models.CharField(max_length=200, unique=True)  # the form's token: sent twice, asked once
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="advice_given"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    likely = models.CharField(
        max_length=15, blank=True, choices=[(each.value, each.value) for each in Likely]
    )
    answer = models.TextField(max_length=TEXT_LENGTH, blank=True)
    clauses = models.ManyToManyField(Clause, related_name="advice", blank=True)
    clauses_as_read = models.JSONField(default=list)  # [[clause id, edition]] when it was answered

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["deciding_unit", "answered_at"], name="advice_open")]

    def __str__(self) -> str:
        return self.question[:80]
