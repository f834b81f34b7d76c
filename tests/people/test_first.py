"""The first account of an empty installation."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from conftest import Installation
from fairgate.people import actions, queries
from fairgate.people.models import Person
from fairgate.people.rules import Role

from .conftest import PASSWORD, PROGRAM, recorded

FORM = {"name": "Alice Owen", "username": "Alice", "password": PASSWORD, "again": PASSWORD}


def door(token=None):
    return reverse("people:first", args=(token or queries.first_token(),))


def test_the_first_comes_in_as_a_steward_and_is_signed_in(client, db):
    assert client.get(door()).status_code == 200
    answer = client.post(door(), FORM)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    alice = Person.objects.get()
    assert (alice.username, alice.roles) == ("alice", {Role.STEWARD})
    assert client.get(reverse("people:people")).status_code == 200
    assert [entry.action for entry in recorded()] == ["people.first-steward-added", "people.signed-in"]


def test_the_door_closes_behind_the_first(client, people):
    assert client.get(door()).status_code == 404
    assert client.post(door(), FORM).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.first_steward(by=PROGRAM, name="Mallory", username="mallory", password=PASSWORD)
    assert len(Person.objects.all()) == len(people)


@pytest.mark.parametrize("token", ["x", "first steward", "0" * 43])
def test_a_wrong_token_opens_nothing(client, db, token):
    assert client.get(door(token)).status_code == 404
    assert client.post(door(token), FORM).status_code == 404
    assert not Person.objects.exists()


def test_the_token_belongs_to_the_installation(settings):
    token = queries.first_token()
    settings.SECRET_KEY = "of another installation"
    assert queries.first_token() != token


def test_a_disabled_first_does_not_open_it_again(client, db):
    steward = actions.first_steward(by=PROGRAM, name="A", username="a", password=PASSWORD)
    Person.objects.filter(pk=steward.pk).update(is_active=False)
    assert not queries.first_door_is_open(queries.first_token())


@pytest.mark.parametrize("field", ["name", "username", "password", "again"])
def test_a_missing_field_is_said_and_nothing_is_saved(client, db, field):
    answer = client.post(door(), FORM | {field: ""})
    assert answer.status_code == 200
    assert f'href="#id_{field}"' in answer.text
    assert not Person.objects.exists()


def test_a_weak_password_is_refused(db):
    with pytest.raises(ValidationError):
        actions.first_steward(by=PROGRAM, name="Alice Owen", username="alice", password="alice-owen")
    assert not Person.objects.exists()


def test_of_two_at_the_same_moment_one_gets_in(installation: Installation):
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    from django.db import connection

    start = Barrier(2)

    def come(name):
        start.wait()
        try:
            actions.first_steward(by=PROGRAM, name=name, username=name, password=PASSWORD)
        except PermissionDenied:
            return "refused"
        finally:
            connection.close()
        return "in"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(come, ("one", "two"))) == ["in", "refused"]
    assert Person.objects.count() == 1
