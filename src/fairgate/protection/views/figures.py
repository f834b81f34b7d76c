"""The front page: what was caught, let out, and stopped needlessly."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fairgate.gate.wording import NOT_A_RECORD
from fairgate.protection import queries
from fairgate.protection.wording import figures, paper
from fairgate.web.figures import bars
from fairgate.web.pdf import REPORT, compile_pdf
from fairgate.web.request import Request


def protection(request: Request) -> HttpResponse:
    page = queries.protection_for(request.user, _unit(request))
    rails = page.guardrails
    context: dict[str, Any] = {
        "page": page,
        "rails": rails,
        "lead": figures.lead(page, translation),
        "svg": _drawn(page),
        "table": paper.table(page, translation),
        "caught": figures.caught(page.caught, translation),
        "let_out": figures.escapes(rails.escapes, translation),
        "needless": figures.needless(rails.needless, rails.refusals, translation),
        "standing_out": figures.standing_out(rails.needless_by_kind, translation),
        "by_kind": [
            (it.kind, it.needless, figures.share_range(it.needless)) for it in rails.needless_by_kind
        ],
        "drift": figures.drift(rails.approval, translation),
        "approval": [
            (_quarter(it.start), it.approved, figures.percent(it.approved.value)) for it in rails.approval
        ],
        "to_judge": queries.number_to_judge(request.user),
        "may_report": queries.may_report(request.user),
        "may_import": queries.may_import(request.user),
        "not_a_record": _(NOT_A_RECORD),
    }
    return render(request, "protection/protection.html", context)


def protection_pdf(request: Request) -> HttpResponse:
    page = queries.protection_for(request.user, _unit(request))
    made = f"{timezone.localtime():%Y-%m-%d %H:%M %Z}"
    content = compile_pdf(REPORT, paper.of_protection(page, made, translation))
    headers = {"Content-Disposition": 'inline; filename="fairgate-protection.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def escapes(request: Request) -> HttpResponse:
    """The rate by severity and by kind of request."""
    page = queries.guardrails_for(request.user, _unit(request))
    found = page.escapes
    context = {
        "found": found,
        "rails": page,
        "sentences": figures.escapes(found, translation),
        "parts": [
            (_("By severity, the worst complaint counting"), [_line(it) for it in found.by_severity]),
            (_("By kind of request"), [_line(it) for it in found.by_kind]),
        ],
        "not_a_record": _(NOT_A_RECORD),
    }
    return render(request, "protection/escapes.html", context)


def _line(line: Any) -> dict[str, str]:
    return {
        "name": figures.line_name(line.code, translation),
        "escapes": figures.number(line.escapes),
        "passed": figures.number(line.passed),
        "plain": _rate(line.plain),
        "corrected": _rate(line.corrected),
    }


def _rate(rate: Any) -> str:
    if rate is None:
        return "–"
    low, high = figures.per_thousand(rate.low), figures.per_thousand(rate.high)
    return _("%(rate)s (%(low)s to %(high)s)") % {
        "rate": figures.per_thousand(rate.value),
        "low": low,
        "high": high,
    }


def _drawn(page: Any) -> str:
    groups = [
        bars.Group(heading, [bars.Bar(*each) for each in several])
        for heading, several in figures.bars(page, translation)
    ]
    return bars.draw(
        groups,
        title=_("What the gate caught, let out and stopped needlessly"),
        description=_("The numbers are in the table below."),
    )


def _unit(request: Request) -> int | None:
    """The deciding unit chosen, if one is."""
    chosen = request.GET.get("unit", "")
    return int(chosen) if chosen.isdecimal() and chosen.isascii() and len(chosen) < 19 else None


def _quarter(start: Any) -> str:
    return f"{start.year} Q{(start.month + 2) // 3}"
