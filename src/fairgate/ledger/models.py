"""The ledger: who did what, in which role, to what, from what to what, why and when."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnly(models.Model):
    """A record that is written once. Triggers in the database refuse everything else
    (`ledger.actions.append_only` in the migration, `ledger.actions.reassert` after it), whoever asks and by
    whichever way.

    Give such a model no unique column but its key: on SQLite, REPLACE would delete an older row through it.
    """

    class Meta:
        abstract = True


class Entry(AppendOnly):
    """One line of the ledger, sealed by `ledger.rules.digest` over all other fields.

    Everything is text or a whole number, in the form that was sealed, so both databases give back the same
    bytes. People are copied as text, without foreign keys: an entry says what was so when it was written.
    ``anchored`` is how far the anchors reached then; a later loss of anchors shows against it.
    """

    sequence = models.BigIntegerField(_("number"), primary_key=True)
    at = models.TextField(_("when (UTC)"))
    actor_id = models.TextField(_("who"))
    actor_name = models.TextField(_("name"))
    actor_role = models.TextField(_("role"))
    action = models.TextField(_("what"))
    subject_kind = models.TextField(_("kind of subject"))
    subject_id = models.TextField(_("subject"))
    subject_label = models.TextField(_("name of the subject"))
    old = models.TextField(_("before"))
    new = models.TextField(_("after"))
    reason = models.TextField(_("why"))
    anchored = models.BigIntegerField(_("anchored up to"))
    previous = models.TextField(_("digest of the entry before"))
    digest = models.TextField(_("digest"))

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.subject_label}"
