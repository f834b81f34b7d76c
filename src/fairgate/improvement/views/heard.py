"""What was heard: notes, the page about it, sharing it, and themes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from fairgate.improvement import actions, queries
from fairgate.improvement.forms import NotesForm, ShareForm, SummaryForm
from fairgate.improvement.rules import Move
from fairgate.improvement.views.pages import done, file, form_page, made
from fairgate.improvement.wording import paper
from fairgate.web.pdf import REPORT, compile_pdf
from fairgate.web.request import Request, posted


def notes(request: Request, pk: int) -> HttpResponse:
    one = queries.team_interview_for(request.user, pk, notes=True)
    page = queries.page_of_interview(request.user, pk)
    initial = {"text": page.notes.text, "seen": page.notes.digest} if page.notes else {}
    form = NotesForm(posted(request), initial=initial)
    if done(form, lambda: actions.write_notes(by=request.user, pk=pk, **form.cleaned_data)):
        messages.success(request, _("Notes kept, for the team only."))
        return redirect("improvement:interview", pk=pk)
    address = reverse("improvement:interview", args=[pk])
    return form_page(
        request,
        form,
        title=_("Notes"),
        button=_("Keep the notes"),
        questions=one.questions,
        parent=f"{one.person_name}, {one.other.name}",
        parent_url=address,
        back=address,
    )


def summary(request: Request, pk: int) -> HttpResponse:
    one = queries.team_interview_for(request.user, pk)
    page = queries.page_of_interview(request.user, pk)
    if Move.SUMMARISE not in page.moves and request.method == "GET":
        messages.error(request, _("It can be summed up once it was held."))
        return redirect("improvement:interview", pk=pk)
    initial: dict[str, object] = {"themes": [theme.pk for theme in page.themes]}
    if before := page.summary:
        initial |= {
            "works": before.works,
            "hinders": before.hinders,
            "wishes": before.wishes,
            "seen": before.digest,
        }
    known = [(theme.pk, theme.name) for theme in queries.themes_to_choose(request.user)]
    form = SummaryForm(known, posted(request), initial=initial)
    if done(form, lambda: actions.summarise(by=request.user, pk=pk, **form.parts())):
        messages.success(request, _("Summed up, for the team. Sharing it with them is a step of its own."))
        return redirect("improvement:interview", pk=pk)
    address = reverse("improvement:interview", args=[pk])
    return form_page(
        request,
        form,
        title=_("One page about it"),
        lead=_("For the team. Write it so that the person you talked with could read it."),
        button=_("Keep the summary"),
        questions=one.questions,
        notes=page.notes,
        parent=f"{one.person_name}, {one.other.name}",
        parent_url=address,
        back=address,
    )


def summary_pdf(request: Request, pk: int) -> HttpResponse:
    page, heard = queries.paper_of_interview(request.user, pk)
    promised = [(one, queries.fate_of(one)) for one in page.commitments]
    content = compile_pdf(REPORT, paper.of_summary(page, heard, promised, made(), translation))
    return file(content, "application/pdf", f"fairgate-conversation-{pk}.pdf", inline=True)


def share(request: Request, pk: int) -> HttpResponse:
    one = queries.team_interview_for(request.user, pk)
    page = queries.page_of_interview(request.user, pk)
    if Move.SHARE not in page.moves and request.method == "GET":
        messages.error(request, _("There is no summary to share yet."))
        return redirect("improvement:interview", pk=pk)
    form = ShareForm(posted(request), initial={"seen": page.summary.digest if page.summary else ""})
    if done(form, lambda: actions.share(by=request.user, pk=pk, **form.cleaned_data)):
        messages.success(request, _("Shared, and recorded."))
        return redirect("improvement:interview", pk=pk)
    context = {"form": form, "interview": one, "summary": page.summary}
    return render(request, "improvement/share.html", context, status=422 if form.errors else 200)


def themes(request: Request) -> HttpResponse:
    counts = queries.theme_counts(request.user)
    of_team = bool(queries.team_units_of(request.user))
    return render(request, "improvement/themes.html", {"counts": counts, "of_team": of_team})


def theme(request: Request, pk: int) -> HttpResponse:
    return render(request, "improvement/theme.html", {"page": queries.theme_for(request.user, pk)})
