"""Files under their hash."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fairgate.ledger.models import AppendOnly


class StoredFile(AppendOnly):
    """A file somebody gave, kept under the SHA-256 of its content: the same content is kept once, and
    whatever refers to the hash refers to exactly these bytes."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, primary_key=True)
    name = models.CharField(_("name"), max_length=200)
    size = models.BigIntegerField(_("size in bytes"))
    kept_at = models.DateTimeField(_("kept"))
    kept_by = models.TextField(_("kept by"))

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["-kept_at"]

    def __str__(self) -> str:
        return self.name
