"""How fast is the form people answer on? By its link and signed in, against an empty page of the same installation: the same
middleware and frame with nothing in it, as somebody signed in gets it. Prints the ratios of the medians (the aim is at most 2).

    python bench/voice_form.py [ROUNDS]

Beside them stands the barest page there is, for somebody outside, which asks the database nothing at all. All are asked in turns
in one process, so that a noisy machine is noisy for all; CPU seconds, the first tenth warms.
"""

import os
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from types import ModuleType

FOLDER = tempfile.TemporaryDirectory(prefix="fairgate-bench-")
os.environ["FAIRGATE_DATA"] = FOLDER.name
os.environ["DJANGO_SETTINGS_MODULE"] = "fairgate.config.settings"

import django

django.setup()

from django.contrib.auth.decorators import login_not_required
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client, override_settings
from django.urls import include, path, reverse

from fairgate.gate import actions as gate
from fairgate.gate.models import Decision, RequestKind, ServiceRequest
from fairgate.gate.rules import Outcome, State
from fairgate.organisation import actions as organisation
from fairgate.organisation.models import Unit
from fairgate.organisation.rules import Origin, UnitRow
from fairgate.people import actions as people
from fairgate.people.models import Person
from fairgate.people.rules import Role
from fairgate.shared import clock
from fairgate.shared.actor import System
from fairgate.voice import actions, queries
from fairgate.voice.models import Invitation
from fairgate.voice.rules import Days
from fairgate.voice.rules.links import token_of

PROGRAM = System("benchmark")
ALLOWED = 2.0


def empty(request: HttpRequest) -> HttpResponse:
    return render(request, "web/base.html")


@login_not_required
def barest(request: HttpRequest) -> HttpResponse:
    return render(request, "web/base.html", {"user": None, "messages": (), "csrf_token": ""})


URLS = ModuleType("bench_urls")
URLS.urlpatterns = [path("empty/", empty), path("barest/", barest), path("", include("fairgate.config.urls"))]  # type: ignore[attr-defined]
sys.modules["bench_urls"] = URLS


def invited() -> str:
    """The address of somebody's form."""
    organisation.add(
        by=PROGRAM, rows=[UnitRow(name=name) for name in ("Quality", "Making")], origin=Origin.TYPED
    )
    organisation.choose_function(by=PROGRAM, name="Quality")
    units = {unit.name: unit for unit in Unit.objects.all()}
    gate.install(by=PROGRAM, unit=units["Quality"].pk, code="quality")
    asker = people.add_person(by=PROGRAM, name="Charlie", username="charlie", roles=[Role.REQUESTER])
    organisation.add_member(by=PROGRAM, person=asker.pk, unit=units["Making"])
    officer = people.add_person(by=PROGRAM, name="Gil", username="gil", roles=[Role.PRIVACY_OFFICER])
    now = Days.around(clock.now().date(), 3)
    at = clock.now().replace(year=now.starts_on.year, month=now.starts_on.month, day=now.starts_on.day)
    request = ServiceRequest.objects.create(
        kind=RequestKind.objects.first(),
        kind_edition=1,
        unit=units["Making"],
        deciding_unit=units["Quality"],
        item="Lot 7",
        asked="Release",
        submitted_at=at - timedelta(days=1),
        submitted_by=asker,
        state=State.DECIDED,
        outcome=Outcome.REFUSED,
        decided_at=at,
        key="bench",
    )
    Decision.objects.create(
        request=request, outcome=Outcome.REFUSED, kind_edition=1, decided_at=at, decided_by=officer
    )
    made = actions.announce_period(by=officer, starts_on=now.starts_on, today=now.starts_on)
    actions.confirm_key(by=officer, pk=made.period.pk, content=made.key_file.content, today=now.starts_on)
    actions.send_invitations(by=PROGRAM, today=now.ends_on)
    one = Invitation.objects.get()
    return reverse(
        "voice:link", args=[token_of(queries.link_key_of(one.period), str(one.pk), bytes(one.nonce))]
    )


def seconds(client: Client, address: str) -> float:
    begun = time.process_time()
    answer = client.get(address)
    taken = time.process_time() - begun
    assert answer.status_code == 200, (address, answer.status_code)
    return taken


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    call_command("migrate", verbosity=0)
    address = invited()
    outside, inside = Client(HTTP_HOST="localhost"), Client(HTTP_HOST="localhost")
    inside.force_login(Person.objects.get(username="charlie"))
    pages = {
        "barest page": (outside, "/barest/"),
        "empty page": (inside, "/empty/"),
        "form, by link": (outside, address),
        "form, signed in": (inside, reverse("voice:mine")),
    }
    with override_settings(ROOT_URLCONF="bench_urls"):
        taken: dict[str, list[float]] = {name: [] for name in pages}
        for _ in range(rounds):
            for name, page in pages.items():
                taken[name].append(seconds(*page))
    medians = {name: statistics.median(every[rounds // 10 :]) for name, every in taken.items()}
    for name, median in medians.items():
        ratio = median / medians["empty page"]
        print(f"{name:16} {1000 * median:6.2f} ms   {ratio:5.2f} times an empty page (aim {ALLOWED:.0f})")


if __name__ == "__main__":
    main()
