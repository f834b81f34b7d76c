"""Every address of the gate, for everybody, by GET and by POST without fields."""

import pytest
from django.test import Client
from django.urls import reverse

from fairgate.gate.rules import Outcome
from fairgate.gate.urls import advice, requests

from .conftest import CAST, decided, signed_in, submitted
from .urls_requests import NONE, REFUSED, TABLE, requests_addresses

__all__ = ["requests_addresses"]


def test_the_table_names_every_address_of_requests_and_advice():
    assert {page.name for page in [*requests.urlpatterns, *advice.urlpatterns]} == TABLE.keys()


@pytest.mark.parametrize("name", TABLE)
def test_every_address_answers_each_role_as_it_should(cast, requests_addresses, name):
    table = TABLE[name]
    # Posting may change things: those who may not go first.
    for who in sorted(CAST, key=lambda who: who in table.allowed):
        client = signed_in(cast[who])
        expected = (REFUSED, REFUSED) if who in table.refused else (NONE, NONE)
        if who in table.allowed:
            expected = table.get, table.post
        found = client.get(requests_addresses[name]), client.post(requests_addresses[name])
        assert tuple(answer.status_code for answer in found) == expected, f"{who} {name}"


@pytest.mark.parametrize("name", TABLE)
def test_outside_there_is_only_the_sign_in_page(requests_addresses, name):
    for answer in (Client().get(requests_addresses[name]), Client().post(requests_addresses[name])):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "path",
    [
        "requests/999999/",
        "requests/999999/slip.pdf",
        "requests/999999/decide/",
        "requests/table.exe",
        "requests/new/999999/",
        "requests/new/?follows=999999",
        "requests/new/?advice=999999",
        "advice/999999/",
        "advice/new/999999/",
    ],
)
def test_what_is_not_there_is_a_plain_404(cast, gate, path):
    answer = signed_in(cast["charlie"]).get(f"/gate/{path}")
    assert answer.status_code == NONE
    assert "Traceback" not in answer.content.decode()


def test_an_approved_request_has_no_slip_page(cast, gate):
    request = decided(cast["rita"], submitted(cast["charlie"], gate["change"]), Outcome.APPROVED)
    client = signed_in(cast["charlie"])
    assert client.get(reverse("gate:slip", args=[request.pk])).status_code == NONE
    assert client.get(reverse("gate:slip-pdf", args=[request.pk])).status_code == NONE


def test_a_post_without_its_token_is_refused(cast, gate):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["charlie"])
    assert client.post(reverse("gate:submit-kind", args=[gate["change"].pk]), {}).status_code == REFUSED
