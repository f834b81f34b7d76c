"""The whole way, through pages, the server's log and the worker's process: nothing of the answer is left beside the road."""

import logging
from threading import Event
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from conftest import Installation
from fairgate.people.models import Person
from fairgate.voice import actions
from fairgate.voice.models import Ballot, Envelope, Invitation, Period
from fairgate.voice.rules import PeriodState
from fairgate.work.jobs import worker
from fairgate.work.models import Job
from gate.conftest import Clock
from voice.attack.loot import taken
from voice.browsing import FILLED, form_of
from voice.conftest import House

PEOPLE = 10
OTHERS = dict.fromkeys(FILLED, "4") | {"agreement": "1", "second-look": "no"}
"""What those say who come by link: of one mind, nothing would be kept."""
SAID = {"2222222251", "4444444410"}


@pytest.fixture
def house(installation: Installation, time: Clock, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setenv("FAIRGATE_LINK_KEY", settings.LINK_KEY)
    return House()


def test_nothing_of_an_answer_is_left_beside_the_road(
    installation: Installation, house: House, time: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    people = house.crowd(PEOPLE)
    for number, person in enumerate(people):
        house.decided(person, team=0, decider=number)
    period = house.opened()
    invitations = house.invited(period)
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("django.db.backends").setLevel(logging.ERROR)  # on in no installation
        for number, one in enumerate(invitations):
            answer_signed_in(one.person) if number % 2 else answer_by_link(one)
    assert Envelope.objects.count() == PEOPLE
    posted = [*FILLED.items(), *OTHERS.items()]
    words = [urlencode({item: value}) for item, value in posted]
    words += [f"'{item}': '{value}'" for item, value in posted] + ["22222222", "44444444"]
    for word in words:
        assert word not in caplog.text
    time.on(days=120)
    actions.end_period(by=house.gil, pk=period.pk)
    job = actions.request_closing(by=house.gil, pk=period.pk, key=house.key[period.pk], done_at="/")
    assert worker._work_once(Event(), worker.COMMAND)
    done = Job.objects.get(pk=job.pk)
    assert (done.state, done.problem) == ("done", "")
    assert Period.objects.get().state == PeriodState.CLOSED
    assert set(Ballot.objects.values_list("answers", flat=True)) == SAID
    assert Ballot.objects.count() == PEOPLE

    loot = taken(installation.data, period)
    secret = house.key[period.pk].decode().rpartition("key: ")[2].strip()
    for name, content in loot.files.items():
        assert bytes.fromhex(secret) not in content, name
        assert secret.encode() not in content, name
        for word in words[:-2]:
            assert word.encode() not in content, name
    beside = {name: rows for name, rows in loot.tables.items() if name != "voice_ballot"}
    assert loot.tables["django_session"]
    assert not [text for text in SAID if text in str(beside)]
    assert secret not in str(loot.tables)


def answer_signed_in(person: Person) -> None:
    client = Client()
    client.force_login(person)
    assert client.post(reverse("voice:mine"), FILLED).status_code == 302


def answer_by_link(invitation: Invitation) -> None:
    assert Client().post(form_of(invitation), OTHERS).status_code == 302
