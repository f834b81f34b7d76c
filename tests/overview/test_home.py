"""Home: what waits, oldest promise first, and what changed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from fairgate.gate import actions as gate
from fairgate.organisation import actions as organisation
from fairgate.organisation.models import Unit
from fairgate.overview import queries
from fairgate.overview.wording import waiting_lead
from fairgate.people import actions as people
from fairgate.people.rules import Role
from fairgate.shared.actor import System
from fairgate.shared.translations import ENGLISH
from fairgate.shared.waiting import News, Waiting

PROGRAM = System("tests")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def due(days: int) -> Waiting:
    return Waiting(f"due in {days}", "/", due=NOW + timedelta(days=days), is_promise=True)


@pytest.fixture
def rooms(db, monkeypatch):
    """What each room says waits and changed."""
    said = {name: ([], []) for name in ("gate", "protection", "improvement")}
    monkeypatch.setattr(queries.clock, "now", lambda: NOW)
    for name, (waiting, news) in said.items():
        monkeypatch.setattr(getattr(queries, name), "waiting_for", lambda by, found=waiting: found)
        monkeypatch.setattr(getattr(queries, name), "news_for", lambda by, since, found=news: found)
    return said


def test_the_oldest_promise_comes_first_whatever_room_it_is_of(rooms):
    rooms["gate"][0].extend([due(3), due(-1)])
    rooms["improvement"][0].append(due(-5))
    rooms["protection"][0].append(Waiting("no date", "/", since=NOW - timedelta(days=90)))
    home = queries.home_for(PROGRAM)
    assert [line.waiting.what for line in home.lines] == ["due in -5", "due in -1", "due in 3", "no date"]
    assert [line.is_overdue for line in home.lines] == [True, True, False, False]


def test_what_is_late_is_counted_also_where_it_is_not_shown(rooms):
    rooms["gate"][0].extend(due(-day) for day in range(1, 31))
    home = queries.home_for(PROGRAM)
    assert (home.waiting_count, home.overdue, len(home.lines)) == (30, 30, queries.SHOWN)
    assert home.more_waiting == 30 - queries.SHOWN


def test_what_changed_is_newest_first(rooms):
    rooms["gate"][1].append(News("old", "/", NOW - timedelta(days=3)))
    rooms["protection"][1].append(News("new", "/", NOW))
    assert [it.what for it in queries.home_for(PROGRAM).news] == ["new", "old"]


@pytest.mark.parametrize(
    ("waiting", "overdue", "said"),
    [
        (0, 0, "Nothing waits for you."),
        (1, 0, "1 thing waits for you. Nothing is late."),
        (3, 1, "3 things wait for you. 1 of them is late."),
        (60, 2, "60 things or more wait for you. 2 of them are late."),
    ],
)
def test_the_first_sentence(waiting, overdue, said):
    assert waiting_lead(waiting, overdue, ENGLISH) == said


@pytest.mark.parametrize("role", list(Role))
def test_everybody_has_a_home(db, role):
    person = people.add_person(by=PROGRAM, name="Ann", username="ann", roles=[role])
    client = Client()
    client.force_login(person)
    assert client.get(reverse("overview:home")).status_code == 200


def test_a_steward_is_led_to_the_first_preset(db):
    organisation.choose_function(by=PROGRAM, name="Quality", description="")
    steward = people.add_person(by=PROGRAM, name="Ann", username="ann", roles=[Role.STEWARD])
    assert queries.home_for(steward).lacks_preset
    gate.install(by=PROGRAM, unit=Unit.objects.get().pk, code="quality")
    assert not queries.home_for(steward).lacks_preset
