"""Open doors in a demonstration, and nowhere else."""

from django.urls import reverse

from fairgate.people import actions

from .conftest import recorded, signed_in


def test_in_a_demonstration_one_click_signs_in(client, bob, settings):
    settings.DEMONSTRATION = True
    page = client.get(reverse("account_login")).text
    assert "Sign in as Bob" in page
    assert "Reviews what was handed in and decides on it." in page
    answer = client.post(reverse("people:sign_in_as", args=(bob.pk,)))
    assert (answer.status_code, answer["Location"]) == (302, "/")
    account = client.get(reverse("people:account")).text
    assert "Bob, signed in as bob." in account
    assert "Demonstration: the people and records here are invented." in account
    assert recorded("people.signed-in")[-1].actor_id == bob.actor_id


def test_one_can_change_over_to_somebody_else(alice, bob, settings):
    settings.DEMONSTRATION = True
    client = signed_in(alice)
    client.post(reverse("people:sign_in_as", args=(bob.pk,)))
    assert "Bob, signed in as bob." in client.get(reverse("people:account")).text


def test_elsewhere_there_is_no_such_door(client, bob):
    page = client.get(reverse("account_login")).text
    assert "Sign in as" not in page
    assert "Demonstration" not in page
    assert client.post(reverse("people:sign_in_as", args=(bob.pk,))).status_code == 404
    assert client.get(reverse("people:account")).status_code == 302


def test_looking_is_not_enough_and_the_disabled_stay_out(client, alice, bob, settings):
    settings.DEMONSTRATION = True
    assert client.get(reverse("people:sign_in_as", args=(bob.pk,))).status_code == 405
    actions.disable(by=alice, person=bob, reason="left")
    assert client.post(reverse("people:sign_in_as", args=(bob.pk,))).status_code == 404
    assert "Sign in as Bob" not in client.get(reverse("account_login")).text
