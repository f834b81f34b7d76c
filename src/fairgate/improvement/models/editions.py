"""What a team asks and what it promises everybody, edition by edition. The latest stands; a team that changed nothing uses
the words the installation brings (`improvement.wording`)."""

from django.db import models

from fairgate.improvement.rules import REASON_LENGTH, SENTENCE_LENGTH, TEXT_LENGTH, Direction
from fairgate.ledger.models import AppendOnly
from fairgate.organisation.models import Unit


class GuideEdition(AppendOnly):
    """The invitation and the six questions of a team, for its customers or for those it is the customer of. Append-only."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="guide_editions")
    direction = models.CharField(max_length=10, choices=[(d.value, d.value) for d in Direction])
    number = models.PositiveIntegerField()
    invitation = models.TextField(max_length=TEXT_LENGTH)
    questions = models.JSONField()  # six sentences
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["unit", "direction", "-number"], name="guide_latest")]

    def __str__(self) -> str:
        return f"Questions of {self.unit}, edition {self.number}"


class CharterEdition(AppendOnly):
    """What a team says of itself in its service charter. Append-only."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="charter_editions")
    number = models.PositiveIntegerField()
    refusing = models.JSONField()  # how we refuse: sentences
    standing = models.JSONField()  # what we promise always: sentences
    contact = models.CharField(max_length=SENTENCE_LENGTH)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["unit", "-number"], name="charter_latest")]

    def __str__(self) -> str:
        return f"Charter of {self.unit}, edition {self.number}"
