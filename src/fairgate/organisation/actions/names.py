"""From names to rows of the database: what is new is made, what is there is found whatever its spelling."""

from collections import Counter
from collections.abc import Callable
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
)

K = TypeVar("K")
M = TypeVar("M", bound=models.Model)


class Names:
    """Holds the names met so far, so that a table of a thousand rows asks the database once per table, not per cell.
    Lives for one transaction."""

    def __init__(self, *, origin: Origin = Origin.TYPED, reason: str = "") -> None:
        self.origin, self.reason = origin, reason
        self.new: Counter[str] = Counter()
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

    def save(self, row: Row) -> bool:
        """Make what the row says; False when it was there already."""
        before = self.new.total()
        match row:
            case UnitRow():
                self.unit(row.name, row.description)
            case ProcessRow():
                self.process(row.name, row.external)
            case ServiceRow():
                self.service(row.unit, row.name)
            case NeedRow():
                self._need(row)
            case FlowRow():
                self._flow(row)
            case GateRow():
                self._gate(row)
        return self.new.total() > before

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
        """Write the row's values into an existing fact."""
        for name, value in self._columns(row).items():
            setattr(fact, name, value)
        fact.save()

    def _need(self, row: NeedRow) -> None:
        columns = self._columns(row)
        volume = columns.pop("volume")
        need, made = Need.objects.get_or_create(
            **columns, defaults={"volume": volume, "origin": self.origin, "reason": self.reason}
        )
        if made:
            self.new["needs"] += 1
        elif volume is not None and need.volume != volume:
            need.volume = volume
            need.save(update_fields=["volume"])
            self.new["volumes"] += 1

    def _flow(self, row: FlowRow) -> None:
        columns = self._columns(row)
        volume = columns.pop("volume")
        flow, made = Flow.objects.get_or_create(**columns, defaults={"volume": volume})
        if made:
            self.new["flows"] += 1
        elif volume is not None and flow.volume != volume:
            flow.volume = volume
            flow.save(update_fields=["volume"])
            self.new["volumes"] += 1

    def _gate(self, row: GateRow) -> None:
        columns = self._columns(row)
        name = columns.pop("name")
        _, made = Gate.objects.get_or_create(**columns, defaults={"name": name})
        self.new["gates"] += made

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
        return known[key]


def tidy(name: str) -> str:
    return " ".join(name.split())
