"""Lists of facts: sortable, paged, each row with what can be done to it."""

from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairgate.organisation.rules import FactKind
from fairgate.organisation.wording.columns import CHOICES, LABELS

# Where a column of a kind is found on the model, when it isn't called the same.
ACCESSORS: dict[FactKind, dict[str, str]] = {
    FactKind.UNITS: {},
    FactKind.PROCESSES: {"external": "external_customer__name"},
    FactKind.SERVICES: {"unit": "unit__name"},
    FactKind.NEEDS: {
        "customer": "customer__name",
        "what": "service__name",
        "supplier": "service__unit__name",
        "process": "process__name",
        "external": "process__external_customer__name",
    },
    FactKind.FLOWS: {
        "process": "process__name",
        "external": "process__external_customer__name",
        "source": "source__name",
        "target": "target__name",
    },
    FactKind.GATES: {
        "unit": "unit__name",
        "over": "over__name",
        "process": "process__name",
        "external": "process__external_customer__name",
    },
}


class NumberColumn(tables.Column):
    def __init__(self, **options: Any) -> None:
        super().__init__(attrs={"td": {"class": "number"}, "th": {"class": "number"}}, **options)

    def render(self, value: Decimal) -> str:
        """Without the zeros that the database keeps."""
        return f"{value.normalize():,f}"


class UnitColumn(tables.Column):
    """A unit's name, leading to its page."""

    def render(self, value: str, record: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("organisation:unit", args=[record.pk]), value)


class KindColumn(tables.Column):
    def render(self, value: str) -> str:
        short, _colon, _explained = gettext(CHOICES[value]).partition(":")
        return short


class ChangeColumn(tables.Column):
    """Links to change and remove, with the fact's name for those who hear the page."""

    def __init__(self, kind: FactKind) -> None:
        super().__init__(
            verbose_name=_("Change"), accessor="pk", orderable=False, attrs={"td": {"class": "changes"}}
        )
        self.kind = kind

    def render(self, value: int, record: Any) -> SafeString:
        return format_html(
            '<a href="{}">{}<span class="hidden-words"> {}</span></a> <a href="{}">{}<span class="hidden-words"> {}</span></a>',
            reverse("organisation:change", args=[self.kind, value]),
            gettext("Change"),
            record,
            reverse("organisation:remove", args=[self.kind, value]),
            gettext("Remove"),
            record,
        )


class FactTable(tables.Table):
    class Meta:
        template_name = "web/table.html"
        empty_text = _("Nothing here fits.")


def table_for(kind: FactKind, facts: Any, *, caption: str, may_edit: bool) -> FactTable:
    columns: list[tuple[str, tables.Column]] = [
        (name, _column(kind, name, label)) for name, label in LABELS[kind].items()
    ]
    if may_edit:
        columns.append(("actions", ChangeColumn(kind)))
    table = FactTable(facts, extra_columns=columns)
    table.caption = caption
    return table


def _column(kind: FactKind, name: str, label: str) -> tables.Column:
    options: dict[str, Any] = {
        "verbose_name": _(label),
        "accessor": ACCESSORS[kind].get(name, name),
        "default": "–",
    }
    if name == "kind":
        return KindColumn(**options)
    if name == "volume":
        return NumberColumn(**options)
    if kind is FactKind.UNITS and name == "name":
        return UnitColumn(**options)
    return tables.Column(**options)
