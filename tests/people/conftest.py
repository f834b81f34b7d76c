"""The cast: Alice looks after accounts, Bob reviews, Charlie hands work in, Dora audits, Emil leads the
company, Fay holds no role, Gil keeps feedback private."""

from collections.abc import Mapping

import pytest
from django.core.cache import cache
from django.test import Client

from fairgate.ledger.models import Entry
from fairgate.people import actions
from fairgate.people.models import Person
from fairgate.people.rules import Role
from fairgate.shared.actor import System

PASSWORD = "four words in a row"
PROGRAM = System("tests")
CAST: Mapping[str, frozenset[Role]] = {
    "alice": frozenset({Role.STEWARD}),
    "bob": frozenset({Role.REVIEWER, Role.LEAD}),
    "charlie": frozenset({Role.REQUESTER}),
    "dora": frozenset({Role.AUDITOR}),
    "emil": frozenset({Role.EXECUTIVE}),
    "fay": frozenset(),
    "gil": frozenset({Role.PRIVACY_OFFICER}),
}


@pytest.fixture(autouse=True)
def _fresh_limits():
    """Rate limits count in the cache; no test pays for another's attempts."""
    cache.clear()


@pytest.fixture
def people(db):
    return {
        name: actions.add_person(
            by=PROGRAM, name=name.title(), username=name, email=f"{name}@example.org", roles=roles
        )
        for name, roles in CAST.items()
    }


@pytest.fixture
def alice(people):
    return people["alice"]


@pytest.fixture
def bob(people):
    return people["bob"]


def with_password(person: Person, password: str = PASSWORD) -> Person:
    """As if they had used a link."""
    link = actions.give_link(by=PROGRAM, person=person)
    return actions.set_password_by_link(
        by=Person.objects.get(pk=person.pk), token=link.token, password=password
    )


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=person.pk))
    return client


def recorded(action: str | None = None) -> list[Entry]:
    """What the ledger holds, oldest first."""
    entries = Entry.objects.order_by("sequence")
    return list(entries.filter(action=action) if action else entries)
