"""Lists of interviews and commitments: sortable and paged."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairgate.improvement.queries import fate_of
from fairgate.improvement.rules import Direction, InterviewState
from fairgate.improvement.wording.names import DIRECTIONS, FATE_TONES, FATES, INTERVIEW_STATES


class DayColumn(tables.DateColumn):
    def __init__(self, **options: Any) -> None:
        super().__init__(format="Y-m-d", **options)


class CommitmentTable(tables.Table):
    what = tables.Column(verbose_name=_("What was promised"), attrs={"td": {"class": "said-words"}})
    unit = tables.Column(verbose_name=_("By"), accessor="unit__name")
    to = tables.Column(verbose_name=_("To"), accessor="to__name")
    owner = tables.Column(verbose_name=_("Owner"), accessor="owner__name")
    due = DayColumn(verbose_name=_("Due"))
    state = tables.Column(verbose_name=_("State"))

    class Meta:
        template_name = "web/table.html"
        empty_text = _("No commitment fits.")
        order_by = "due"

    def render_what(self, value: str, record: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("improvement:commitment", args=[record.pk]), value)

    def render_state(self, record: Any) -> SafeString:
        fate = fate_of(record)
        return format_html('<span class="tag {}">{}</span>', FATE_TONES[fate], gettext(FATES[fate]))


class InterviewTable(tables.Table):
    person_name = tables.Column(verbose_name=_("With whom"))
    other = tables.Column(verbose_name=_("Unit"), accessor="other__name")
    direction = tables.Column(verbose_name=_("Which way"))
    starts_at = tables.DateTimeColumn(verbose_name=_("When"), format="Y-m-d H:i e")
    interviewer = tables.Column(verbose_name=_("Who asks"), accessor="interviewer__name")
    state = tables.Column(verbose_name=_("State"))

    class Meta:
        template_name = "web/table.html"
        empty_text = _("No interview fits.")
        order_by = "-starts_at"

    def render_person_name(self, value: str, record: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("improvement:interview", args=[record.pk]), value)

    def render_direction(self, value: str) -> str:
        return gettext(DIRECTIONS[Direction(value)])

    def render_state(self, record: Any) -> str:
        return gettext(INTERVIEW_STATES[InterviewState(record.state)])
