"""The outbox: which letters are to be written, to whom, and what became of them. Never what stands in them."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from fairgate.mail.rules import State
from fairgate.shared import clock


class Outgoing(models.Model):
    """One letter to one person.

    ``to`` is an account's id as text, as this room lies below `people`; ``arguments`` are ids. ``topic`` is what a room
    counts and forgets its letters by; ``key``, where there is one, keeps a letter from being asked for twice. ``claim``
    is whoever sends it just now. ``fault`` is a code, the latest one.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    letter = models.CharField(_("letter"), max_length=100)
    arguments = models.JSONField(_("arguments"))
    to = models.CharField(_("to"), max_length=100)
    topic = models.CharField(_("topic"), max_length=100, blank=True)
    key = models.CharField(max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=[(s.value, s.value) for s in State], default=State.WAITING
    )
    queued_by = models.CharField(_("asked for by"), max_length=100)
    made_at = models.DateTimeField(_("asked for"), default=clock.now)
    next_try = models.DateTimeField(_("next try"), default=clock.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    fault = models.CharField(_("what went wrong"), max_length=20, blank=True)
    claim = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("outbox")
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="letter_key_once", condition=~models.Q(key=""))
        ]
        indexes = [
            models.Index(fields=["state", "next_try"], name="letter_state_next_try"),
            models.Index(fields=["topic"], name="letter_topic"),
        ]

    def __str__(self) -> str:
        return self.letter
