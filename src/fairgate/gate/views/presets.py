"""What is installed, what could be, and what a newer file would change."""

import hashlib
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from fairgate.gate import actions, queries
from fairgate.gate.forms.presets import OwnPresetForm
from fairgate.gate.rules.presets import FaultyPreset
from fairgate.gate.wording import presets as wording
from fairgate.organisation import queries as organisation
from fairgate.web.request import Request, posted

OK, UNFIT = 200, 422


def presets(request: Request) -> HttpResponse:
    context = {
        "books": queries.books_for(request.user),
        "offers": queries.offers_for(request.user),
        "may_install": queries.may_keep_any(request.user),
        "function": organisation.function(),
        "may_begin": organisation.may_edit(request.user),
    }
    return render(request, "gate/presets.html", context)


def install(request: Request, unit: int, code: str) -> HttpResponse:
    """What installing one of ours would do; by POST, doing it."""
    if code not in queries.BUNDLED:
        raise Http404
    act = actions.install if request.method == "POST" else actions.preview_install
    done = act(by=request.user, unit=unit, code=code)
    if request.method == "POST":
        return _installed(request, done)
    context = {"done": done, "told": _told(done), "unit": queries.gates_kept_by(request.user).get(pk=unit)}
    return render(request, "gate/install.html", context)


def own(request: Request) -> HttpResponse:
    """A preset of one's own: looked at first, then installed: exactly what was looked at, by the button ``install``."""
    if not queries.may_keep_any(request.user):
        raise PermissionDenied
    units = [(unit.pk, unit.name) for unit in queries.gates_kept_by(request.user)]
    function = organisation.function()
    form = OwnPresetForm(posted(request), units=units, initial={"unit": function.pk if function else None})
    done, shown = None, ""
    if form.is_valid():
        shown = _mark(form.cleaned_data)
        is_looked_at = request.POST.get("install") == shown
        act = actions.install if is_looked_at else actions.preview_install
        try:
            done = act(by=request.user, **form.cleaned_data)
        except FaultyPreset as refused:
            for fault in refused.faults:
                # It was pasted: there is no file to name. Said once, above the form.
                form.add_error(None, wording.sentence(fault._replace(file=""), translation))
        else:
            if is_looked_at:
                return _installed(request, done)
    context = {"form": form, "done": done, "shown": shown, "told": _told(done) if done else {}}
    return render(
        request,
        "gate/own_preset.html",
        {**context, "offers": queries.BUNDLED},
        status=UNFIT if form.errors else OK,
    )


def file(request: Request, code: str) -> HttpResponse:
    """One of our files, to begin one's own with."""
    if not queries.may_read_standards(request.user):
        raise PermissionDenied
    if code not in queries.BUNDLED:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{code}.toml"'}
    return HttpResponse(
        queries.preset_text(code), content_type="application/toml; charset=utf-8", headers=headers
    )


def _mark(facts: dict[str, Any]) -> str:
    """What was looked at, as one word: a text changed since is looked at again before it is installed."""
    return hashlib.sha256(repr(sorted(facts.items())).encode(errors="surrogatepass")).hexdigest()


def _installed(request: Request, done: actions.Installed) -> HttpResponse:
    if done.changes_nothing:
        messages.info(
            request, _("“%(title)s” is installed already; nothing changed.") % {"title": done.title}
        )
    else:
        said = {
            "title": done.title,
            "new": len(done.new),
            "changed": len(done.changed),
            "kept": len(done.kept),
        }
        messages.success(
            request,
            _("“%(title)s” is installed: %(new)s new, %(changed)s changed, %(kept)s kept as you edited them.")
            % said,
        )
    return redirect("gate:presets")


def _told(done: actions.Installed) -> dict[str, list[dict[str, Any]]]:
    """What is new, changed, kept and gone, each with its differences in words."""
    parts = {"new": done.new, "changed": done.changed, "kept": done.kept, "gone": done.gone}
    return {
        part: [
            {
                "what": _(wording.THINGS[line.name.thing]),
                "label": line.label,
                "changes": wording.changes(line.old, line.new, translation)
                if part in {"changed", "kept"}
                else [],
            }
            for line in lines
        ]
        for part, lines in parts.items()
    }
