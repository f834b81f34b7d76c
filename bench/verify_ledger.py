"""How long `verify` takes against hashing the same rows read by the same cursor.

    python bench/verify_ledger.py [ENTRIES]                                          # SQLite
    python tests/postgresql_server.py -- python bench/verify_ledger.py [ENTRIES]     # PostgreSQL

The comparison reads every row through the cursor `verify` uses and feeds its bytes to SHA-256, nothing else:
no field boundaries, no links, no anchors. Prints the ratio of the medians (the aim is at most 3) and the
memory `verify` needs at its peak for this ledger and for one a tenth as long (the aim is the same for both).
"""

import os
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

FOLDER = tempfile.TemporaryDirectory(prefix="fairgate-bench-")
os.environ["FAIRGATE_DATA"] = FOLDER.name
os.environ["DJANGO_SETTINGS_MODULE"] = "fairgate.config.settings"

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from fairgate.ledger import actions, queries
from fairgate.ledger.queries.checking import rows
from fairgate.ledger.rules import Subject
from fairgate.shared.actor import System

ROUNDS = 7


def fill(entries: int) -> None:
    """In transactions of a hundred, so that there are anchors to compare too."""
    for start in range(0, entries, 100):
        with transaction.atomic():
            for number in range(start, min(start + 100, entries)):
                actions.append(
                    by=System("benchmark"),
                    action="organisation.need-confirmed",
                    subject=Subject("needs", f"{number}-7", "Packaging needs Quality Control"),
                    old={"verdict": "struck", "reason": "not in this process"},
                    new={"verdict": "confirmed"},
                    reason="They cannot ship without our release of the batch record",
                )


def hash_rows() -> None:
    for row in rows():
        sha256(b"".join(row))  # type: ignore[arg-type]


def verify() -> None:
    found = queries.verify(anchors=Path(settings.ANCHORS))
    assert found.ok, found.findings[:3]


def seconds(run: Callable[[], None]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def peak() -> float:
    """Megabytes at the peak of one verification."""
    tracemalloc.start()
    verify()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def main(entries: int) -> None:
    call_command("migrate", verbosity=0)
    fill(entries // 10)
    small = peak()
    fill(entries - entries // 10)
    both = [
        (seconds(hash_rows), seconds(verify)) for _ in range(ROUNDS)
    ]  # in turns: the machine's mood is shared
    hashing, verifying = (statistics.median(times) for times in zip(*both, strict=True))
    print(f"{connection.vendor}: {entries:,} entries")
    print(f"  hashing the rows {hashing:.3f} s, verify {verifying:.3f} s")
    print(f"  ratio {verifying / hashing:.2f}")
    print(f"  memory at the peak: {peak():.1f} MB; with a tenth of the entries {small:.1f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
