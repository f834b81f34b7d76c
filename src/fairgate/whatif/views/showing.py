"""The list, a scenario, an answer."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from fairgate.web.request import Request
from fairgate.whatif import queries
from fairgate.whatif.forms import AgainForm
from fairgate.whatif.views import pictures
from fairgate.whatif.wording import answers, assumptions, base_rates, differences, tables, threshold
from fairgate.whatif.wording import records as counted
from fairgate.whatif.wording.names import KINDS, SECTIONS, parameter, policy_name

SHOWN = 25
WELL = (answers.lasting, answers.earlier, answers.faster, answers.serious, answers.staying)


@never_cache
def scenarios(request: Request) -> HttpResponse:
    found = queries.list_for(request.user)
    page = Paginator(found.scenarios, SHOWN).get_page(request.GET.get("page"))
    old = queries.old_among(page)
    rows = [(it, _told(queries.latest_answer(it)), it.pk in old) for it in page]
    return render(request, "whatif/scenarios.html", {"page": page, "rows": rows, "may_make": found.may_make})


def _told(answer: Any) -> str:
    """What the latest answer of a scenario says first."""
    if answer is None:
        return ""
    if answer.found is None:
        return _("Its latest answer is of an older version of the model.")
    if answer.is_refused:
        return base_rates.refused(translation)
    return threshold.lead(answer.found, translation)


@never_cache
def scenario(request: Request, pk: UUID) -> HttpResponse:
    page = queries.scenario_page(request.user, pk, _number(request))
    sections = [(code, _(SECTIONS[code]), [_line(line) for line in lines]) for code, lines in page.sections]
    context = {
        "page": page,
        "sections": sections,
        "counts": assumptions.counts(page.held, translation).partition(". ")[0] + "." if page.held else "",
        "told": counted.sentences(page.edition.records, translation)
        if page.edition.records and page.held
        else [],
        "doubts": counted.doubts(page.edition.records, translation)
        if page.edition.records and page.held
        else [],
        "certain": assumptions.certain(page.held, translation) if page.held else "",
        "kept": counted.kept(page.edition.own, translation),
        "open": assumptions.not_identified(page.edition.open_codes, translation),
    }
    return render(request, "whatif/scenario.html", context)


def _line(line: queries.Line) -> dict[str, Any]:
    name = line.parameter.name
    return {
        "label": parameter(name, translation),
        "value": assumptions.value(name, line.belief, translation),
        "kind": line.belief.kind,
        "kind_words": _(KINDS[line.belief.kind]),
        "origin": assumptions.source(line.belief, translation),
        "could_be_measured": line.could_be_measured,
    }


@never_cache
def run(request: Request, pk: UUID) -> HttpResponse:
    page = queries.run_page(request.user, pk)
    context: dict[str, Any] = {
        "page": page,
        "run": page.run,
        "parent": page.run.edition.scenario.name,
        "parent_pk": str(page.run.edition.scenario_id),
        "ways": [(name, policy_name(name, translation)) for name in page.run.policies],
        "again": AgainForm(),
    }
    if page.is_old:
        return render(request, "whatif/old.html", context)
    if page.answer is None:
        return render(request, "whatif/waiting.html", context)
    context["checked"] = list(base_rates.base_rates(page.answer.base_rates, translation))
    if page.is_refused:
        context["lead"] = base_rates.refused(translation)
        return render(request, "whatif/refused.html", context)
    return render(request, "whatif/run.html", context | _answer(request, page))


def _answer(request: Request, page: queries.RunPage) -> dict[str, Any]:
    found: Any = page.answer
    measured = assumptions.is_from_records(found.scenario, "quality.flawed")
    pair, records = _pair(request, found.policies), page.run.edition.records
    return {
        "lead": threshold.lead(found, translation),
        "override": base_rates.overridden(found.override, translation) if found.override else "",
        "threshold": pictures.threshold(found.threshold, measured=measured),
        "thresholds": list(threshold.thresholds(found.threshold, translation)),
        "ranking": answers.ranking(found, translation),
        "assumptions": list(assumptions.assumptions(found, translation)),
        "certain": _where(found.scenario),
        "overloads": [answers.overload(one, translation) for one in found.overloads],
        "worth": answers.worth(found, translation),
        "well": [told for told in (tell(found, translation) for tell in WELL) if told],
        "pair": pair,
        "side_by_side": tables.side_by_side(found, pair, translation),
        "pair_apart": tables.apart(found, pair[1], pair[0], translation) if pair[0] != pair[1] else None,
        "reading": answers.reading(found, translation),
        "severities": answers.severities(translation),
        "about_apart": answers.apart(translation),
        "results": [tables.results(found, translation), tables.everyday(found, translation)],
        "illustrations": _illustrations(found),
        "apart": [tables.apart(found, name, found.policies[0], translation) for name in found.policies[1:]],
        "line_picture": pictures.lines(page.lines),
        "line_name": parameter(page.run.line, translation) if page.run.line else "",
        "line_sentences": [differences.line_sentence(one, translation) for one in page.lines],
        "line_tables": [tables.line(one, translation) for one in page.lines],
        "borrowed": assumptions.borrowed(found.scenario, translation),
        "doubts": counted.doubts(records, translation) if records else [],
        "basis": list(answers.basis(found, translation)),
        "open": assumptions.not_identified(page.run.edition.open_codes, translation),
    }


def _where(scenario: Any) -> list[tuple[str, str]]:
    """Sections that hold a number without a range: where one can be given."""
    return [(code, _(words)) for code, words in SECTIONS.items() if assumptions.without_range(scenario, code)]


def _illustrations(found: Any) -> list[tuple[str, tables.Table, str]]:
    """Pictures with their tables, and what has to be known to read them."""
    hinges = [one for one in found.tornados if one.swings]
    return [
        (pictures.survival(found), tables.survival(found, translation), ""),
        ("", tables.ends(found, translation), ""),
        (pictures.severities(found), tables.flawed(found, translation), ""),
        (pictures.costs(found), tables.costs(found, translation), ""),
        *(
            (pictures.swings(one), tables.swings(found, one, translation), answers.swinging(translation))
            for one in hinges
        ),
    ]


def _pair(request: Request, names: tuple[str, ...]) -> tuple[str, str]:
    """The two ways chosen; today's and nobody's, else the first two."""
    usual = (names[0], "nobody" if "nobody" in names else names[-1])
    chosen = (request.GET.get("a", ""), request.GET.get("b", ""))
    a, b = (one if one in names else default for one, default in zip(chosen, usual, strict=True))
    return a, b


def _number(request: Request) -> int | None:
    """The edition chosen, if one is. Raises Http404 for what is no number."""
    chosen = request.GET.get("edition", "")
    if not chosen:
        return None
    if not (chosen.isdecimal() and chosen.isascii() and len(chosen) < 9):
        raise Http404
    return int(chosen)
