"""A small plant: Quality releases what Manufacturing makes, the Warehouse ships it to Patients.

Alice looks after the organisation, Bob leads Quality, Charlie works in Manufacturing, Dan in the Warehouse;
Dora audits, Emil leads the company, Gil keeps feedback private, Fay holds no role.
"""

from decimal import Decimal

import pytest
from django.core.cache import cache
from django.test import Client

from fairgate.ledger.models import Entry
from fairgate.organisation import actions
from fairgate.organisation.models import Unit
from fairgate.organisation.rules import NeedKind, NeedRow, Origin
from fairgate.people import actions as people
from fairgate.people.models import Person
from fairgate.people.rules import Role
from fairgate.shared.actor import System

PROGRAM = System("tests")
QUALITY, MANUFACTURING, WAREHOUSE = "Quality", "Manufacturing", "Warehouse"
CAST = {
    "alice": ({Role.STEWARD}, None),
    "bob": ({Role.LEAD, Role.REVIEWER}, QUALITY),
    "charlie": ({Role.REQUESTER}, MANUFACTURING),
    "dan": ({Role.REQUESTER}, WAREHOUSE),
    "dora": ({Role.AUDITOR}, None),
    "emil": ({Role.EXECUTIVE}, None),
    "fay": (set(), None),
    "gil": ({Role.PRIVACY_OFFICER}, None),
}
LOG = """case,activity,unit,time,external customer
1,Make,Manufacturing,2026-01-01 08:00,Patients
1,Batch approved,Quality,2026-01-02 08:00,Patients
1,Ship,Warehouse,2026-01-03 08:00,Patients
2,Make,Manufacturing,2026-01-01 09:00,Patients
2,Batch rejected,Quality,2026-01-02 09:00,Patients
2,Make,Manufacturing,2026-01-03 09:00,Patients
2,Batch approved,Quality,2026-01-04 09:00,Patients
2,Ship,Warehouse,2026-01-05 09:00,Patients
3,Make,Manufacturing,2026-01-06 08:00,Patients
3,Batch rejected,Quality,2026-01-07 08:00,Patients
"""


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def need(
    customer=MANUFACTURING, what="batch release", supplier=QUALITY, kind=NeedKind.RELEASE, volume=None, **more
):
    values = {"process": "Tablets", "external": "Patients", **more}
    return NeedRow(
        customer=customer,
        what=what,
        supplier=supplier,
        kind=kind,
        volume=None if volume is None else Decimal(volume),
        **values,
    )


NEEDS = [
    need(),
    need(WAREHOUSE, "packed goods", MANUFACTURING, NeedKind.HELP),
    need(QUALITY, "batch records", MANUFACTURING, NeedKind.HELP),
]


@pytest.fixture
def plant(db):
    """The units by name, with their needs."""
    actions.add(by=PROGRAM, rows=NEEDS, origin=Origin.TYPED)
    actions.choose_function(by=PROGRAM, name=QUALITY, description="Releases batches.")
    return {unit.name: unit for unit in Unit.objects.all()}


@pytest.fixture
def cast(plant):
    """Everybody by name, at their place."""
    found = {}
    for name, (roles, unit) in CAST.items():
        found[name] = people.add_person(by=PROGRAM, name=name.title(), username=name, roles=roles)
        if unit:
            actions.add_member(by=PROGRAM, person=found[name].pk, unit=plant[unit])
    return found


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=person.pk))
    return client


def recorded(action: str | None = None) -> list[Entry]:
    """What the ledger holds, oldest first."""
    entries = Entry.objects.order_by("sequence")
    return list(entries.filter(action=action) if action else entries)
