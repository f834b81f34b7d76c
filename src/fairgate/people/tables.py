"""The list of people."""

import django_tables2 as tables
from django.db.models import Case, QuerySet, When
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairgate.people.models import Person
from fairgate.people.rules import Seniority
from fairgate.people.wording import ROLE_NAMES, SENIORITY_NAMES


class PeopleTable(tables.Table):
    caption = _("People with an account")

    name = tables.Column(verbose_name=_("Name"), linkify=("people:person", {"pk": tables.A("pk")}))
    username = tables.Column(verbose_name=_("Sign-in name"))
    roles = tables.Column(verbose_name=_("Roles"), orderable=False, empty_values=())
    seniority = tables.Column(verbose_name=_("Seniority"))
    last_login = tables.DateTimeColumn(
        verbose_name=_("Last sign-in"), default=_("never"), format="j M Y, H:i"
    )
    is_active = tables.Column(verbose_name=_("May sign in"))

    class Meta:
        template_name = "web/table.html"
        empty_text = _("Nobody matches.")
        order_by = ("name",)

    def render_roles(self, record: Person) -> str:
        return ", ".join(gettext(ROLE_NAMES[role]) for role in sorted(record.roles)) or gettext("none")

    def render_seniority(self, value: str) -> str:
        return gettext(SENIORITY_NAMES[Seniority(value)])

    def render_is_active(self, value: bool) -> str:
        return (
            gettext("yes") if value else format_html('<span class="tag bad">{}</span>', gettext("disabled"))
        )

    def order_seniority(self, people: QuerySet[Person], is_descending: bool) -> tuple[QuerySet[Person], bool]:
        """By rank, not by letter."""
        rank = Case(*(When(seniority=band, then=place) for place, band in enumerate(Seniority)))
        return people.order_by(rank.desc() if is_descending else rank.asc(), "name"), True
