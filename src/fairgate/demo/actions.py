"""Makes a demonstration through the actions everybody uses, in one transaction."""

import random
from collections.abc import Iterator

from django.db import transaction

from fairgate.demo.everyday import live
from fairgate.demo.everyday.rated import agree, rate
from fairgate.demo.feedback import be_heard
from fairgate.demo.lots import log_of
from fairgate.demo.people_names import invented
from fairgate.demo.pharma import HALDEN_PHARMA
from fairgate.demo.plant import Plant
from fairgate.demo.scenario import ask_what_if
from fairgate.demo.small import HALDEN_SMALL
from fairgate.organisation import actions as organisation
from fairgate.organisation import imports
from fairgate.organisation.models import Unit
from fairgate.organisation.rules import Origin
from fairgate.people import actions as people
from fairgate.people.models import Person
from fairgate.people.rules import Role, Seniority
from fairgate.shared.actor import System

PLANTS: dict[str, Plant] = {"halden-pharma": HALDEN_PHARMA, "halden-small": HALDEN_SMALL}
TITLES = {name: plant.title for name, plant in PLANTS.items()}
MAKER = System("demonstration")
# A third each is junior, in the middle, senior; what follows from it comes with the rooms that ask people.
BANDS = tuple(Seniority)
# One person of the house for every role that no unit brings with it.
HOUSE_ROLES = (Role.STEWARD, Role.EXECUTIVE, Role.AUDITOR, Role.PRIVACY_OFFICER)


@transaction.atomic
def make(*, name: str) -> None:
    """Make the demonstration ``name`` in an empty installation."""
    plant = PLANTS[name]
    _organisation(plant)
    _people(plant)
    _record(plant)
    _judgements(plant)
    live(plant)
    agree(plant)
    be_heard(plant)
    rate(plant)
    ask_what_if(plant)


def _organisation(plant: Plant) -> None:
    organisation.add(by=MAKER, rows=plant.unit_rows(), origin=Origin.TYPED)
    organisation.choose_function(by=MAKER, name=plant.function, description=plant.mission)
    organisation.add(by=MAKER, rows=plant.need_rows(), origin=Origin.IMPORTED)
    organisation.add(by=MAKER, rows=plant.flow_rows(), origin=Origin.IMPORTED)
    organisation.add(by=MAKER, rows=list(plant.gate_rows()), origin=Origin.IMPORTED)


def _people(plant: Plant) -> None:
    units = {unit.name: unit for unit in Unit.objects.all()}
    draw = random.Random(plant.seed)  # noqa: S311  (a demonstration, not a secret)
    names = invented(sum(plant.headcount.values()), plant.seed)
    for (unit, role), (name, username) in zip(_posts(plant), names, strict=True):
        person = people.add_person(
            by=MAKER, name=name, username=username, seniority=draw.choice(BANDS), roles=[role]
        )
        organisation.add_member(by=MAKER, person=person.pk, unit=units[unit])


def _posts(plant: Plant) -> Iterator[tuple[str, Role]]:
    """A unit and a role for everybody: a lead first, then reviewers in the function and requesters elsewhere; the last
    unit also houses those who belong to nobody's trade."""
    *_, office = plant.headcount
    for unit, number in plant.headcount.items():
        own = HOUSE_ROLES if unit == office else ()
        trade = Role.REVIEWER if unit == plant.function else Role.REQUESTER
        yield unit, Role.LEAD
        for position in range(number - 1):
            yield unit, own[position] if position < len(own) else trade


def _record(plant: Plant) -> None:
    """The recorded process comes in as its file would: read, counted, looked at, applied."""
    name = f"{plant.recorded_process.lower()}.csv"
    coming = imports.open_file(
        by=MAKER, name=name, content=[log_of(plant)], choices={"value_from": plant.recorded_unit}
    )
    imports.count(pk=coming.pk)()
    imports.apply(by=MAKER, pk=coming.pk)


def _judgements(plant: Plant) -> None:
    """The function's lead had a look at what was counted: some needs are confirmed, some struck."""
    units = {unit.name: unit.pk for unit in Unit.objects.all()}
    lead = Person.objects.get(memberships__unit__name=plant.function, assignments__role=Role.LEAD)
    for supplier, customer, verdict, reason in plant.judged:
        organisation.judge(
            by=lead, supplier=units[supplier], customer=units[customer], verdict=verdict, reason=reason
        )
