"""Pages of the room."""

from fairgate.protection.views.catches import catch, catches, export_catches
from fairgate.protection.views.complaints import (
    complaint,
    complaints,
    export_complaints,
    link,
    not_investigated,
    reference,
    reply,
    report,
    template,
    unlink,
)
from fairgate.protection.views.figures import escapes, protection, protection_pdf
from fairgate.protection.views.imports import apply_import, discard_import, imports, new_import, one_import

__all__ = [
    "apply_import",
    "catch",
    "catches",
    "complaint",
    "complaints",
    "discard_import",
    "escapes",
    "export_catches",
    "export_complaints",
    "imports",
    "link",
    "new_import",
    "not_investigated",
    "one_import",
    "protection",
    "protection_pdf",
    "reference",
    "reply",
    "report",
    "template",
    "unlink",
]
