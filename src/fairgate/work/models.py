"""Background work: what was asked for, and what became of it."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from fairgate.shared import clock
from fairgate.work.rules import ENDED, State


class Job(models.Model):
    """One piece of background work.

    Who asked is copied as text: this room lies below `people`. While the job runs, ``done`` and ``note`` live
    in a file (see `work.rules.report`); here they are as they were at the end.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(_("task"), max_length=100)
    title = models.CharField(_("title"), max_length=200)
    arguments = models.JSONField(_("arguments"))
    state = models.CharField(
        _("state"), max_length=10, choices=[(s.value, s.value) for s in State], default=State.WAITING
    )
    done = models.FloatField(_("done"), default=0.0)
    note = models.CharField(_("what is being done"), max_length=200, blank=True)
    result = models.JSONField(_("result"), null=True)
    problem = models.TextField(_("problem"), blank=True)
    requested_by = models.CharField(_("asked for by"), max_length=100)
    requested_by_name = models.CharField(_("name"), max_length=200)
    made_at = models.DateTimeField(_("asked for"), default=clock.now)
    started_at = models.DateTimeField(_("begun"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    cancel_asked = models.BooleanField(_("to be cancelled"), default=False)
    done_at = models.CharField(_("where to see it"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("background job")
        verbose_name_plural = _("background work")
        ordering = ["-made_at", "id"]
        indexes = [models.Index(fields=["state", "made_at"], name="job_state_made_at")]

    def __str__(self) -> str:
        return self.title

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED
