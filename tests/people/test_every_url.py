"""Every address of the room, for everybody, by GET and by POST."""

import pytest
from django.test import Client
from django.urls import reverse

from fairgate.people.urls import pages

from .conftest import CAST, signed_in

SIGN_IN, REFUSED, METHOD, NONE = 302, 403, 405, 404
# (address, who): what GET answers, what POST without any fields answers.
FOR_STEWARDS = {
    "people": (200, 200),
    "add": (200, 200),
    "person": (200, 200),
    "change": (200, 200),
    "roles": (200, 200),
    "disable": (200, 200),
    "enable": (200, 200),
    "link": (METHOD, 200),
    "access_review": (METHOD, 200),
}
FOR_EVERYBODY = {
    "account": (200, 200),
    "change_password": (200, 200),
    "sign_out_everywhere": (METHOD, 302),
    "sign_out": (METHOD, 302),
}
PUBLIC = {
    "set_password": (410, 410),
    "first": (NONE, NONE),
    "sign_in_as": (METHOD, NONE),
}
ARGUMENTS = {"set_password": ("MQ", "x-y"), "first": ("x",)}


def address(name, fay):
    takes_person = name in {"person", "change", "roles", "disable", "enable", "link"}
    return reverse(f"people:{name}", args=(fay.pk,) if takes_person else ARGUMENTS.get(name, ()))


def expected(name, who):
    if name in PUBLIC:
        return PUBLIC[name]
    if who == "anonymous":
        return (SIGN_IN, SIGN_IN)
    if name in FOR_EVERYBODY:
        return FOR_EVERYBODY[name]
    if who == "alice" or (name == "person" and who == "fay"):
        return FOR_STEWARDS[name]
    # Somebody else's account is not there for others; the pages of a role say whose they are.
    return (NONE, NONE) if name == "person" else (REFUSED, REFUSED)


def test_the_table_names_every_address():
    assert {page.name for page in pages} == FOR_STEWARDS.keys() | FOR_EVERYBODY.keys() | PUBLIC.keys()


@pytest.mark.parametrize("who", ["anonymous", *CAST])
@pytest.mark.parametrize("name", [*FOR_STEWARDS, *FOR_EVERYBODY, *PUBLIC])
def test_every_address_answers_each_role_as_it_should(people, name, who):
    def client():
        return Client() if who == "anonymous" else signed_in(people[who])

    url = address(name, people["fay"])
    answers = (client().get(url), client().post(url))
    assert tuple(answer.status_code for answer in answers) == expected(name, who)
    for answer in answers:
        if answer.status_code == SIGN_IN and who == "anonymous":
            assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("who", ["anonymous", *CAST])
def test_the_sign_in_page_is_for_those_outside(people, who):
    client = Client() if who == "anonymous" else signed_in(people[who])
    answer = client.get(reverse("account_login"))
    assert answer.status_code == (200 if who == "anonymous" else 302)


@pytest.mark.parametrize("name", ["person", "change", "roles", "disable", "enable"])
def test_an_account_that_is_not_there_is_not_found(alice, name):
    assert signed_in(alice).get(reverse(f"people:{name}", args=(99_999,))).status_code == 404


def test_nothing_changed_by_asking(people):
    """The empty posts above changed nobody: stewards' forms want a reason."""
    client = signed_in(people["alice"])
    for name in ("change", "roles", "disable", "enable"):
        client.post(address(name, people["fay"]))
    fay = people["fay"]
    fay.refresh_from_db()
    assert fay.is_active
    assert fay.roles == CAST["fay"]
