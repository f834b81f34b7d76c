"""Decisions in from other systems: files, their columns and words, and the people their records name."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairgate.gate import imports as coming
from fairgate.gate.actions import imports as actions
from fairgate.gate.forms.imports import ColumnsForm, NewImportForm, PersonForm, WordsForm
from fairgate.gate.queries import imports as queries
from fairgate.gate.queries.known import known_to
from fairgate.gate.rules import ImportState
from fairgate.gate.rules.rows import FIELDS
from fairgate.gate.wording import imports as wording
from fairgate.web import spreadsheet
from fairgate.web.request import Request, posted

A_PAGE = 50


def imports(request: Request) -> HttpResponse:
    if not queries.may_look_at_imports(request.user):
        raise PermissionDenied
    pages = Paginator(queries.imports_for(request.user).defer("findings", "problems"), 25)
    context = {
        "page": pages.get_page(request.GET.get("page")),
        "mappings": queries.mappings_for(request.user),
        "may_bring": queries.may_bring(request.user),
        "may_map": queries.may_map_people(request.user),
    }
    return render(request, "gate/imports.html", context)


def new_import(request: Request) -> HttpResponse:
    if not queries.may_bring(request.user):
        raise PermissionDenied
    kept = [(mapping.pk, mapping.name) for mapping in queries.mappings_for(request.user)]
    form = NewImportForm(posted(request), request.FILES or None, mappings=kept, initial=request.GET.dict())
    if form.is_valid() and (received := _received(request, form)):
        return _on_its_way(received)
    return render(request, "gate/import_new.html", {"form": form}, status=422 if form.errors else 200)


def _received(request: Request, form: NewImportForm) -> Any:
    """The import that came of it, or None with a word beside the field."""
    file = form.cleaned_data["file"]
    try:
        return coming.receive(
            by=request.user,
            name=file.name,
            content=file.chunks(),
            mapping=form.cleaned_data["mapping"],
            done_at=_done_at(),
        )
    except coming.TooLarge as refused:
        form.add_error("file", str(refused))
        return None


def _done_at() -> str:
    return reverse("gate:imports") + "{}/"


def _on_its_way(found: Any) -> HttpResponse:
    if found.job_id:
        return redirect("work:job", found.job_id)
    if queries.waits_for_columns(found):
        return redirect("gate:import-columns", pk=found.pk)
    return redirect("gate:import", pk=found.pk)


def one_import(request: Request, pk: UUID) -> HttpResponse:
    """The dry run: everything that would be saved, and every problem, before anything is."""
    found = queries.import_for(request.user, pk)
    findings, applied = found.findings, found.state == ImportState.APPLIED
    context: dict[str, Any] = {
        "coming": found,
        "state": wording.state(ImportState(found.state), translation),
        "counts": wording.counts(findings.get("counts", {}), applied, translation),
        "problems": _part(request, findings.get("problem_list"), _told_by_row(findings), "problems"),
        "changes": _part(request, findings.get("change_list"), findings.get("value_changes", 0), "changes"),
        "labels": {name: _(label) for name, label in wording.LABELS.items()},
        "unknown": [(_(wording.LABELS[name]), words) for name, words in findings.get("unknown", {}).items()],
        "waits_for_columns": queries.waits_for_columns(found),
        "in_vain": queries.ended_in_vain(found),
        "being_saved": queries.is_being_saved(found),
        "may_act": queries.may_act_on(request.user, found),
    }
    return render(request, "gate/import.html", context)


def _told_by_row(findings: dict[str, Any]) -> int:
    """How many problems stand in the list: unknown words have a place of their own on the page."""
    return int(findings.get("problem_count", 0)) - int(findings.get("unknown_words", 0))


def _part(request: Request, kept: str | None, count: int, name: str) -> Any:
    """One page of a long kept list."""
    if not kept or not count:
        return None
    page = Paginator(range(count), A_PAGE).get_page(request.GET.get(name))
    first = page.start_index() - 1
    lines = list(coming.lines_in(kept, first, page.end_index() - first))
    if name == "changes":
        lines = [[row, key, _(wording.LABELS[field]), old, new] for row, key, field, old, new in lines]
    return {"page": page, "lines": lines, "name": name}


def import_list(request: Request, pk: UUID, what: str) -> HttpResponse:
    """All problems, or all changes, as CSV."""
    found = queries.import_for(request.user, pk)
    kept = found.findings.get("problem_list" if what == "problems" else "change_list")
    lines: Iterable[Sequence[Any]] = coming.lines_in(kept) if kept else ()
    header = {
        "problems": [_("File"), _("Row"), _("Column"), _("Found"), _("Expected")],
        "changes": [_("File"), _("Row"), _("Record number"), _("What"), _("Old"), _("New")],
    }[what]
    answer = HttpResponse(
        spreadsheet.csv_text(header, ([found.name, *line] for line in lines)), content_type=spreadsheet.CSV
    )
    answer["Content-Disposition"] = f'attachment; filename="{what}.csv"'
    return answer


def import_columns(request: Request, pk: UUID) -> HttpResponse:
    """Which column is what: asked once for a new source."""
    found = queries.import_for(request.user, pk)
    if not queries.may_act_on(request.user, found):
        raise PermissionDenied
    if not queries.waits_for_columns(found):
        return redirect("gate:import", pk=pk)
    form = ColumnsForm(
        posted(request), proposal=found.findings["proposal"], **queries.choices_for_columns(request.user)
    )
    if form.is_valid():
        try:
            return _on_its_way(
                coming.begin_with(by=request.user, pk=pk, facts=form.facts(), done_at=_done_at().format(pk))
            )
        except actions.NameTaken:
            form.add_error("name", _("Another kind of file is called so."))
        except actions.SourceReserved:
            form.add_error("source", _("What is submitted here has this name. Name the other system."))
        except actions.KindElsewhere:
            form.add_error("always_kind", _("This kind belongs to another deciding unit."))
    return render(
        request,
        "gate/import_columns.html",
        {"form": form, "coming": found},
        status=422 if form.errors else 200,
    )


def import_words(request: Request, pk: UUID) -> HttpResponse:
    """What the words mean that nobody here knows."""
    found = queries.import_for(request.user, pk)
    if not queries.may_act_on(request.user, found):
        raise PermissionDenied
    if found.mapping is None or found.state not in (ImportState.FAULTY, ImportState.READY):
        return redirect("gate:import", pk=pk)
    asked = [
        (name, word, often, None)
        for name, words in found.findings.get("unknown", {}).items()
        for word, often in words
    ]
    form = _words_form(request, found.mapping, asked)
    if form.is_valid():
        try:
            begun = coming.say_and_read(
                by=request.user,
                pk=pk,
                edition=form.cleaned_data["edition"],
                answers=form.answers(),
                done_at=_done_at().format(pk),
            )
            return _on_its_way(begun)
        except actions.StaleMapping:
            form.add_error(None, _("Somebody changed this mapping since. Look again, then say it once more."))
    context = {"form": form, "coming": found, "mapping": found.mapping}
    return render(request, "gate/import_words.html", context, status=422 if form.errors else 200)


def mapping(request: Request, pk: int) -> HttpResponse:
    """How one source's files are read; its words can be given another meaning."""
    found = queries.mapping_for(request.user, pk)
    may_change = queries.may_import(request.user, found.deciding_unit_id)
    asked = [
        (name, word, None, ours)
        for name, words in found.values.items()
        for word, ours in words.items()
        if _is_ours(name)
    ]
    form = _words_form(request, found, asked)
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    if form.is_valid():
        try:
            coming.say_words(
                by=request.user, pk=pk, edition=form.cleaned_data["edition"], answers=form.answers()
            )
        except actions.StaleMapping:
            form.add_error(None, _("Somebody changed this mapping since. Look again, then say it once more."))
        else:
            messages.success(request, _("Kept. Files are read with it from now on."))
            return redirect("gate:mapping", pk=pk)
    columns = [(_(wording.LABELS[name]), found.columns[name]) for name in FIELDS if name in found.columns]
    context = {
        "mapping": found,
        "form": form,
        "columns": columns,
        "has_words": bool(asked),
        "reads": wording.reads(found, known_to(found).text, translation),
        "may_change": may_change,
    }
    return render(request, "gate/mapping.html", context, status=422 if form.errors else 200)


def _is_ours(name: str) -> bool:
    return name in wording.LABELS


def _words_form(
    request: Request, mapping: Any, asked: Sequence[tuple[str, str, int | None, Any]]
) -> WordsForm:
    known = known_to(mapping)
    ours = {
        name: sorted(known.names[name].items(), key=lambda one: one[1].casefold()) for name in known.names
    }
    adds = {name: coming.may_add(request.user, name) for name in known.names}
    return WordsForm(
        posted(request), asked=asked, ours=ours, may_add=adds, initial={"edition": mapping.edition}
    )


@require_POST
def apply_import(request: Request, pk: UUID) -> HttpResponse:
    try:
        return _on_its_way(actions.start_applying(by=request.user, pk=pk, done_at=_done_at().format(pk)))
    except actions.NotReady as refused:
        messages.error(request, wording.not_ready(refused.state, translation))
        return redirect("gate:import", pk=pk)


@require_POST
def discard_import(request: Request, pk: UUID) -> HttpResponse:
    try:
        coming.discard(by=request.user, pk=pk)
    except actions.NotReady as refused:
        messages.error(request, wording.not_ready(refused.state, translation))
    else:
        messages.success(request, _("Discarded. Nothing of it was saved."))
    return redirect("gate:imports")


@require_POST
def read_again(request: Request, pk: UUID) -> HttpResponse:
    """Check the same file once more: something here changed, or the first time was broken off."""
    try:
        return _on_its_way(coming.read_again(by=request.user, pk=pk, done_at=_done_at().format(pk)))
    except actions.NotReady as refused:
        messages.error(request, wording.not_ready(refused.state, translation))
        return redirect("gate:import", pk=pk)


def template(request: Request) -> HttpResponse:
    """An empty spreadsheet to fill in."""
    if not queries.may_look_at_imports(request.user):
        raise PermissionDenied
    header = [_(label) for label in wording.LABELS.values()]
    content = spreadsheet.xlsx(_("Decisions"), header, [], wording.template_notes(translation))
    answer = HttpResponse(content, content_type=spreadsheet.XLSX)
    answer["Content-Disposition"] = 'attachment; filename="decisions.xlsx"'
    return answer


def recorded_people(request: Request) -> HttpResponse:
    """Who is named in imported records, and whose account that is."""
    if not queries.may_map_people(request.user):
        raise PermissionDenied
    pages = Paginator(queries.recorded_people_for(request.user), A_PAGE)
    return render(request, "gate/recorded_people.html", {"page": pages.get_page(request.GET.get("page"))})


def recorded_person(request: Request, pk: int) -> HttpResponse:
    found = queries.recorded_person_for(request.user, pk)
    form = PersonForm(
        posted(request), accounts=queries.accounts_to_map(request.user), initial={"account": found.account_id}
    )
    if form.is_valid():
        actions.map_person(by=request.user, pk=pk, account=form.cleaned_data["account"])
        messages.success(request, _("Kept: “%s”.") % found)
        return redirect("gate:recorded-people")
    return render(
        request,
        "gate/recorded_person.html",
        {"form": form, "person": found},
        status=422 if form.errors else 200,
    )
