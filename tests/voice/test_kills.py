"""A process killed in the middle of sealing or closing: nothing lost, nothing doubled, nothing readable; a period is wholly open
to being closed, or wholly closed."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from conftest import Installation
from fairgate.engines import disclosure
from fairgate.gate.rules import Outcome
from fairgate.ledger import queries as ledger
from fairgate.ledger.models import Entry
from fairgate.shared.actor import System
from fairgate.voice import actions, queries
from fairgate.voice.models import Ballot, Envelope, Period, Publication
from fairgate.voice.rules import PeriodState
from fairgate.voice.rules.envelopes import SEALED, Opener
from fairgate.voice.rules.keys import read_key
from gate.killing import moments, nursery

from .conftest import START, House, withhold

PEOPLE = 12
PROGRAM = System("tests")


@pytest.fixture
def ready(installation: Installation) -> tuple[Installation, House]:
    house = House()
    for number, person in enumerate(house.crowd(PEOPLE)):
        house.decided(person, Outcome.REFUSED if number % 2 else Outcome.APPROVED, on=START)
    environment = {**installation.environment, "FAIRGATE_LINK_KEY": settings.LINK_KEY}
    return replace(installation, environment=environment), house


def kill(installation: Installation, action: str, times: int, after: Callable[[], None]) -> int:
    inside = 0
    with nursery(installation, f"voice.kill_actions:{action}") as child:
        for pause in moments(times, seed=times, most=0.12):
            inside += child.kill_after(pause).inside
            after()
    return inside


TIMES = [15, pytest.param(200, marks=pytest.mark.long)]


@pytest.mark.parametrize("times", TIMES)
def test_a_sealed_answer_is_there_whole_or_not_at_all(ready: tuple[Installation, House], times: int) -> None:
    installation, house = ready
    period = house.opened()
    house.invited(period)
    opener = Opener(read_key(house.key[period.pk]).private, link_key=queries.link_key_of(period))
    entries = Entry.objects.count()

    def look() -> None:
        found = list(Envelope.objects.values_list("invitation", "sealed"))
        assert 0 < len(found) <= PEOPLE
        for invitation, sealed in found:
            assert len(bytes(sealed)) == SEALED
            assert opener.open(bytes(sealed), invitation=str(invitation)) is not None
        assert Entry.objects.count() == entries

    assert kill(installation, "answers", times, look) >= times / 2


@pytest.mark.parametrize("times", TIMES)
def test_a_period_is_wholly_closed_or_not_at_all(
    ready: tuple[Installation, House], times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    installation, house = ready
    inside = kill(installation, "closes", times, every_period_is_whole)
    assert inside >= times / 2
    monkeypatch.setattr(disclosure, "protect", withhold)
    left = list(Period.objects.filter(state=PeriodState.ENDED))
    assert left, "no kill left a period that was not closed"
    for period in left:
        key = (installation.data / "officer" / str(period.pk)).read_bytes()
        actions.close_at_once(by=house.gil, pk=period.pk, key=key)
    every_period_is_whole()
    assert not Period.objects.exclude(state=PeriodState.CLOSED).exists()
    assert Envelope.objects.count() == 0


def test_a_closing_in_pieces_would_be_found(ready: tuple[Installation, House]) -> None:
    installation, _ = ready
    with pytest.raises(AssertionError):
        kill(installation, "closes_in_pieces", 30, every_period_is_whole)


def every_period_is_whole() -> None:
    """And no key lies about once nothing needs it."""
    for period in Period.objects.all():
        ballots = Ballot.objects.filter(period=period).count()
        envelopes = Envelope.objects.filter(invitation__period=period).count()
        published = list(Publication.objects.filter(period=period))
        if period.state == PeriodState.CLOSED:
            (only,) = published
            assert (only.contents["answered"], only.contents["unreadable"]) == (PEOPLE, 0)
            assert ballots + only.contents["dropped"] == PEOPLE
            assert envelopes == 0
        else:
            assert (ballots, published, envelopes) == (0, [], PEOPLE)
        closings = Entry.objects.filter(action="voice.period-closed", subject_id=str(period.pk))
        assert closings.count() == (period.state == PeriodState.CLOSED)
    for path in Path(settings.KEYS).glob("*.key"):
        os.utime(path, (0, 0))  # older than the moment in which a job may not be written down yet
    actions.sweep_keys(by=PROGRAM)
    assert not list(Path(settings.KEYS).glob("*"))
    assert ledger.verify(anchors=settings.ANCHORS).ok
