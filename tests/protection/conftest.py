"""A small plant with a gate: Quality decides on what Manufacturing and the Warehouse hand in.

Bob and Bea review in Quality, Charlie and Cleo work in Manufacturing, Dan in the Warehouse, Kim in both; Alice looks after
people, Dora audits, Emil leads, Gil keeps feedback private, Fay holds no role.
"""

from datetime import UTC, datetime, timedelta
from itertools import count as counting

import pytest
from django.core.cache import cache
from django.test import Client

from fairgate.gate.actions.tallies import count, counted_as
from fairgate.gate.models import Decision, Preset, RequestKind, SecondLook, ServiceRequest, Tally
from fairgate.gate.rules import LookResult, Outcome, State
from fairgate.ledger.models import Entry
from fairgate.organisation import actions as organisation
from fairgate.organisation.models import ExternalCustomer, Membership, Unit
from fairgate.organisation.rules import Origin, ProcessRow, UnitRow
from fairgate.people import actions as people
from fairgate.people.models import Person, RoleAssignment
from fairgate.people.rules import Role
from fairgate.protection import actions
from fairgate.protection.rules import ComplaintRow, Level
from fairgate.shared import clock
from fairgate.shared.actor import System

PROGRAM = System("tests")
QUALITY, MANUFACTURING, WAREHOUSE = "Quality", "Manufacturing", "Warehouse"
CAST = {
    "alice": ({Role.STEWARD}, []),
    "bea": ({Role.REVIEWER}, [QUALITY]),
    "bob": ({Role.LEAD, Role.REVIEWER}, [QUALITY]),
    "charlie": ({Role.REQUESTER}, [MANUFACTURING]),
    "cleo": ({Role.LEAD}, [MANUFACTURING]),
    "dan": ({Role.REQUESTER}, [WAREHOUSE]),
    "dora": ({Role.AUDITOR}, []),
    "emil": ({Role.EXECUTIVE}, []),
    "fay": (set(), []),
    "gil": ({Role.PRIVACY_OFFICER}, []),
    "kim": ({Role.REVIEWER}, [QUALITY, MANUFACTURING]),
}
COMPLAINANT = "Wilhelmina Unmistakable"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


class Plant:
    """Makes requests and decisions as the gate would, without its forms."""

    def __init__(self):
        rows = [UnitRow(name=name) for name in (QUALITY, MANUFACTURING, WAREHOUSE)]
        organisation.add(by=PROGRAM, rows=rows, origin=Origin.TYPED)
        organisation.add(
            by=PROGRAM, rows=[ProcessRow(name="Tablets", external="Patients")], origin=Origin.TYPED
        )
        organisation.choose_function(by=PROGRAM, name=QUALITY)
        self.units = {unit.name: unit for unit in Unit.objects.all()}
        self.preset = Preset.objects.create(
            unit=self.units[QUALITY], code="quality", title="Quality", version="1"
        )
        self.kinds = {code: self.kind(code) for code in ("batch", "change")}
        self.people = {}
        for name, (roles, units) in CAST.items():
            person = people.add_person(by=PROGRAM, name=name.title(), username=name, roles=roles)
            for unit in units:
                organisation.add_member(by=PROGRAM, person=person.pk, unit=self.units[unit])
            self.people[name] = person
        self.numbers = counting(1)

    def moved(self, name, unit, *roles):
        """Somebody works in another unit from now on, with more roles."""
        person = self.people[name]
        Membership.objects.filter(person=person).delete()
        organisation.add_member(by=PROGRAM, person=person.pk, unit=self.units[unit])
        RoleAssignment.objects.bulk_create(RoleAssignment(person=person, role=role) for role in roles)
        return self.who(name)

    def helper(self):
        """Somebody who works in Quality and decides nothing there."""
        quentin = people.add_person(by=PROGRAM, name="Quentin", username="quentin", roles={Role.REQUESTER})
        organisation.add_member(by=PROGRAM, person=quentin.pk, unit=self.units[QUALITY])
        return Person.objects.get(pk=quentin.pk)

    def kind(self, code):
        outcomes = [outcome.value for outcome in Outcome]
        return RequestKind.objects.create(preset=self.preset, code=code, name=code.title(), outcomes=outcomes)

    def who(self, name):
        """Afresh, as a request of the web would find them."""
        return Person.objects.get(pk=self.people[name].pk)

    def decided(
        self, outcome=Outcome.REFUSED, *, item="", unit=MANUFACTURING, by="bob", days_ago=10, kind="batch"
    ):
        """One decision that stands, counted."""
        number, at = next(self.numbers), clock.now() - timedelta(days=days_ago)
        request = ServiceRequest.objects.create(
            kind=self.kinds[kind],
            kind_edition=1,
            unit=self.units[unit],
            deciding_unit=self.units[QUALITY],
            item=item or f"LOT-{number}",
            asked=f"Release number {number}",
            submitted_at=at - timedelta(days=1),
            submitted_by=self.people["charlie"],
            state=State.DECIDED,
            key=str(number),
        )
        return self.stands(request, outcome, at, by)

    def stands(self, request, outcome, at=None, by="bob"):
        """A decision that stands from now on, in the place of an earlier one."""
        before = counted_as(request)
        at = at or clock.now()
        made = Decision.objects.create(
            request=request, outcome=outcome, kind_edition=1, decided_at=at, decided_by=self.people[by]
        )
        request.outcome, request.decided_at = outcome, at
        request.save()
        count(request, before=before)
        return made

    def overturned(self, **more):
        """A refusal that a second look took back."""
        return self.looked_again(self.decided(Outcome.REFUSED, **more), Outcome.APPROVED)

    def looked_again(self, first, outcome):
        """A second look that put ``outcome`` in the place of the first."""
        then = self.stands(first.request, outcome, by="bea")
        return SecondLook.objects.create(
            decision=first, asked_by=self.people["charlie"], asked_at=clock.now(), why="it fits", looked_by=self.people["bea"],
            looked_at=clock.now(), result=LookResult.OVERTURNED, new_decision=then,
        )  # fmt: skip

    def tallied(self, outcome, number, month, kind="batch"):
        """Many decisions at once, in the running counts only."""
        Tally.objects.create(
            month=month, deciding_unit=self.units[QUALITY], unit=self.units[MANUFACTURING], kind=self.kinds[kind],
            outcome=outcome, promise="none", imported=True, decisions=number,
        )  # fmt: skip

    def judged(self, decision, function, customer):
        """Both sides say what they say."""
        by = "bea" if decision.decided_by_id == self.people["bob"].pk else "bob"
        actions.judge(by=self.who(by), decision=decision.pk, would_have=function, note="as we see it")
        actions.judge(by=self.who("cleo"), decision=decision.pk, would_have=customer, note="as they see it")

    def complaint(self, lot, *, days_ago=1, severity=Level.MAJOR, by="charlie", **more):
        row = row_of(lot, days_ago=days_ago, severity=severity, **more)
        return actions.report(by=self.who(by), row=row, token=f"t{next(self.numbers)}")

    def escaped(self, *, delay, age, severity=Level.MAJOR, kind="batch"):
        """Passed ``age`` days ago and heard of ``delay`` days later, linked."""
        passed = self.decided(Outcome.APPROVED, days_ago=age, kind=kind)
        complaint = self.complaint(passed.request.item, days_ago=age - delay, severity=severity)
        actions.link(by=self.who("bob"), complaint=complaint.pk, decision=passed.pk, reason="same lot")
        return passed


def row_of(lot, *, days_ago=1, severity=Level.MAJOR, **more):
    values = {"product": "Tablets 5 mg", "complainant": COMPLAINANT, "nature": "broken tablets", **more}
    received = (datetime.now(UTC) - timedelta(days=days_ago)).date()
    return ComplaintRow(lot=lot, severity=severity, received=received, **values)


@pytest.fixture
def plant(db):
    return Plant()


@pytest.fixture
def patients(plant):
    return ExternalCustomer.objects.get()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=person.pk))
    return client


def recorded(action):
    return list(Entry.objects.filter(action=action).order_by("sequence"))
