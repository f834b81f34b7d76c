"""Accounts are added, changed, given roles, disabled and enabled, and the ledger knows."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from conftest import Installation
from fairgate.people import actions, queries
from fairgate.people.models import Person
from fairgate.people.rules import Role, Seniority
from fairgate.shared.actor import System

from .conftest import CAST, PROGRAM, recorded, with_password


def add(by, **given):
    return actions.add_person(by=by, **{"name": "Hal Doe", "username": "hal", **given})


def change(person, by, **given):
    now_so = {field: getattr(person, field) for field in ("name", "username", "email", "seniority")}
    return actions.change_person(by=by, person=person, **(now_so | given))


def test_a_steward_adds_a_person_who_has_no_password_yet(alice):
    hal = add(alice, email="Hal@Example.org", username="  HAL ", roles={Role.REVIEWER})
    assert (hal.username, hal.email, hal.roles) == ("hal", "hal@example.org", {Role.REVIEWER})
    assert not hal.has_usable_password()
    entry = recorded("people.person-added")[-1]
    assert (entry.actor_id, entry.subject_id, entry.subject_label) == (alice.actor_id, str(hal.pk), "Hal Doe")
    assert json.loads(entry.new) == {
        "name": "Hal Doe",
        "username": "hal",
        "email": "hal@example.org",
        "seniority": "middle",
        "roles": ["reviewer"],
    }


@pytest.mark.parametrize("name", sorted(set(CAST) - {"alice"}))
def test_nobody_but_a_steward_changes_accounts(people, name):
    by, fay = people[name], people["fay"]
    before = len(recorded())
    attempts = [
        lambda: add(by),
        lambda: change(fay, by, name="Other"),
        lambda: actions.set_roles(by=by, person=fay, roles={Role.STEWARD}, reason="I want to"),
        lambda: actions.disable(by=by, person=fay, reason="x"),
        lambda: actions.enable(by=by, person=fay, reason="x"),
        lambda: actions.give_link(by=by, person=fay),
        lambda: actions.review_access(by=by),
        lambda: queries.people_for(by),
    ]
    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()
    assert len(recorded()) == before
    with pytest.raises(Person.DoesNotExist):
        queries.person_for(by, people["alice"].pk)
    assert queries.person_for(by, by.pk) == by


def test_a_disabled_steward_is_no_steward(alice, people):
    second = add(alice, roles={Role.STEWARD})
    actions.disable(by=alice, person=second, reason="left")
    second.refresh_from_db()
    with pytest.raises(PermissionDenied):
        add(second, username="more")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"username": "bob"}, "username"),
        ({"username": "BOB"}, "username"),
        ({"username": "\uff42ob"}, "username"),  # a full-width b is a b
        ({"username": "two words"}, "username"),
        ({"username": "hal@example.org"}, "username"),
        ({"username": ""}, "username"),
        ({"username": "x" * 151}, "username"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "Hal\x07 Doe"}, "name"),
        ({"name": "Hal \u202eeoD"}, "name"),  # would be shown backwards
        ({"email": "Bob@Example.ORG"}, "email"),
        ({"email": "not an address"}, "email"),
        ({"seniority": "guru"}, "seniority"),
        ({"roles": {Role.STEWARD, Role.REVIEWER}}, "roles"),
        ({"roles": {Role.AUDITOR, Role.EXECUTIVE}}, "roles"),
    ],
)
def test_what_cannot_be_saved_is_refused_at_its_field(alice, given, field):
    before = len(recorded())
    with pytest.raises(ValidationError) as refused:
        add(alice, **given)
    assert list(refused.value.message_dict) == [field]
    assert len(recorded()) == before
    assert Person.objects.count() == len(CAST)


def test_exclusive_roles_are_refused_with_a_sentence(alice, bob):
    with pytest.raises(ValidationError, match="Steward and Lead can't be held by the same person"):
        actions.set_roles(by=alice, person=bob, roles={Role.STEWARD, Role.LEAD}, reason="short of people")
    bob.refresh_from_db()
    assert bob.roles == CAST["bob"]


def test_the_database_itself_refuses_a_second_spelling(alice):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(username="ALICE", name="Another", password="!")


def test_only_what_changed_is_recorded(alice, bob):
    change(bob, alice, name="Bob Shares", seniority=Seniority.SENIOR)
    entry = recorded("people.person-changed")[-1]
    assert json.loads(entry.old) == {"name": "Bob", "seniority": "middle"}
    assert json.loads(entry.new) == {"name": "Bob Shares", "seniority": "senior"}
    change(Person.objects.get(pk=bob.pk), alice)
    assert len(recorded("people.person-changed")) == 1


def test_roles_are_set_exactly_and_unchanged_ones_keep_their_date(alice, bob):
    since = bob.assignments.get(role=Role.LEAD).since
    changed = actions.set_roles(by=alice, person=bob, roles={Role.LEAD, Role.EXECUTIVE}, reason=" moved up ")
    assert changed.roles == {Role.LEAD, Role.EXECUTIVE}
    assert bob.assignments.get(role=Role.LEAD).since == since
    entry = recorded("people.roles-set")[-1]
    assert json.loads(entry.old) == {"roles": ["lead", "reviewer"]}
    assert json.loads(entry.new) == {"roles": ["executive", "lead"]}
    assert entry.reason == "moved up"


def test_the_last_active_steward_stays_one(alice, bob):
    for attempt in (
        lambda: actions.disable(by=alice, person=alice, reason="tired"),
        lambda: actions.set_roles(by=alice, person=alice, roles=(), reason="tired"),
        lambda: actions.disable(by=PROGRAM, person=alice, reason="tired"),
    ):
        with pytest.raises(ValidationError, match="last active steward"):
            attempt()
    actions.set_roles(by=alice, person=bob, roles={Role.STEWARD}, reason="takes over")
    actions.disable(by=bob, person=alice, reason="left")
    with pytest.raises(ValidationError, match="last active steward"):
        actions.set_roles(by=PROGRAM, person=bob, roles={Role.REVIEWER}, reason="back")


def test_a_steward_who_never_set_a_password_does_not_replace_one_who_did(alice, bob):
    with_password(alice)
    actions.set_roles(by=alice, person=bob, roles={Role.STEWARD}, reason="takes over")
    with pytest.raises(ValidationError, match="last active steward"):
        actions.disable(by=alice, person=Person.objects.get(pk=alice.pk), reason="left")
    with_password(bob)
    actions.disable(by=bob, person=Person.objects.get(pk=alice.pk), reason="left")


def test_disabling_twice_and_enabling_twice_are_refused(alice, bob):
    actions.disable(by=alice, person=bob, reason="left")
    with pytest.raises(ValidationError, match="disabled already"):
        actions.disable(by=alice, person=bob, reason="left")
    actions.enable(by=alice, person=bob, reason="back")
    with pytest.raises(ValidationError, match="may sign in already"):
        actions.enable(by=alice, person=bob, reason="back")
    assert [entry.reason for entry in recorded() if "abled" in entry.action] == ["left", "back"]


def test_accounts_are_never_deleted(bob):
    with pytest.raises(TypeError, match="never deleted"):
        bob.delete()


def test_a_failed_entry_takes_the_change_back(alice, bob, monkeypatch):
    def broken(**_):
        raise RuntimeError("the ledger is full")

    monkeypatch.setattr("fairgate.people.actions.accounts.append", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.disable(by=alice, person=bob, reason="left")
    bob.refresh_from_db()
    assert bob.is_active


def test_the_access_review_names_everybody_and_is_recorded(alice, people):
    actions.disable(by=alice, person=people["emil"], reason="left")
    lines = actions.review_access(by=alice)
    assert {(line.username, line.role) for line in lines} == {
        (name, role) for name, roles in CAST.items() for role in (roles or {""})
    }
    assert [line.may_sign_in for line in lines if line.username == "emil"] == [False]
    assert all((line.role_since is None) == (line.role == "") for line in lines)
    assert json.loads(recorded("people.access-exported")[-1].new) == {"lines": len(lines)}


def test_searching_needs_every_word_somewhere(alice):
    add(alice, name="Hal Doe")
    found = [person.username for person in queries.people_for(alice, search="DOE hal")]
    assert found == ["hal"]
    assert not queries.people_for(alice, search="hal nobody").exists()


def test_the_program_may_set_accounts_up(db):
    assert add(System("demonstration"), roles={Role.STEWARD}).roles == {Role.STEWARD}


def test_two_stewards_cannot_remove_each_other_at_the_same_moment(installation: Installation):
    """Real threads, real commits: one of the two is refused."""
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    from django.db import connection

    pair = [add(PROGRAM, username=name, name=name, roles={Role.STEWARD}) for name in ("one", "two")]
    start = Barrier(2)

    def remove(by, person):
        start.wait()
        try:
            actions.disable(by=by, person=person, reason="rivalry")
        except (ValidationError, PermissionDenied):
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(remove, pair, reversed(pair)))
    assert sorted(found) == ["done", "refused"]
    assert Person.objects.filter(is_active=True).count() == 1
