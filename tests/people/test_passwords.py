"""Only the owner sets a password: by a link that works once, or by knowing the old one."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from fairgate.ledger.models import Entry
from fairgate.people import actions, queries
from fairgate.people.models import Person

from .conftest import PASSWORD, recorded, signed_in, with_password

NEW = "another four words here"


def page(link):
    return reverse("people:set_password", args=(link.uid, link.token))


def test_a_link_sets_the_password_once(client, alice, bob):
    link = actions.give_link(by=alice, person=bob)
    assert "bob" in client.get(page(link)).text
    answer = client.post(page(link), {"password": PASSWORD, "again": PASSWORD})
    assert answer.status_code == 302
    bob.refresh_from_db()
    assert bob.check_password(PASSWORD)
    assert bob.password_set_at is not None
    again = client.post(page(link), {"password": NEW, "again": NEW})
    assert again.status_code == 410
    bob.refresh_from_db()
    assert bob.check_password(PASSWORD)
    assert recorded("people.password-set-by-link")[-1].actor_id == bob.actor_id


def test_the_action_itself_refuses_a_used_link(alice, bob):
    link = actions.give_link(by=alice, person=bob)
    actions.set_password_by_link(by=bob, token=link.token, password=PASSWORD)
    with pytest.raises(PermissionDenied):
        actions.set_password_by_link(by=bob, token=link.token, password=NEW)


@pytest.mark.parametrize(
    "ended_by", ["a newer link", "a changed password", "disabling", "another person", "junk"]
)
def test_a_link_ends(client, alice, bob, people, ended_by):
    with_password(bob)
    bob.refresh_from_db()
    link = actions.give_link(by=alice, person=bob)
    match ended_by:
        case "a newer link":
            actions.give_link(by=alice, person=bob)
        case "a changed password":
            actions.change_password(by=bob, old=PASSWORD, password=NEW)
        case "disabling":
            actions.disable(by=alice, person=bob, reason="left")
            assert client.get(page(link)).status_code == 410
            actions.enable(by=alice, person=bob, reason="back")
        case "another person":
            link = link._replace(uid=actions.give_link(by=alice, person=people["fay"]).uid)
        case "junk":
            link = link._replace(uid="%%%", token="x-y")
    assert client.get(page(link)).status_code == 410
    assert client.post(page(link), {"password": NEW, "again": NEW}).status_code == 410


def test_a_link_expires(alice, bob, settings, monkeypatch):
    link = actions.give_link(by=alice, person=bob)
    assert abs(link.until - timezone.now() - timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)) < timedelta(
        minutes=1
    )
    assert queries.person_by_link(link.uid, link.token) == bob
    later = timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 60)
    monkeypatch.setattr(queries.ONE_TIME_LINKS, "_now", lambda: later.replace(tzinfo=None))
    assert queries.person_by_link(link.uid, link.token) is None


def test_nobody_disabled_gets_a_link(alice, bob):
    actions.disable(by=alice, person=bob, reason="left")
    with pytest.raises(ValidationError, match="enable the account first"):
        actions.give_link(by=alice, person=bob)


@pytest.mark.parametrize("weak", ["short", "123456789012345", "password1234", "bob@example.org"])
def test_a_weak_password_is_refused_with_the_reason(client, alice, bob, weak):
    link = actions.give_link(by=alice, person=bob)
    answer = client.post(page(link), {"password": weak, "again": weak})
    assert answer.status_code == 200
    assert 'href="#id_password"' in answer.text
    bob.refresh_from_db()
    assert not bob.has_usable_password()
    assert queries.person_by_link(link.uid, link.token) == bob


def test_two_different_passwords_are_refused(client, alice, bob):
    link = actions.give_link(by=alice, person=bob)
    answer = client.post(page(link), {"password": PASSWORD, "again": NEW})
    assert "The two passwords are not the same." in answer.text
    assert PASSWORD not in answer.text


def test_changing_the_own_password_keeps_this_session_and_ends_the_others(bob):
    with_password(bob)
    here, elsewhere = signed_in(bob), signed_in(bob)
    answer = here.post(
        reverse("people:change_password"), {"old": PASSWORD, "password": NEW, "again": NEW}, follow=True
    )
    assert answer.redirect_chain == [(reverse("people:account"), 302)]
    assert answer.status_code == 200
    assert elsewhere.get(reverse("people:account")).status_code == 302
    assert recorded("people.password-changed")


def test_the_old_password_must_be_right(bob):
    with_password(bob)
    answer = signed_in(bob).post(
        reverse("people:change_password"), {"old": "wrong", "password": NEW, "again": NEW}
    )
    assert 'href="#id_old"' in answer.text
    assert Person.objects.get(pk=bob.pk).check_password(PASSWORD)


def test_guessing_the_old_password_is_slowed_down(bob):
    with_password(bob)
    client = signed_in(bob)
    wrong = {"old": "wrong", "password": NEW, "again": NEW}
    answers = [client.post(reverse("people:change_password"), wrong).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_signing_out_everywhere_ends_every_session(bob):
    here, elsewhere = signed_in(bob), signed_in(bob)
    here.post(reverse("people:sign_out_everywhere"))
    for client in (here, elsewhere):
        assert client.get(reverse("people:account")).status_code == 302
    assert recorded("people.signed-out-everywhere")


def test_no_password_and_no_link_gets_into_the_ledger(client, alice, bob):
    link = actions.give_link(by=alice, person=bob)
    client.post(page(link), {"password": PASSWORD, "again": PASSWORD})
    client.post(reverse("account_login"), {"login": "bob", "password": PASSWORD})
    client.post(reverse("people:change_password"), {"old": PASSWORD, "password": NEW, "again": NEW})
    hashed = Person.objects.get(pk=bob.pk).password
    kept = " ".join(str(value) for row in Entry.objects.values_list() for value in row)
    for secret in (PASSWORD, NEW, link.token, hashed):
        assert secret not in kept
