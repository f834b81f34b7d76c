"""Importing 100,000 decisions, against a bare bulk insert of the same requests and decisions, in one run.

    python bench/import_decisions.py [--rows 100000]

The peer builds the same records and hands them to Django's ``bulk_create`` in one transaction, knowing everything beforehand:
no file, no check, no comparison, no running counts, no ledger. Ours is the whole of `imports.prepare` and what it returns:
the file verified, read and checked, then saved. The ledger's own cost is the time inside ``ledger.append`` and is stated apart.
Also printed: raw ``executemany`` of the same rows, and memory at the peak for a tenth of the rows beside that for all of them
(the import alone, each in a process of its own). A temporary SQLite database; nothing of yours is touched.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

PROMISED = 3.0
UNITS = 12


def content(rows: int, seed: int = 5) -> bytes:
    chance = random.Random(seed)
    start = datetime.fromisoformat("2024-01-01 08:00")
    lines = [
        "Record,Type,Department,Decision,Decided on,Submitted on,Lot,Approver,Requested by,Comment,Due,Amount,Follows"
    ]
    for n in range(rows):
        asked = start + timedelta(minutes=chance.randrange(2 * 365 * 1440))
        decided, due = asked + timedelta(minutes=chance.randrange(20_000)), asked + timedelta(days=7)
        outcome = chance.choices(("approved", "refused", "returned"), (88, 8, 4))[0]
        follows = f"R-{chance.randrange(n)}" if n and chance.random() < 0.1 else ""
        lines.append(
            f"R-{n},Change,Unit {chance.randrange(UNITS)},{outcome},{decided:%Y-%m-%d %H:%M},{asked:%Y-%m-%d %H:%M},"
            f"L{n},Approver {chance.randrange(60)},Requester {chance.randrange(900)},Nothing to add,"
            f"{due:%Y-%m-%d},{n % 997}.5,{follows}"
        )
    return "\n".join(lines).encode()


def prepared() -> int:
    """A database with a gate; returns its mapping."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from fairgate.gate.actions import imports as actions
    from fairgate.gate.models import Preset, RequestKind
    from fairgate.organisation.models import Unit
    from fairgate.shared.actor import System

    gate = Unit.objects.create(name="Quality")
    Unit.objects.bulk_create(Unit(name=f"Unit {n}") for n in range(UNITS))
    preset = Preset.objects.create(unit=gate, code="quality", title="Quality", version="1")
    outcomes = ["approved", "refused", "returned"]
    RequestKind.objects.create(preset=preset, code="change", name="Change", outcomes=outcomes)
    columns = {
        "key": "Record", "kind": "Type", "unit": "Department", "outcome": "Decision", "decided_at": "Decided on",
        "submitted_at": "Submitted on", "item": "Lot", "decider": "Approver", "submitter": "Requested by",
        "note": "Comment", "promised_by": "Due", "value": "Amount", "follows": "Follows",
    }  # fmt: skip
    options = {"date_format": "ymd", "decimal": ".", "zone": "UTC"}
    facts = {"columns": columns, "values": {}, "options": options}
    return actions.keep_mapping(
        by=System("bench"), name="QMS", source="QMS", deciding_unit=gate.pk, **facts
    ).pk


def imported(rows: int, mapping: int) -> tuple[float, float, float, float]:
    """Seconds to read and check, to save, of it in the ledger, and for the same file once more."""
    from fairgate.gate import imports
    from fairgate.gate.actions import arriving
    from fairgate.shared.actor import System

    by, spent, usual = System("bench"), [0.0], arriving.ledger.append

    def append(**more: object) -> object:
        begun = time.perf_counter()
        entry = usual(**more)  # type: ignore[arg-type]
        spent[0] += time.perf_counter() - begun
        return entry

    taken = []
    for _ in range(2):
        coming = imports.open_file(by=by, name="d.csv", content=[content(rows)], mapping=mapping)
        imports.read(by=by, pk=coming.pk)()
        arriving.ledger.append = append  # type: ignore[assignment]
        begun = time.perf_counter()
        save = imports.prepare(by=by, pk=coming.pk)
        checked = time.perf_counter()
        save()
        taken.append((checked - begun, time.perf_counter() - checked, spent[0]))
        arriving.ledger.append = usual
    return (*taken[0], sum(taken[1][:2]))


def bulk(rows: int) -> float:
    """The same requests and decisions, as the import left them, into an empty database."""
    from django.db import connection, transaction

    from fairgate.gate.models import Decision, ServiceRequest

    requests = list(ServiceRequest.objects.order_by("pk"))
    decisions = list(Decision.objects.order_by("pk"))
    _emptied()
    for each in (*requests, *decisions):
        each.pk = None
        each.arrival_id = None
    for request in requests:
        request.follows_id = None
    begun = time.perf_counter()
    with transaction.atomic():
        made = ServiceRequest.objects.bulk_create(requests)
        for request, decision in zip(made, decisions, strict=True):
            decision.request_id = request.pk
        Decision.objects.bulk_create(decisions)
    taken = time.perf_counter() - begun
    assert ServiceRequest.objects.count() == Decision.objects.count() == rows
    assert connection.vendor == "sqlite"
    return taken


def raw() -> float:
    """The rows as the database has them, put back by ``executemany``."""
    from django.db import connection, transaction

    from fairgate.gate.models import Decision, ServiceRequest

    kept = {}
    with connection.cursor() as cursor:
        for model in (ServiceRequest, Decision):
            fields = [field.column for field in model._meta.local_concrete_fields if not field.generated]
            into = f"{model._meta.db_table} ({', '.join(fields)})"
            found = cursor.execute(f"SELECT {', '.join(fields)} FROM {model._meta.db_table}").fetchall()
            kept[f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(fields))})"] = found
    _emptied()
    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for statement, rows in kept.items():
            cursor.executemany(statement, rows)
    return time.perf_counter() - begun


def _emptied() -> None:
    """Only a bench may: the triggers that refuse it are taken off and put back."""
    from django.db import connection

    from fairgate.ledger.actions.tables import install

    with connection.cursor() as cursor:
        found = cursor.execute(
            "SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='gate_decision'"
        )
        for (name,) in found.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute("DELETE FROM gate_decision")
        cursor.execute("UPDATE gate_servicerequest SET follows_id = NULL")
        cursor.execute("DELETE FROM gate_servicerequest")
    install("gate_decision", "id")


def peak() -> float:
    """In MB; what ``getrusage`` says counts the process that began this one, too."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def alone(rows: int) -> float:
    """Memory at the peak of a process that only imports, in MB. The file is made by another."""
    ran = subprocess.run(
        [sys.executable, __file__, "--rows", str(rows), "--memory"],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(ran.stdout.split()[-1])


def memory(rows: int, mapping: int) -> None:
    from fairgate.gate import imports
    from fairgate.shared.actor import System

    by = System("bench")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "d.csv")
        made = f"from import_decisions import content; open({str(file)!r}, 'wb').write(content({rows}))"
        subprocess.run([sys.executable, "-c", made], check=True, cwd=Path(__file__).parent)
        with file.open("rb") as opened:
            pieces: Callable[[], bytes] = lambda: opened.read(1 << 20)  # noqa: E731
            coming = imports.open_file(by=by, name="d.csv", content=iter(pieces, b""), mapping=mapping)
    imports.read(by=by, pk=coming.pk)()
    imports.apply(by=by, pk=coming.pk)
    print(peak())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--memory", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FAIRGATE_DATA"] = folder
        os.environ.pop("FAIRGATE_DATABASE", None)
        os.environ["DJANGO_SETTINGS_MODULE"] = "fairgate.config.settings"
        mapping = prepared()
        if chosen.memory:
            memory(chosen.rows, mapping)
            return
        checking, saving, ledger, again = imported(chosen.rows, mapping)
        peer = bulk(chosen.rows)
        bare = raw()
        ours = checking + saving - ledger
        print(f"{chosen.rows:,} decisions: read and checked {checking:.2f} s, saved {saving - ledger:.2f} s")
        print(f"  the ledger's own cost {ledger:.3f} s; the same file once more {again:.2f} s")
        print(
            f"  bare bulk insert {peer:.2f} s; ratio {ours / peer:.2f} (promised: {PROMISED}); raw executemany {bare:.2f} s"
        )
        few, many = alone(chosen.rows // 10), alone(chosen.rows)
        print(f"  memory at the peak {many:.0f} MB; with a tenth of the rows {few:.0f} MB")


if __name__ == "__main__":
    main()
