"""A small plant: Quality decides on what Manufacturing and the Warehouse ask.

Bob leads Quality and reviews, Rita and Sam review there; Hana reviews there and works in Manufacturing too. Charlie asks for
Manufacturing, Lea leads it, Dan asks for the Warehouse. Alice is a steward, Dora audits, Emil leads the company, Gil keeps
feedback private, Fay holds no role; Olga reviews in a unit that decides on nothing.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from fairgate.gate import actions
from fairgate.gate.models import Clause, Edition, Preset, RequestKind, ServiceRequest, Standard
from fairgate.gate.rules import Outcome, SlipRow, Thing
from fairgate.ledger.models import Entry
from fairgate.organisation import actions as organisation
from fairgate.organisation.models import Unit
from fairgate.organisation.rules import NeedKind, NeedRow, Origin
from fairgate.people import actions as people
from fairgate.people.models import Person, RoleAssignment
from fairgate.people.rules import Role
from fairgate.shared import clock
from fairgate.shared.actor import System

PROGRAM = System("tests")
QUALITY, MANUFACTURING, WAREHOUSE = "Quality", "Manufacturing", "Warehouse"
CAST: dict[str, tuple[set[Role], tuple[str, ...]]] = {
    "alice": ({Role.STEWARD}, ()),
    "bob": ({Role.LEAD, Role.REVIEWER}, (QUALITY,)),
    "charlie": ({Role.REQUESTER}, (MANUFACTURING,)),
    "dan": ({Role.REQUESTER}, (WAREHOUSE,)),
    "dora": ({Role.AUDITOR}, ()),
    "emil": ({Role.EXECUTIVE}, ()),
    "fay": (set(), (MANUFACTURING,)),
    "gil": ({Role.PRIVACY_OFFICER}, ()),
    "hana": ({Role.REVIEWER}, (QUALITY, MANUFACTURING)),
    "lea": ({Role.LEAD}, (MANUFACTURING,)),
    "olga": ({Role.REVIEWER}, (WAREHOUSE,)),
    "rita": ({Role.REVIEWER}, (QUALITY,)),
    "sam": ({Role.REVIEWER}, (QUALITY,)),
}
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EVERY_OUTCOME = [outcome.value for outcome in Outcome]
BATCH_OUTCOMES = [Outcome.APPROVED.value, Outcome.HELD.value, Outcome.REFUSED.value]


class Clock:
    """Server time, set by hand; it never stands still, as no clock does."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at

    def on(self, **more: float) -> None:
        self.at += timedelta(**more)


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Monday morning, until a test moves it."""
    hand = Clock(MONDAY)
    monkeypatch.setattr(clock, "now", hand)
    return hand


@pytest.fixture
def plant(db: None) -> dict[str, Unit]:
    """The units by name."""
    return make_plant()


@pytest.fixture
def gate(plant: dict[str, Unit]) -> dict[str, RequestKind]:
    """What Quality can be asked: `change` allows every outcome, `batch` knows neither conditions nor returns."""
    return make_gate(plant)


@pytest.fixture
def cast(plant: dict[str, Unit]) -> dict[str, Person]:
    """Everybody by name, at their place."""
    return make_cast(plant)


def make_plant() -> dict[str, Unit]:
    needs = [
        NeedRow(
            customer=unit,
            what="release",
            supplier=QUALITY,
            kind=NeedKind.RELEASE,
            process="Tablets",
            external="Patients",
        )
        for unit in (MANUFACTURING, WAREHOUSE)
    ]
    organisation.add(by=PROGRAM, rows=needs, origin=Origin.TYPED)
    organisation.choose_function(by=PROGRAM, name=QUALITY)
    return {unit.name: unit for unit in Unit.objects.all()}


def make_gate(plant: dict[str, Unit]) -> dict[str, RequestKind]:
    preset = Preset.objects.create(unit=plant[QUALITY], code="quality", title="Quality", version="1")
    made = {
        "change": kind_of(preset, "change", EVERY_OUTCOME, 5),
        "batch": kind_of(preset, "batch", BATCH_OUTCOMES, 2),
        "question": kind_of(preset, "question", EVERY_OUTCOME, None),
    }
    standard = Standard.objects.create(
        preset=preset, code="gmp", title="Good practice", reference="21 CFR 211"
    )
    Clause.objects.create(standard=standard, number="211.22", title="Quality decides alone")
    Clause.objects.create(standard=standard, number="211.192", title="Every departure is explained")
    return made


def kind_of(preset: Preset, code: str, outcomes: list[str], days: int | None) -> RequestKind:
    kind = RequestKind.objects.create(
        preset=preset, code=code, name=code.title(), outcomes=outcomes, promise_days=days
    )
    facts = {"name": kind.name, "outcomes": outcomes, "promise_days": days}
    by = {"by_id": PROGRAM.actor_id, "by_name": PROGRAM.actor_name}
    Edition.objects.create(thing=Thing.KIND, thing_id=kind.pk, number=1, facts=facts, at=MONDAY, **by)
    return kind


def make_cast(plant: dict[str, Unit]) -> dict[str, Person]:
    found = {}
    for name, (roles, units) in CAST.items():
        found[name] = people.add_person(by=PROGRAM, name=name.title(), username=name, roles=roles)
        for unit in units:
            organisation.add_member(by=PROGRAM, person=found[name].pk, unit=plant[unit])
    return found


_KEYS: Iterator[int] = iter(range(10**9))


def submitted(by: Person, kind: RequestKind, unit: Unit | None = None, **more: object) -> ServiceRequest:
    """A request of the unit ``by`` works in."""
    home = unit or Unit.objects.filter(memberships__person=by).exclude(name=QUALITY).get()
    typed = {"asked": "May we change the sieve?", "key": f"key-{next(_KEYS)}", **more}
    return actions.submit(by=by, kind=kind.pk, unit=home.pk, **typed)  # type: ignore[arg-type]


def slip(**other: object) -> SlipRow:
    """A good one; clause: the first of the gate."""
    values = {
        "asked": "To change the sieve in line 2.",
        "clause": Clause.objects.order_by("pk").values_list("pk", flat=True)[0],
        "reasons": "The new sieve has not been shown to hold back what the old one does.",
        "way_to_yes": "A sieve test on three lots, with the same challenge particles.",
        "by_when": date(2099, 1, 1),
        "ask_whom": "Rita, Quality",
        "second_look": "Ask for one on the page of this request.",
        **other,
    }
    return SlipRow(**values)  # type: ignore[arg-type]


def reviewed(by: Person, request: ServiceRequest) -> ServiceRequest:
    actions.review(by=by, pk=request.pk, found="The test report is missing.")
    return again(request)


def decided(by: Person, request: ServiceRequest, outcome: Outcome, **more: object) -> ServiceRequest:
    """Reviewed and decided by the same person, with what the outcome needs."""
    reviewed(by, request)
    needed: dict[str, object] = {"slip": slip()} if outcome.needs_slip else {}
    if outcome is Outcome.CONDITIONS:
        needed["conditions"] = "Report back after the first lot."
    actions.decide(by=by, pk=request.pk, outcome=outcome, **{**needed, **more})  # type: ignore[arg-type]
    return again(request)


def again(request: ServiceRequest) -> ServiceRequest:
    """As the database has it now."""
    return ServiceRequest.objects.get(pk=request.pk)


def moved_to_quality(person: Person) -> Person:
    """Changed sides: works at the gate now and reviews there, and nowhere else."""
    person.memberships.all().delete()
    organisation.add_member(by=PROGRAM, person=person.pk, unit=Unit.objects.get(name=QUALITY))
    RoleAssignment.objects.get_or_create(person=person, role=Role.REVIEWER)
    return Person.objects.get(pk=person.pk)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=person.pk))
    return client


def recorded(action: str | None = None) -> list[Entry]:
    """What the ledger holds, oldest first."""
    entries = Entry.objects.order_by("sequence")
    return list(entries.filter(action=action) if action else entries)
