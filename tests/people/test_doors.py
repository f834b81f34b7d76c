"""Signing in and out."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from fairgate.people import actions
from fairgate.people.models import Person

from .conftest import PASSWORD, recorded, signed_in, with_password


def sign_in(client, login="bob", password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": login, "password": password, **more})


@pytest.mark.parametrize("login", ["bob", "BOB", " bob ", "bob@example.org", "Bob@Example.org"])
def test_by_sign_in_name_or_e_mail_in_any_case(client, bob, login):
    with_password(bob)
    answer = sign_in(client, login)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get(reverse("people:account")).status_code == 200
    assert recorded("people.signed-in")[-1].actor_id == bob.actor_id
    assert Person.objects.get(pk=bob.pk).last_login is not None


@pytest.mark.parametrize(
    ("login", "password"), [("bob", "wrong"), ("nobody", PASSWORD), ("n@x.org", PASSWORD)]
)
def test_a_wrong_name_and_a_wrong_password_read_the_same(client, bob, login, password):
    with_password(bob)
    answer = sign_in(client, login, password)
    assert answer.status_code == 200
    assert "The sign-in name or the password is not right." in answer.text
    assert password not in answer.text.replace("password", "")


def test_a_failed_attempt_is_recorded_without_names_nobody_has(client, bob):
    with_password(bob)
    sign_in(client, "bob", "wrong")
    sign_in(client, "my secret typed here", "wrong")
    known, unknown = recorded("people.sign-in-failed")
    assert known.subject_id == str(bob.pk)
    assert (unknown.subject_id, unknown.subject_label) == ("", "unknown sign-in name")
    assert known.actor_id == unknown.actor_id == "system:sign-in"


def test_somebody_without_a_password_cannot_sign_in(client, bob):
    assert sign_in(client, "bob", "").status_code == 200
    assert sign_in(client, "bob", bob.password).status_code == 200
    assert client.get(reverse("people:account")).status_code == 302


def test_attempts_are_limited_even_when_the_last_is_right(client, bob):
    with_password(bob)
    for _ in range(5):
        sign_in(client, password="wrong")
    answer = sign_in(client)
    assert "Too many attempts." in answer.text
    assert client.get(reverse("people:account")).status_code == 302


def test_one_address_cannot_try_many_names(client, bob):
    with_password(bob)
    for number in range(10):
        sign_in(client, f"guess{number}", "wrong")
    assert "Too many attempts." in sign_in(client).text


def test_a_flood_gets_a_plain_page(client, bob):
    answers = [sign_in(client, f"guess{number}") for number in range(31)]
    assert answers[-1].status_code == 429
    assert "Too many attempts" in answers[-1].text


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "http://127.0.0.1/",
    ],
)
def test_next_leads_nowhere_else(bob, elsewhere, signed):
    with_password(bob)
    client = signed_in(bob) if signed else Client()
    answer = sign_in(client, next=elsewhere)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    page = Client().get(reverse("account_login"), {"next": elsewhere})
    assert elsewhere not in page.text


def test_next_leads_to_the_page_asked_for(client, bob):
    with_password(bob)
    asked = reverse("people:account")
    answer = client.get(asked)
    assert answer["Location"] == f"{reverse('account_login')}?next={asked}"
    assert asked in client.get(answer["Location"]).text
    assert sign_in(client, next=asked)["Location"] == asked


def test_a_disabled_person_is_told_so_only_with_the_right_password(client, alice, bob):
    with_password(bob)
    actions.disable(by=alice, person=bob, reason="left")
    assert "disabled" not in sign_in(client, password="wrong").text
    answer = client.post(reverse("account_login"), {"login": "bob", "password": PASSWORD}, follow=True)
    assert "This account is disabled." in answer.text
    assert client.get(reverse("people:account")).status_code == 302
    assert len(recorded("people.sign-in-failed")) == 2


def test_disabling_ends_sessions_at_once_and_enabling_does_not_revive_them(alice, bob):
    client = signed_in(bob)
    assert client.get(reverse("people:account")).status_code == 200
    actions.disable(by=alice, person=bob, reason="left")
    assert client.get(reverse("people:account")).status_code == 302
    second = signed_in(alice)
    actions.enable(by=alice, person=bob, reason="back")
    assert client.get(reverse("people:account")).status_code == 302
    assert second.get(reverse("people:account")).status_code == 200


def test_enabling_does_not_revive_a_session_that_slept_meanwhile(alice, bob):
    client = signed_in(bob)
    actions.disable(by=alice, person=bob, reason="left")
    actions.enable(by=alice, person=bob, reason="back")
    assert client.get(reverse("people:account")).status_code == 302


def test_signing_out_needs_a_post_and_is_recorded(bob):
    client = signed_in(bob)
    assert client.get(reverse("people:sign_out")).status_code == 405
    assert client.post(reverse("people:sign_out")).status_code == 302
    assert client.get(reverse("people:account")).status_code == 302
    assert recorded("people.signed-out")[-1].actor_id == bob.actor_id


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_reset_password", "account_email", "account_logout", "account_set_password"],
)
def test_routes_we_do_not_offer_are_not_there(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_the_form_is_protected_against_forged_posts(bob):
    with_password(bob)
    answer = sign_in(Client(enforce_csrf_checks=True))
    assert answer.status_code == 403
    assert "This form has expired" in answer.text
