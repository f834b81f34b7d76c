"""Every address of the room, for everybody, by GET and by POST without fields.

Gil keeps the keys, Alice is a steward; Charlie was asked. No role is shown how somebody answered, or who.
"""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from fairgate.voice.models import Ballot, Envelope, Invitation, Period
from fairgate.voice.urls import urlpatterns
from gate.conftest import signed_in

from .browsing import link_of
from .conftest import CAST

OK, REFUSED, METHOD, NONE, INVALID, GONE_ON, GONE = 200, 403, 405, 404, 422, 302, 410
EVERYBODY = set(CAST)
NOBODY = {"fay"}
INSIDE = EVERYBODY - NOBODY
KEEPS = {"gil"}
INVITES = {"gil", "alice"}
ASKED = {"charlie"}

# address: who gets what for GET and for an empty POST.
TABLE = {
    "front": [(INSIDE, OK, OK), (NOBODY, REFUSED, REFUSED)],
    "plan": [(INSIDE, OK, OK), (NOBODY, REFUSED, REFUSED)],
    "new-period": [(KEEPS, OK, INVALID), (EVERYBODY - KEEPS, REFUSED, REFUSED)],
    "period": [(INSIDE, OK, OK), (NOBODY, NONE, NONE)],
    "confirm": [(KEEPS, METHOD, INVALID), (INSIDE - KEEPS, METHOD, REFUSED), (NOBODY, METHOD, NONE)],
    "preview": [(KEEPS, METHOD, INVALID), (INSIDE - KEEPS, METHOD, REFUSED), (NOBODY, METHOD, NONE)],
    "close": [(KEEPS, METHOD, INVALID), (INSIDE - KEEPS, METHOD, REFUSED), (NOBODY, METHOD, NONE)],
    "discard": [(KEEPS, METHOD, GONE_ON), (INSIDE - KEEPS, METHOD, REFUSED), (NOBODY, METHOD, NONE)],
    "end": [(KEEPS, METHOD, GONE_ON), (INSIDE - KEEPS, METHOD, REFUSED), (NOBODY, METHOD, NONE)],
    "invite": [(INVITES, METHOD, GONE_ON), (INSIDE - INVITES, METHOD, REFUSED), (NOBODY, METHOD, NONE)],
    "give-up": [(KEEPS, OK, INVALID), (INSIDE - KEEPS, REFUSED, REFUSED), (NOBODY, NONE, NONE)],
    "results": [(INSIDE, OK, OK), (NOBODY, NONE, NONE)],
    "results-csv": [(INSIDE, OK, OK), (NOBODY, NONE, NONE)],
    "results-pdf": [(INSIDE, OK, OK), (NOBODY, NONE, NONE)],
    "mine": [(ASKED, OK, INVALID), (EVERYBODY - ASKED, OK, OK)],
    "mine-take-back": [(ASKED, METHOD, GONE_ON), (EVERYBODY - ASKED, METHOD, OK)],
    "pack": [(INSIDE, OK, OK), (NOBODY, REFUSED, REFUSED)],
    "pack-pdf": [(INSIDE, OK, OK), (NOBODY, REFUSED, REFUSED)],
    # Whoever has the link is let in, whoever they are; a link that never was leads nowhere.
    "link": [(EVERYBODY, OK, INVALID)],
    "link-take-back": [(EVERYBODY, METHOD, GONE_ON)],
    "thanks": [(EVERYBODY, OK, OK)],
}
PUBLIC = {"link": NONE, "link-take-back": METHOD, "thanks": OK}


@pytest.fixture
def addresses(house, time):
    """One period closed, one open in which Charlie alone was asked."""
    closed = house.closed(house.ended(house.quarter(people=12)))
    time.at = time.at.replace(month=11, day=20)
    period = house.opened(starts_on=date(2026, 10, 1), today=date(2026, 10, 1))
    house.decided(house.cast["charlie"], on=date(2026, 10, 5))
    house.invited(period)
    arguments = {
        **dict.fromkeys(("results", "results-csv", "results-pdf"), (closed.pk,)),
        **dict.fromkeys(("link", "link-take-back"), (link_of(period.invitations.get()),)),
        **dict.fromkeys(
            ("period", "confirm", "preview", "close", "discard", "end", "invite", "give-up"), (period.pk,)
        ),
    }
    return {name: reverse(f"voice:{name}", args=arguments.get(name, [])) for name in TABLE}


def records():
    return [model.objects.count() for model in (Period, Invitation, Envelope, Ballot)]


def test_the_table_names_every_address_and_everybody_once():
    assert {page.name for page in urlpatterns} == TABLE.keys()
    for expected in TABLE.values():
        assert sorted(name for people, _, _ in expected for name in people) == sorted(CAST)


@pytest.mark.parametrize("name", TABLE)
def test_every_address_answers_each_role_as_it_should(house, addresses, name):
    before = records()
    for people, get, post in TABLE[name]:
        for who in sorted(people):
            client = signed_in(house.cast[who])
            assert (who, client.get(addresses[name]).status_code) == (who, get)
            assert (who, client.post(addresses[name]).status_code) == (who, post)
    assert records() == before


@pytest.mark.parametrize("name", sorted(TABLE.keys() - PUBLIC.keys()))
def test_nobody_outside_gets_in(addresses, name):
    assert Client().get(addresses[name]).status_code == GONE_ON


@pytest.mark.parametrize("name", ["link", "link-take-back"])
def test_a_link_opens_without_signing_in(addresses, name):
    assert Client().post(addresses[name]).status_code == {"link": INVALID, "link-take-back": GONE_ON}[name]


def test_results_of_a_period_that_is_not_closed_are_not_there(house, addresses):
    period = Period.objects.get(starts_on=date(2026, 10, 1))
    address = reverse("voice:results", args=[period.pk])
    assert signed_in(house.gil).get(address).status_code == NONE


def test_the_officer_keeps_the_key_whoever_else_looks(house, addresses):
    """Nobody but the officer is offered a button that a key goes into."""
    for who in sorted(INSIDE):
        said = signed_in(house.cast[who]).get(addresses["period"]).content.decode()
        assert ("The key is lost" in said) == (who in KEEPS)
