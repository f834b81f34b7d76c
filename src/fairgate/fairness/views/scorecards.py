"""The scorecard, on the screen and on paper."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from fairgate.fairness import queries
from fairgate.fairness.wording import effects, paper, scores, tables
from fairgate.gate.wording import NOT_A_RECORD
from fairgate.protection.wording import figures
from fairgate.web.figures import dots
from fairgate.web.pdf import REPORT, compile_pdf
from fairgate.web.request import Request


@never_cache
def scorecard(request: Request) -> HttpResponse:
    card = queries.scorecard_for(request.user, _unit(request), _source(request))
    context: dict[str, Any] = {
        "card": card,
        "lead": scores.lead(card, translation),
        "together": scores.together(card, translation) if card.counts and card.sees_teams else "",
        "spread": tables.spread(card.counts),
        "how": paper.how(card, translation),
        "confidential": paper.confidential(card, translation),
        "source": scores.source(card.survey, translation) if card.survey else "",
        "others": [(it.pk, scores.source(it, translation)) for it in card.sources if it != card.survey],
        "warnings": scores.warnings(card, translation) if card.result else [],
        "not_a_record": _(NOT_A_RECORD),
        **(_scores(card.result.scores) if card.result else {}),
        **(_rails(card, card.rails) if card.rails else {}),
    }
    return render(request, "fairness/scorecard.html", context)


def _scores(found: dict[str, Any]) -> dict[str, Any]:
    return {
        "svg": _drawn(found),
        "header": tables.header(translation),
        "rows": tables.rows(found, translation),
        "effects": effects.approval_effects(found, translation),
        "notes": scores.notes(found, translation),
        "outcomes": effects.outcome_effects(found, translation),
        "sensitivity": effects.sensitivity(found, translation),
    }


def _rails(card: queries.Scorecard, rails: queries.Guardrails) -> dict[str, Any]:
    return {
        "let_out": figures.escapes(rails.escapes, translation),
        "needless": figures.needless(rails.needless, rails.refusals, translation),
        "drift": figures.drift(rails.approval, translation),
        "by_team": tables.team_rails(card.by_team),
    }


def _drawn(found: dict[str, Any]) -> str:
    lines = [dots.Line(*each) for each in tables.drawn(found, translation)]
    if not lines:
        return ""
    return dots.draw(
        lines,
        ring=_("raw, as answered"),
        dot=_("fair, with its interval"),
        title=_("Good ratings in 100, raw and fair, by team"),
        description=_("The numbers are in the table below."),
    )


@never_cache
def scorecard_pdf(request: Request) -> HttpResponse:
    card = queries.scorecard_for(request.user, _unit(request), _source(request))
    made = f"{timezone.localtime():%Y-%m-%d %H:%M %Z}"
    content = compile_pdf(REPORT, paper.of_scorecard(card, made, translation))
    headers = {"Content-Disposition": 'inline; filename="fairgate-fair-score.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _source(request: Request) -> UUID | None:
    """The table or the closed periods chosen, if any are."""
    try:
        return UUID(request.GET.get("source", ""))
    except ValueError:
        return None


def _unit(request: Request) -> int | None:
    """The deciding unit chosen, if one is."""
    chosen = request.GET.get("unit", "")
    return int(chosen) if chosen.isdecimal() and chosen.isascii() and len(chosen) < 19 else None
