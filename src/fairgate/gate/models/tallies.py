"""Running counts, so that a page over a million decisions is as quick as one over a thousand."""

from django.db import models

from fairgate.gate.models.presets import RequestKind
from fairgate.gate.rules import Kept, Outcome
from fairgate.organisation.models import Unit


class Tally(models.Model):
    """Standing decisions counted by month and what they were; changed in the same transaction as the decisions
    (`gate.actions.tallies`), and always equal to a recount (tests/gate/test_tallies.py)."""

    month = models.DateField()  # the first of the month decided in, UTC
    deciding_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="tallies_to_decide")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="tallies")
    kind = models.ForeignKey(RequestKind, on_delete=models.PROTECT, related_name="tallies")
    outcome = models.CharField(max_length=10, choices=[(o.value, o.value) for o in Outcome])
    promise = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Kept])
    imported = models.BooleanField(default=False)
    decisions = models.BigIntegerField(default=0)
    without_slip = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["month", "id"]
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["month", "deciding_unit", "unit", "kind", "outcome", "promise", "imported"],
                name="tally_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.outcome}: {self.decisions}"
