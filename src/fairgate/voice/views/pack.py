"""The agreement pack: on the screen, and to be signed on paper."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from fairgate.voice import queries
from fairgate.voice.wording import pack as wording
from fairgate.voice.wording import paper
from fairgate.voice.wording.promises import THE_PROMISE
from fairgate.web.pdf import REPORT, compile_pdf
from fairgate.web.request import Request


@never_cache
def pack(request: Request) -> HttpResponse:
    found = queries.agreement_pack_for(request.user)
    context = {
        "title": wording.title(found, translation),
        "lead": wording.lead(found, translation),
        "parts": wording.parts(found, translation),
        "promise": _(THE_PROMISE),
    }
    return render(request, "voice/pack.html", context)


def pack_pdf(request: Request) -> HttpResponse:
    found = queries.agreement_pack_for(request.user)
    made = f"{timezone.localtime():%Y-%m-%d %H:%M %Z}"
    content = compile_pdf(REPORT, paper.of_pack(found, made, translation))
    headers = {"Content-Disposition": 'inline; filename="fairgate-agreement-pack.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
