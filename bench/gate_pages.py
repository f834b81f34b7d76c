"""Do lists and home stay quick when there are a million decisions? Each page with 1,000 decisions and with 1,000,000 (or
ROWS), in one run, as somebody who decides and as somebody who asks; prints the ratio of the medians (the aim is at most 2).

    python bench/gate_pages.py [ROWS]                                          # SQLite
    python tests/postgresql_server.py -- python bench/gate_pages.py [ROWS]     # PostgreSQL

The rows are written in bulk, as an import writes them, over two years whatever their number, and the running counts with
them; half a percent is still open, a fifth was not approved, and half of those have no slip.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

FOLDER = tempfile.TemporaryDirectory(prefix="fairgate-bench-")
os.environ["FAIRGATE_DATA"] = FOLDER.name
os.environ["DJANGO_SETTINGS_MODULE"] = "fairgate.config.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from fairgate.gate import actions as gate
from fairgate.gate.actions import tallies
from fairgate.gate.models import Decision, RequestKind, ServiceRequest
from fairgate.gate.rules import OPEN, Outcome, State
from fairgate.organisation import actions as organisation
from fairgate.organisation.models import Unit
from fairgate.organisation.rules import NeedKind, NeedRow, Origin
from fairgate.people import actions as people
from fairgate.people.models import Person
from fairgate.people.rules import Role
from fairgate.shared.actor import System

PROGRAM = System("benchmark")
FEW, ROUNDS, CHUNK = 1_000, 9, 20_000
NOW = datetime.now(UTC)
PAGES = {
    "home": "/",
    "gate": "/gate/",
    "list": "/gate/requests/",
    "list, second page": "/gate/requests/?page=2",
    "list, refused": "/gate/requests/?outcome=refused",
    "list, open": "/gate/requests/?stands=open",
    "list, no slip": "/gate/requests/?stands=no-slip",
    "promises": "/gate/promises/",
    "protection": "/protection/",
    "conversations": "/improvement/",
}
ALLOWED = 2.0


def prepare() -> dict[str, Person]:
    """Quality decides on the work of eleven others."""
    rows = [
        NeedRow(
            customer=f"Unit {number:02}",
            what="release",
            supplier="Quality",
            process="Tablets",
            external="Patients",
            kind=NeedKind.RELEASE,
        )
        for number in range(11)
    ]
    organisation.add(by=PROGRAM, rows=rows, origin=Origin.TYPED)
    organisation.choose_function(by=PROGRAM, name="Quality", description="")
    gate.install(by=PROGRAM, unit=Unit.objects.get(name="Quality").pk, code="quality")
    cast = {}
    for name, role, unit in (("Bob", Role.LEAD, "Quality"), ("Charlie", Role.REQUESTER, "Unit 03")):
        cast[name] = people.add_person(by=PROGRAM, name=name, username=name.lower(), roles=[role])
        organisation.add_member(by=PROGRAM, person=cast[name].pk, unit=Unit.objects.get(name=unit))
    return cast


def fill(start: int, end: int) -> None:
    draw = random.Random(start)
    units = list(Unit.objects.exclude(name="Quality"))
    quality = Unit.objects.get(name="Quality")
    kinds = list(RequestKind.objects.all())
    for first in range(start, end, CHUNK):
        with transaction.atomic():
            requests = list(_requests(range(first, min(first + CHUNK, end)), units, quality, kinds, draw))
            ServiceRequest.objects.bulk_create(requests, batch_size=2_000)
            decided = [request for request in requests if request.outcome]
            Decision.objects.bulk_create(
                [
                    Decision(
                        request=request,
                        outcome=request.outcome,
                        kind_edition=1,
                        decided_at=request.decided_at,
                        row=request.row,
                    )
                    for request in decided
                ],
                batch_size=2_000,
            )
    tallies.recount(by=PROGRAM)
    if (
        connection.vendor == "postgresql"
    ):  # its autovacuum would; SQLite has no statistics unless somebody asks for them
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _requests(
    numbers: range, units: list[Unit], quality: Unit, kinds: list[RequestKind], draw: random.Random
) -> Iterator[ServiceRequest]:
    for number in numbers:
        submitted = NOW - timedelta(days=730 * draw.random())
        is_open = draw.random() < OPEN_SHARE
        submitted = NOW - timedelta(hours=20 * draw.random()) if is_open else submitted
        outcome = draw.choices((Outcome.APPROVED, Outcome.RETURNED, Outcome.REFUSED), (80, 14, 6))[0]
        yield ServiceRequest(
            kind=draw.choice(kinds),
            kind_edition=1,
            unit=draw.choice(units),
            deciding_unit=quality,
            item=f"Lot {number:07}",
            asked=f"Release of lot {number:07}",
            submitted_at=submitted,
            promised_by=submitted + timedelta(days=3),
            expected_by=submitted + timedelta(days=3),
            state=State.SUBMITTED if is_open else State.DECIDED,
            outcome="" if is_open else outcome,
            decided_at=None if is_open else min(NOW, submitted + timedelta(days=3 * draw.random() * 1.1)),
            has_slip=not is_open and outcome.needs_slip and draw.random() < 0.5,
            source="bench",
            key=str(number),
            row=number,
        )


# Open requests are the work of a few days, whatever the archive: the number that is open does not grow with it.
OPEN_SHARE = 0.005


def seconds(client: Client, path: str) -> tuple[float, int]:
    """The median of some rounds; the first one warms. SQLite works in this process, so that CPU time is all of it, whatever
    else the machine does; PostgreSQL is waited for. And how many rows of a table it
    shows: a list that isn't yet a page long takes less for that reason alone."""
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    taken, rows = [], 0
    for _ in range(ROUNDS + 1):
        begun = clock()
        answer = client.get(path)
        taken.append(clock() - begun)
        assert answer.status_code == 200, (path, answer.status_code)
        rows = answer.content.count(b"<tr")
    return statistics.median(taken[1:]), rows


def measured(cast: dict[str, Person]) -> dict[tuple[str, str], tuple[float, int]]:
    found = {}
    for name, person in cast.items():
        client = Client(HTTP_HOST="localhost")
        client.force_login(person)
        found |= {(name, page): seconds(client, path) for page, path in PAGES.items()}
    return found


def main() -> None:
    global OPEN_SHARE
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    call_command("migrate", verbosity=0)
    cast = prepare()
    OPEN_SHARE = 0.05  # fifty of the first thousand; none of the archive
    fill(0, FEW)
    few = measured(cast)
    OPEN_SHARE = 0.0
    begun = time.perf_counter()
    fill(FEW, many)
    print(f"{many:,} decisions written in {time.perf_counter() - begun:.0f} s; open: "
          f"{ServiceRequest.objects.filter(state__in=sorted(OPEN)).count()}; {connection.vendor}")  # fmt: skip
    worst = 0.0
    for (name, page), (after, rows) in measured(cast).items():
        before, rows_before = few[name, page]
        alike = rows == rows_before
        worst = max(worst, after / before) if alike else worst
        print(
            f"{name:8} {page:20} {1000 * before:7.1f} ms   {1000 * after:7.1f} ms   {after / before:5.2f} times"
            + ("" if alike else f"   ({rows_before} rows of a table, then {rows}: not compared)")
        )
    print(f"worst of pages with as many rows: {worst:.2f} times (aim {ALLOWED:.0f})")


if __name__ == "__main__":
    main()
