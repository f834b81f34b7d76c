"""The rooms that touch the database in their own way pass the same tests on PostgreSQL."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

# A room whose queries or triggers could differ between the databases is listed here, the longest first.
ROOMS = (
    "gate", "voice", "improvement", "fairness", "protection", "whatif", "work", "mail", "organisation", "ledger", "files",
)  # fmt: skip
TESTS = Path(__file__).parent


@pytest.mark.postgresql
@pytest.mark.parametrize("room", ROOMS)
def test_the_same_tests_pass_on_postgresql(room: str, postgresql: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", str(TESTS / room), "-q", "-p", "no:cacheprovider", "-m", "not long"],
        env={**os.environ, "FAIRGATE_DATABASE": postgresql},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-10_000:] + ran.stderr[-2_000:]
