"""A small plant, seen from the conversations between its units.

Quality releases what Manufacturing makes and needs its batch records; the Warehouse needs neither. Bob leads Quality, Rita
reviews there, Quentin works there without deciding. Lea leads there and is an executive as well, Bruno reviews there and
works in Manufacturing too: both look at a talk with Manufacturing from outside. Charlie works in Manufacturing and is the
one talked with, Mona leads it; Dan works in the Warehouse. Alice looks after people, Dora audits, Emil leads the company,
Gil keeps feedback private, Fay holds no role.
"""

from datetime import date, time, timedelta
from itertools import count

import pytest
from django.core.cache import cache
from django.test import Client

from fairgate.improvement import actions, queries
from fairgate.improvement.rules import Direction
from fairgate.organisation import actions as organisation
from fairgate.organisation.models import Unit
from fairgate.organisation.rules import NeedKind, NeedRow, Origin
from fairgate.people import actions as people
from fairgate.people.models import Person
from fairgate.people.rules import Role
from fairgate.shared.actor import System

PROGRAM = System("tests")
QUALITY, MANUFACTURING, WAREHOUSE = "Quality", "Manufacturing", "Warehouse"
CAST = {
    "alice": ({Role.STEWARD}, []),
    "bob": ({Role.LEAD, Role.REVIEWER}, [QUALITY]),
    "rita": ({Role.REVIEWER}, [QUALITY]),
    "quentin": ({Role.REQUESTER}, [QUALITY]),
    "lea": ({Role.LEAD, Role.EXECUTIVE}, [QUALITY]),
    "bruno": ({Role.REVIEWER}, [QUALITY, MANUFACTURING]),
    "charlie": ({Role.REQUESTER}, [MANUFACTURING]),
    "mona": ({Role.LEAD}, [MANUFACTURING]),
    "dan": ({Role.REQUESTER}, [WAREHOUSE]),
    "dora": ({Role.AUDITOR}, []),
    "emil": ({Role.EXECUTIVE}, []),
    "fay": (set(), []),
    "gil": ({Role.PRIVACY_OFFICER}, []),
}
TEAM = {"bob", "rita", "lea", "bruno"}
KEYS = count()
SECRET = "Zanzibar: they skip the second signature on night shifts"  # what only the notes may say


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def need(customer, what, supplier, kind=NeedKind.HELP):
    return NeedRow(
        customer=customer,
        what=what,
        supplier=supplier,
        kind=kind,
        volume=None,
        process="Tablets",
        external="Patients",
    )


@pytest.fixture
def plant(db):
    """The units by name."""
    rows = [
        need(MANUFACTURING, "batch release", QUALITY, NeedKind.RELEASE),
        need(WAREHOUSE, "packed goods", MANUFACTURING),
        need(QUALITY, "batch records", MANUFACTURING),
    ]
    organisation.add(by=PROGRAM, rows=rows, origin=Origin.TYPED)
    organisation.choose_function(by=PROGRAM, name=QUALITY, description="Releases batches.")
    return {unit.name: unit for unit in Unit.objects.all()}


@pytest.fixture
def cast(plant):
    """Everybody by name, at their places."""
    found = {}
    for name, (roles, units) in CAST.items():
        email = f"{name}@example.com"
        found[name] = people.add_person(
            by=PROGRAM, name=name.title(), username=name, email=email, roles=roles
        )
        for unit in units:
            organisation.add_member(by=PROGRAM, person=found[name].pk, unit=plant[unit])
    return found


def signed_in(person):
    client = Client()
    client.force_login(Person.objects.get(pk=person.pk))
    return client


def day(ahead=0):
    return queries.today() + timedelta(days=ahead)


def planned(cast, plant, **more):
    """Bob asks Charlie for thirty minutes."""
    values = {
        "by": cast["bob"],
        "direction": Direction.CUSTOMER,
        "unit": plant[QUALITY].pk,
        "other": plant[MANUFACTURING].pk,
        "person": cast["charlie"].pk,
        "person_name": "",
        "day": date(2026, 12, 1),
        "hour": time(14, 0),
        "zone": "Europe/Zurich",
        "place": "Line 2",
        "invitation": "Dear Charlie, may we have thirty minutes?",
        "key": f"key-{next(KEYS)}",
    }
    return actions.plan(**{**values, "day": day(3), **more})


def held(cast, plant, **more):
    interview = planned(cast, plant, **more)
    return actions.hold(by=more.get("by", cast["bob"]), pk=interview.pk, on=day())


def summarised(cast, plant, *, themes=("waiting",), works="The early talks help.", **more):
    interview = held(cast, plant, **more)
    actions.summarise(
        by=more.get("by", cast["bob"]),
        pk=interview.pk,
        works=works,
        hinders="Answers come on Fridays.",
        wishes="A word before noon.",
        themes=[],
        new_themes=list(themes),
        seen="",
    )
    interview.refresh_from_db()
    return interview


def promised(cast, plant, **more):
    """Quality promises Manufacturing; it comes back to Charlie."""
    values = {
        "by": cast["bob"],
        "unit": plant[QUALITY].pk,
        "to": plant[MANUFACTURING].pk,
        "what": "We look at batch records before noon.",
        "owner": cast["rita"].pk,
        "due": day(14),
        "person": cast["charlie"].pk,
        "key": f"key-{next(KEYS)}",
    }
    return actions.promise(**{**values, **more})
