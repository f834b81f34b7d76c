"""Open doors in a demonstration, and nowhere else."""

import re

import pytest
from django.urls import reverse

from fairgate.people import actions
from fairgate.people.rules import Role

from .conftest import CAST, PROGRAM, recorded, signed_in

DOOR = "/people/demonstration/"


def test_in_a_demonstration_one_click_signs_in(client, bob, settings):
    settings.DEMONSTRATION = True
    page = client.get(reverse("account_login")).text
    assert "Sign in as Bob" in page
    assert "Reviewer. Reviews what was handed in and decides on it." in page
    answer = client.post(DOOR, {"person": bob.pk})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    account = client.get(reverse("people:account")).text
    assert "Bob, signed in as bob." in account
    assert "Demonstration: the people and records here are invented." in account
    assert recorded("people.signed-in")[-1].actor_id == bob.actor_id


def test_one_of_each_role_stands_at_the_door_and_the_others_in_a_list(client, people, settings):
    settings.DEMONSTRATION = True
    hal = actions.add_person(by=PROGRAM, name="Hal", username="hal", roles={Role.REQUESTER})
    page = client.get(reverse("account_login")).text
    buttons = re.findall(r"Sign in as (\w+)</button>", page)
    assert buttons == [*(name.title() for name in CAST), "them"]
    assert f'<option value="{hal.pk}">Hal (Requester)</option>' in page


def test_one_can_change_over_to_somebody_else(alice, bob, settings):
    settings.DEMONSTRATION = True
    client = signed_in(alice)
    client.post(DOOR, {"person": bob.pk})
    assert "Bob, signed in as bob." in client.get(reverse("people:account")).text


def test_next_is_kept_within_this_site(client, bob, settings):
    settings.DEMONSTRATION = True
    assert client.post(DOOR, {"person": bob.pk, "next": "/people/account/"})["Location"] == "/people/account/"
    assert client.post(DOOR, {"person": bob.pk, "next": "//evil.example/"})["Location"] == "/"


def test_elsewhere_there_is_no_such_door(client, bob):
    page = client.get(reverse("account_login")).text
    assert "Sign in as" not in page
    assert "Demonstration" not in page
    assert client.post(DOOR, {"person": bob.pk}).status_code == 404
    assert client.get(reverse("people:account")).status_code == 302


@pytest.mark.parametrize("person", ["", "x", "-1", "99999", "1 or 1"])
def test_nobody_else_is_let_in(client, people, settings, person):
    settings.DEMONSTRATION = True
    assert client.post(DOOR, {"person": person}).status_code == 404


def test_looking_is_not_enough_and_the_disabled_stay_out(client, alice, bob, settings):
    settings.DEMONSTRATION = True
    assert client.get(DOOR).status_code == 405
    actions.disable(by=alice, person=bob, reason="left")
    assert client.post(DOOR, {"person": bob.pk}).status_code == 404
    assert "Sign in as Bob" not in client.get(reverse("account_login")).text
