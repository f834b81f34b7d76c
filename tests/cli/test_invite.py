"""`fairgate invite`: a timer calls it every night."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from conftest import Installation
from fairgate.gate.rules import Outcome
from fairgate.voice.models import Invitation
from fairgate.voice.queries import this_day
from fairgate.voice.rules import Days
from voice.conftest import House


def run(installation: Installation, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "fairgate", "invite", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **installation.environment, "FAIRGATE_LINK_KEY": settings.LINK_KEY},
    )


@pytest.fixture
def house(installation: Installation) -> House:
    return House()


def test_the_same_call_every_night_asks_nobody_twice(installation: Installation, house: House) -> None:
    year = Days.around(this_day(), 12)
    for person in house.crowd(30):
        house.decided(person, Outcome.REFUSED, on=year.starts_on)
    period = house.opened(year.starts_on, months=12)
    first = run(installation, "--json")
    assert first.returncode == 0, first.stderr
    told = json.loads(first.stdout)
    assert told["asked"] or this_day() == year.starts_on
    assert told["asked"] == Invitation.objects.filter(period=period).count()
    again = json.loads(run(installation, "--json").stdout)
    assert again["asked"] == 0
    assert "Nobody is due" in run(installation).stdout


def test_without_an_installation_it_says_so(tmp_path: object) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "fairgate", "invite"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "FAIRGATE_DATA": str(tmp_path)},
    )
    assert ran.returncode != 0
    assert "There is no installation" in ran.stderr
