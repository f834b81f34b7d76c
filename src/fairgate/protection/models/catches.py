"""What a refusal kept from happening, as two people see it who don't see each other's answer."""

from django.conf import settings
from django.db import models

from fairgate.gate.models import Decision
from fairgate.ledger.models import AppendOnly
from fairgate.protection.rules import REASON_LENGTH, Side, WouldHave


class CatchJudgement(AppendOnly):
    """One side's judgement of a refusal or a return. Append-only; each side judges a decision once
    (`actions.judge` holds the request's row while it looks)."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="catch_judgements")
    side = models.CharField(max_length=10, choices=[(side.value, side.value) for side in Side])
    would_have = models.CharField(max_length=10, choices=[(it.value, it.value) for it in WouldHave])
    note = models.CharField(max_length=REASON_LENGTH, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="catch_judgements"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["decision", "side"], name="catch_of_decision"),
            models.Index(fields=["side", "at"], name="catch_side_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.side}: {self.would_have}"
