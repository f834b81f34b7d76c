"""From names to rows of the database: what is new is made, what is there is found whatever its spelling."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models

from fairgate.organisation.models import ExternalCustomer, Flow, Gate, Need, Process, Service, Unit
from fairgate.organisation.rules import (
    FlowRow,
    GateRow,
    NeedRow,
    Origin,
    ProcessRow,
    Row,
    ServiceRow,
    UnitRow,
    folded,
    kind_of,
)

K = TypeVar("K")
M = TypeVar("M", bound=models.Model)


class Taken(Exception):
    """Something else of that kind bears the name already."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A fact that was there and now says something else."""

    row: int
    column: str
    fact: str
    old: str
    new: str


class Names:
    """Holds what is there and what was made so far, so that a table of a thousand rows asks the database once per kind,
    not once per cell. Lives for one transaction; `finish` writes what was gathered."""

    def __init__(self, *, origin: Origin = Origin.TYPED, reason: str = "") -> None:
        self.origin, self.reason = origin, reason
        self.new: Counter[str] = Counter()
        self.made: defaultdict[str, list[str]] = defaultdict(list)
        self.changed: list[Changed] = []
        self._units = {folded(unit.name): unit for unit in Unit.objects.all()}
        self._externals = {folded(customer.name): customer for customer in ExternalCustomer.objects.all()}
        self._processes = {
            (folded(process.name), process.external_customer_id): process
            for process in Process.objects.select_related("external_customer")
        }
        self._services = {
            (service.unit_id, folded(service.name)): service
            for service in Service.objects.select_related("unit")
        }
        self._relations: dict[type[Need | Flow | Gate], dict[tuple[Any, ...], Need | Flow | Gate]] = {}
        self._gathered: dict[type[Need | Flow | Gate], list[Any]] = defaultdict(list)

    def save(self, row: Row) -> bool:
        """Make what the row says; False when it was there already."""
        before = self.new.total()
        match row:
            case UnitRow():
                self._describe(row, self.unit(row.name, row.description))
            case ProcessRow():
                self.process(row.name, row.external)
            case ServiceRow():
                self.service(row.unit, row.name)
            case NeedRow():
                self._relation(row, Need, ("customer", "service", "process", "kind"), self._source)
            case FlowRow():
                self._relation(row, Flow, ("process", "source", "target", "kind"), {})
            case GateRow():
                self._relation(row, Gate, ("unit", "over", "process"), {})
        return self.new.total() > before

    def finish(self) -> None:
        """Write the needs, flows and gates that were gathered."""
        for model, gathered in self._gathered.items():
            model._default_manager.bulk_create(gathered, batch_size=500)
        self._gathered.clear()

    def unit(self, name: str, description: str = "") -> Unit:
        return self._known(
            self._units, folded(name), "units", lambda: Unit(name=tidy(name), description=description)
        )

    def external(self, name: str) -> ExternalCustomer:
        return self._known(
            self._externals, folded(name), "external customers", lambda: ExternalCustomer(name=tidy(name))
        )

    def process(self, name: str, external: str) -> Process:
        customer = self.external(external)
        return self._known(
            self._processes,
            (folded(name), customer.pk),
            "processes",
            lambda: Process(name=tidy(name), external_customer=customer),
        )

    def service(self, unit: str, name: str) -> Service:
        supplier = self.unit(unit)
        return self._known(
            self._services,
            (supplier.pk, folded(name)),
            "services",
            lambda: Service(unit=supplier, name=tidy(name)),
        )

    def change(self, fact: models.Model, row: Row) -> None:
        """Write the row's values into an existing fact. Raises `Taken`."""
        columns = self._columns(row)
        if isinstance(fact, Unit | Process | Service) and self._bearer(fact, columns) not in {None, fact}:
            raise Taken
        for name, value in columns.items():
            setattr(fact, name, value)
        fact.save()

    @property
    def _source(self) -> dict[str, Any]:
        return {"origin": self.origin, "reason": self.reason}

    def _bearer(self, fact: Unit | Process | Service, columns: dict[str, Any]) -> models.Model | None:
        """Who is called that now. The database compares ASCII letters only."""
        name = folded(columns["name"])
        match fact:
            case Unit():
                return self._units.get(name)
            case Process():
                return self._processes.get((name, columns["external_customer"].pk))
            case Service():
                return self._services.get((columns["unit"].pk, name))

    def _describe(self, row: UnitRow, unit: Unit) -> None:
        """A unit that is there gets the description the row has for it."""
        if row.description and row.description != unit.description:
            self.changed.append(Changed(row.row, "description", unit.name, unit.description, row.description))
            self.new["descriptions"] += 1
            unit.description = row.description
            unit.save(update_fields=["description"])

    def _relation(
        self,
        row: NeedRow | FlowRow | GateRow,
        model: type[Need | Flow | Gate],
        key: tuple[str, ...],
        more: dict[str, Any],
    ) -> None:
        """A need, flow or gate: gathered when it is new; its volume brought up to date when it isn't."""
        columns = self._columns(row)
        known = self._known_relations(model, key)
        place = tuple(_identity(columns[name]) for name in key)
        there = known.get(place)
        if there is None:
            known[place] = model(**columns, **more)
            self._gathered[model].append(known[place])
            self.new[kind_of(row).value] += 1
        elif columns.get("volume") not in {None, getattr(there, "volume", None)}:
            self._new_volume(row, there, columns["volume"])

    def _new_volume(self, row: Row, there: Any, volume: Decimal) -> None:
        self.changed.append(Changed(row.row, "volume", str(there), str(there.volume or ""), str(volume)))
        self.new["volumes"] += 1
        there.volume = volume
        if there.pk:
            there.save(update_fields=["volume"])

    def _known_relations(
        self, model: type[Need | Flow | Gate], key: tuple[str, ...]
    ) -> dict[tuple[Any, ...], Need | Flow | Gate]:
        if model not in self._relations:
            related = [name for name in key if name != "kind"]
            found = model._default_manager.select_related(*related)
            self._relations[model] = {
                tuple(_identity(getattr(one, name)) for name in key): one for one in found
            }
        return self._relations[model]

    def _columns(self, row: Row) -> dict[str, Any]:
        """The row's values under the model's field names, names turned into rows."""
        match row:
            case UnitRow():
                return {"name": tidy(row.name), "description": row.description}
            case ProcessRow():
                return {"name": tidy(row.name), "external_customer": self.external(row.external)}
            case ServiceRow():
                return {"unit": self.unit(row.unit), "name": tidy(row.name)}
            case NeedRow():
                return {
                    "customer": self.unit(row.customer),
                    "service": self.service(row.supplier, row.what),
                    "process": self.process(row.process, row.external),
                    "kind": row.kind,
                    "volume": row.volume,
                }
            case FlowRow():
                return {
                    "process": self.process(row.process, row.external),
                    "source": self.unit(row.source),
                    "target": self.unit(row.target) if row.target else None,
                    "kind": row.kind,
                    "volume": row.volume,
                }
            case GateRow():
                return {
                    "unit": self.unit(row.unit),
                    "over": self.unit(row.over),
                    "process": self.process(row.process, row.external),
                    "name": tidy(row.name),
                }
        raise TypeError(row)

    def _known(self, known: dict[K, M], key: K, kind: str, make: Callable[[], M]) -> M:
        if key not in known:
            known[key] = make()
            known[key].save()
            self.new[kind] += 1
            self.made[kind].append(str(known[key]))
        return known[key]


def _identity(value: object) -> object:
    return value.pk if isinstance(value, models.Model) else str(value)


def tidy(name: str) -> str:
    return " ".join(name.split())
