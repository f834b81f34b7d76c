"""The list of requests, which may hold a million: nothing here counts them or sorts by what has no index."""

from typing import Any, ClassVar

import django_tables2 as tables
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tables2.paginators import LazyPaginator

from fairgate.gate.models import AdviceQuestion, ServiceRequest
from fairgate.gate.queries import words_for
from fairgate.gate.rules import APPROVING, Outcome, State
from fairgate.gate.wording.names import state_name

ROWS_A_PAGE = 50
_LAST_PAGE = 1_000_000


class UncountedPages(LazyPaginator):
    """Knows only whether there is a next page."""

    is_uncounted = True

    def validate_number(self, number: Any) -> int:
        """Never so far that the database can't count the rows before it."""
        return min(int(super().validate_number(number)), _LAST_PAGE)


class MomentColumn(tables.Column):
    """Day and time where the reader is. The zone stands in the heading, once."""

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(verbose_name=label, default="–", **options)

    @property
    def header(self) -> str:
        zone = timezone.localtime().tzname()
        return f"{super().header} ({zone})"

    def render(self, value: Any) -> SafeString:
        at = timezone.localtime(value)
        return format_html(
            '<span class="nowrap">{}</span>, <span class="nowrap">{}</span>',
            date_format(at, "j M Y"),
            date_format(at, "H:i"),
        )


class RequestTable(tables.Table):
    caption = _("Requests")

    reference = tables.Column(
        verbose_name=_("Request"),
        accessor="pk",
        orderable=False,
        linkify=("gate:request", {"pk": tables.A("pk")}),
        attrs={"td": {"class": "reference"}},
    )
    asked = tables.Column(verbose_name=_("What was asked"), orderable=False, attrs={"td": {"class": "asks"}})
    unit = tables.Column(verbose_name=_("From"), accessor="unit__name", orderable=False)
    kind = tables.Column(verbose_name=_("Kind"), accessor="kind__name", orderable=False)
    outcome = tables.Column(verbose_name=_("Now"), orderable=False, empty_values=())
    submitted_at = MomentColumn(_("Submitted"))
    expected_by = MomentColumn(_("Promised"))
    decided_at = MomentColumn(_("Decided"), orderable=False)

    class Meta:
        template_name = "web/table.html"
        order_by = ("-submitted_at",)
        attrs: ClassVar = {"class": "dense"}

    def __init__(self, *args: Any, by_date: bool, **options: Any) -> None:
        """``by_date``: these are few enough to sort by the promised date."""
        super().__init__(*args, **options)
        self.columns["expected_by"].column.orderable = by_date

    def order_submitted_at(self, found: QuerySet[ServiceRequest], is_descending: bool) -> tuple[Any, bool]:
        sign = "-" if is_descending else ""
        return found.order_by(f"{sign}submitted_at", f"{sign}pk"), True

    def render_reference(self, record: ServiceRequest) -> str:
        return record.reference

    def render_asked(self, record: ServiceRequest) -> str:
        text = record.asked if record.item in record.asked else f"{record.item}: {record.asked}"
        return text if len(text) <= 120 else f"{text[:119]}…"

    def render_outcome(self, record: ServiceRequest) -> SafeString:
        return standing(record)


def standing(request: ServiceRequest) -> SafeString:
    """The outcome, as the trade calls it, where there is one, the state where there is none; the word carries the meaning,
    colour helps."""
    if request.state == State.WITHDRAWN or not request.outcome:
        return _tag("", state_name(request.state, translation))
    outcome = Outcome(request.outcome)
    colour = "good" if outcome in APPROVING else "warn" if outcome is Outcome.HELD else "bad"
    tag = _tag(colour, words_for(request.kind).outcome(outcome))
    if outcome.needs_slip and not request.has_slip:
        return format_html('{} <span class="muted">{}</span>', tag, gettext("no slip"))
    return tag


def _tag(colour: str, word: str) -> SafeString:
    return format_html('<span class="tag {}">{}</span>', colour, word)


class QuestionTable(tables.Table):
    caption = _("Questions before a request")

    question = tables.Column(
        verbose_name=_("Question"), orderable=False, linkify=("gate:question", {"pk": tables.A("pk")})
    )
    kind = tables.Column(verbose_name=_("Kind"), accessor="kind__name", orderable=False)
    unit = tables.Column(verbose_name=_("Asked by"), accessor="unit__name", orderable=False)
    asked_at = MomentColumn(_("Asked"), orderable=False)
    likely = tables.Column(verbose_name=_("Answer"), orderable=False, empty_values=())

    class Meta:
        template_name = "web/table.html"

    def __init__(self, *args: Any, words: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.words = words

    def render_question(self, value: str) -> str:
        return value if len(value) <= 120 else f"{value[:119]}…"

    def render_likely(self, record: AdviceQuestion) -> str:
        return self.words[record.likely] if record.likely else gettext("waits for an answer")
