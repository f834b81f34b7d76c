"""The first quarter of an hour, without a browser: function, ten rows, answer."""

import pytest
from django.test import Client
from django.urls import reverse

from fairgate.organisation.models import Need, Unit
from fairgate.people import actions as people
from fairgate.people.rules import Role
from fairgate.shared.actor import System

PROGRAM = System("tests")
COLUMNS = ("customer", "what", "supplier", "process", "external", "kind", "volume")


@pytest.fixture
def steward(db):
    person = people.add_person(by=PROGRAM, name="Alice", username="alice", roles=[Role.STEWARD])
    client = Client()
    client.force_login(person)
    return client


def lines(*rows):
    sent = {"needs-TOTAL_FORMS": "10", "needs-INITIAL_FORMS": "0"}
    for number in range(10):
        row = rows[number] if number < len(rows) else ("", "", "Quality", "", "", "help", "")
        sent |= {f"needs-{number}-{name}": value for name, value in zip(COLUMNS, row, strict=True)}
    return sent


def test_an_empty_installation_says_how_to_begin(steward):
    page = steward.get(reverse("overview:home")).content.decode()
    assert reverse("overview:start") in page


def test_from_nothing_to_the_first_answer(steward):
    answer = steward.post(reverse("overview:start"), {"name": "Quality", "description": "Releases batches."})
    assert answer["Location"] == reverse("overview:start-needs")
    rows = [
        ("Manufacturing", "batch release", "Quality", "Tablets", "Patients", "release", ""),
        ("Packaging", "label approval", "Quality", "", "", "release", ""),
        ("Sales", "answers", "Quality", "", "", "help", ""),
    ]
    page = steward.post(reverse("overview:start-needs"), lines(*rows), follow=True).content.decode()
    assert "3 of 3 other units need Quality in order to serve an external customer" in page
    assert "It holds authority over 2 other units: Manufacturing and Packaging." in page
    assert (
        Need.objects.filter(process__name="Tablets", process__external_customer__name="Patients").count() == 3
    )


def test_a_fault_names_its_line_and_keeps_what_was_typed(steward):
    steward.post(reverse("overview:start"), {"name": "Quality"})
    rows = [("Manufacturing", "", "Quality", "Tablets", "Patients", "help", "")]
    answer = steward.post(reverse("overview:start-needs"), lines(*rows))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Line 1, What they need" in page
    assert 'value="Manufacturing"' in page
    assert not Need.objects.exists()


def test_ten_empty_lines_say_what_is_missing(steward):
    steward.post(reverse("overview:start"), {"name": "Quality"})
    answer = steward.post(reverse("overview:start-needs"), lines())
    assert answer.status_code == 422
    assert "Fill in at least one line" in answer.content.decode()


def test_needs_come_after_the_function(steward):
    assert steward.get(reverse("overview:start-needs"))["Location"] == reverse("overview:start")


def test_choosing_again_moves_the_function(steward):
    for name in ("Quality", "Legal"):
        steward.post(reverse("overview:start"), {"name": name})
    assert list(Unit.objects.filter(is_function=True).values_list("name", flat=True)) == ["Legal"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.STEWARD])
def test_only_stewards_start_and_everybody_has_a_home(db, role):
    person = people.add_person(by=PROGRAM, name="Bob", username="bob", roles=[role])
    client = Client()
    client.force_login(person)
    assert client.get(reverse("overview:home")).status_code == 200
    for name in ("start", "start-needs"):
        assert client.get(reverse(f"overview:{name}")).status_code == 403
        assert client.post(reverse(f"overview:{name}")).status_code == 403


def test_outside_there_is_only_the_sign_in_page(db):
    for name in ("home", "start", "start-needs"):
        assert Client().get(reverse(f"overview:{name}")).status_code == 302
