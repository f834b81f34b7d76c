"""Pages of the organisation room."""

from fairgate.organisation.views.facts import add, change, export, facts, remove, template
from fairgate.organisation.views.imports import (
    apply_import,
    discard_import,
    imports,
    log,
    logs,
    new_import,
    one_import,
    retire_log,
)
from fairgate.organisation.views.units import (
    members,
    organisation,
    relation,
    remove_member,
    unit,
    unit_json,
    unit_pdf,
)

__all__ = [
    "add",
    "apply_import",
    "change",
    "discard_import",
    "export",
    "facts",
    "imports",
    "log",
    "logs",
    "members",
    "new_import",
    "one_import",
    "organisation",
    "relation",
    "remove",
    "remove_member",
    "retire_log",
    "template",
    "unit",
    "unit_json",
    "unit_pdf",
]
