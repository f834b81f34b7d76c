"""What a steward does on the pages."""

import csv
import io
import re
from html import unescape

from django.urls import reverse

from fairgate.people import actions
from fairgate.people.models import Person
from fairgate.people.rules import Role

from .conftest import CAST, PASSWORD, PROGRAM, recorded, signed_in


def at(name, person):
    return reverse(f"people:{name}", args=(person.pk,))


def test_adding_somebody_leads_to_their_page(alice):
    client = signed_in(alice)
    form = {"name": "Hal Doe", "username": "hal", "seniority": "senior", "roles": ["reviewer", "lead"]}
    answer = client.post(reverse("people:add"), form, follow=True)
    assert "Hal Doe has an account." in answer.text
    hal = Person.objects.get(username="hal")
    assert (hal.roles, hal.seniority) == ({Role.REVIEWER, Role.LEAD}, "senior")


def test_exclusive_roles_are_refused_on_the_page_and_what_was_typed_stays(alice):
    form = {"name": "Hal Doe", "username": "hal", "seniority": "senior", "roles": ["steward", "lead"]}
    answer = signed_in(alice).post(reverse("people:add"), form)
    assert "Steward and Lead can&#x27;t be held by the same person." in answer.text
    assert 'href="#id_roles_0"' in answer.text
    assert 'value="Hal Doe"' in answer.text
    assert not Person.objects.filter(username="hal").exists()


def test_a_reason_is_asked_for_and_kept(alice, bob):
    client = signed_in(alice)
    assert 'href="#id_reason"' in client.post(at("roles", bob), {"roles": ["lead"]}).text
    client.post(at("roles", bob), {"roles": ["lead"], "reason": "no longer reviews"})
    bob.refresh_from_db()
    assert bob.roles == {Role.LEAD}
    assert recorded("people.roles-set")[-1].reason == "no longer reviews"


def test_the_last_steward_reads_why_not(alice):
    client = signed_in(alice)
    answer = client.post(at("disable", alice), {"reason": "tired"})
    assert "Alice is the last active steward: make somebody else one first." in unescape(answer.text)
    assert client.get(reverse("people:people")).status_code == 200


def test_a_link_is_shown_once_and_works(client, alice, bob):
    steward = signed_in(alice)
    answer = steward.post(at("link", bob))
    assert "no-store" in answer["Cache-Control"]
    address = unescape(re.search(r">(http://testserver/[^<]+)<", answer.text)[1])
    assert address not in steward.get(at("person", bob)).text
    form = {"password": PASSWORD, "again": PASSWORD}
    assert client.post(address, form)["Location"] == reverse("account_login")
    assert client.post(reverse("account_login"), {"login": "bob", "password": PASSWORD})["Location"] == "/"


def test_a_steward_has_no_field_for_somebody_elses_password(alice, bob):
    client = signed_in(alice)
    for name in ("person", "change", "roles"):
        assert 'type="password"' not in client.get(at(name, bob)).text
    client.post(
        at("change", bob), {"name": "Bob", "username": "bob", "seniority": "middle", "password": PASSWORD}
    )
    assert not Person.objects.get(pk=bob.pk).has_usable_password()


def test_the_list_is_searched_sorted_and_paged(alice):
    for number in range(60):
        actions.add_person(by=PROGRAM, name=f"Zed {number:02}", username=f"zed{number}")
    client = signed_in(alice)
    first = client.get(reverse("people:people")).text
    assert f"Page 1 of 2, {60 + len(CAST)} rows" in first
    assert 'aria-sort="ascending"' in first
    last = client.get(reverse("people:people"), {"sort": "-name"}).text
    assert "Zed 59" in last
    assert "Alice</a></td>" not in last
    found = client.get(reverse("people:people"), {"search": "zed 07"}).text
    assert "Zed 07" in found
    assert "Zed 08" not in found
    assert "Nobody matches." in client.get(reverse("people:people"), {"search": "nowhere"}).text
    assert client.get(reverse("people:people"), {"page": "999", "sort": "-nonsense"}).status_code == 200


def test_seniority_is_sorted_by_rank(alice):
    for number, band in enumerate(["senior", "junior"]):
        actions.add_person(by=PROGRAM, name=f"Zed {number}", username=f"zed{number}", seniority=band)
    page = signed_in(alice).get(reverse("people:people"), {"sort": "seniority"}).text
    assert page.index("Zed 1") < page.rindex("Alice</a>") < page.index("Zed 0")


def test_the_access_review_opens_in_a_spreadsheet_without_running_anything(alice):
    actions.add_person(by=PROGRAM, name='=HYPERLINK("http://evil.example")', username="x")
    answer = signed_in(alice).post(reverse("people:access_review"))
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["Role"] for row in rows if row["Sign-in name"] == "bob"} == {"lead", "reviewer"}
    assert [row["May sign in"] for row in rows if row["Sign-in name"] == "bob"] == ["yes", "yes"]
    assert not any(value.startswith("=") for row in rows for value in row.values())


def test_names_are_shown_as_they_are(alice):
    mallory = actions.add_person(by=PROGRAM, name="<script>alert(1)</script>", username="mallory")
    client = signed_in(alice)
    for page in (reverse("people:people"), at("person", mallory), at("roles", mallory)):
        assert "<script>alert" not in client.get(page).text
