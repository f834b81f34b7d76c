"""Who acts at the plant."""

from dataclasses import dataclass, field

from fairgate.demo.plant import Plant
from fairgate.organisation.models import Unit
from fairgate.people.models import Person
from fairgate.people.rules import Role
from fairgate.shared.actor import System

MAKER = System("demonstration")


@dataclass(slots=True)
class Cast:
    """The people who act, by unit."""

    plant: Plant
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, list[Person]] = field(default_factory=dict)

    @classmethod
    def of(cls, plant: Plant) -> "Cast":
        units = {unit.name: unit for unit in Unit.objects.all()}
        people = {
            name: list(Person.objects.filter(memberships__unit=unit).order_by("pk"))
            for name, unit in units.items()
        }
        return cls(plant, units, people)

    @property
    def function(self) -> Unit:
        return self.units[self.plant.function]

    def lead(self, unit: str) -> Person:
        return next(person for person in self.people[unit] if person.has_role(Role.LEAD))

    def workers(self, unit: str) -> list[Person]:
        """Those who ask; in the function those who decide."""
        trade = Role.REVIEWER if unit == self.plant.function else Role.REQUESTER
        return [person for person in self.people[unit] if person.has_role(trade)]
