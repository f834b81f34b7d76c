"""Facts out: as querysets for lists, as rows for exports, forms and the ledger."""

from collections import Counter
from typing import Any

from django.db.models import Model, Q, QuerySet

from fairgate.organisation.models import ExternalCustomer, Flow, Gate, Need, Process, Service, Unit
from fairgate.organisation.rules import (
    FactKind,
    FlowKind,
    FlowRow,
    GateRow,
    NeedKind,
    NeedRow,
    ProcessRow,
    Row,
    ServiceRow,
    UnitRow,
)
from fairgate.shared.actor import Actor

_MODELS: dict[FactKind, type[Model]] = {
    FactKind.UNITS: Unit,
    FactKind.PROCESSES: Process,
    FactKind.SERVICES: Service,
    FactKind.NEEDS: Need,
    FactKind.FLOWS: Flow,
    FactKind.GATES: Gate,
}
_RELATED: dict[FactKind, tuple[str, ...]] = {
    FactKind.UNITS: (),
    FactKind.PROCESSES: ("external_customer",),
    FactKind.SERVICES: ("unit",),
    FactKind.NEEDS: ("customer", "service__unit", "process__external_customer"),
    FactKind.FLOWS: ("source", "target", "process__external_customer"),
    FactKind.GATES: ("unit", "over", "process__external_customer"),
}
_SEARCHED: dict[FactKind, tuple[str, ...]] = {
    FactKind.UNITS: ("name", "description"),
    FactKind.PROCESSES: ("name", "external_customer__name"),
    FactKind.SERVICES: ("name", "unit__name"),
    FactKind.NEEDS: ("customer__name", "service__name", "service__unit__name", "process__name"),
    FactKind.FLOWS: ("source__name", "target__name", "process__name"),
    FactKind.GATES: ("name", "unit__name", "over__name", "process__name"),
}


def facts_for(person: Actor, kind: FactKind, *, search: str = "") -> QuerySet[Any]:
    """All facts of a kind that contain ``search`` in one of their names. Everybody may read them."""
    facts = _MODELS[kind]._default_manager.all()
    if related := _RELATED[kind]:
        facts = facts.select_related(*related)
    for word in search.replace("\x00", "").split():
        any_name = Q()
        for name in _SEARCHED[kind]:
            any_name |= Q(**{f"{name}__icontains": word})
        facts = facts.filter(any_name)
    return facts


def fact_for(person: Actor, kind: FactKind, pk: int) -> Any:
    """One fact; raises the model's ``DoesNotExist``."""
    return facts_for(person, kind).get(pk=pk)


def rows_for(person: Actor, kind: FactKind, *, search: str = "") -> list[Row]:
    return [row_of(fact) for fact in facts_for(person, kind, search=search)]


def row_of(fact: Model) -> Row:
    """What the fact says, as the row that would make it again."""
    match fact:
        case Unit():
            return UnitRow(name=fact.name, description=fact.description)
        case Process():
            return ProcessRow(name=fact.name, external=fact.external_customer.name)
        case Service():
            return ServiceRow(unit=fact.unit.name, name=fact.name)
        case Need():
            return NeedRow(
                customer=fact.customer.name,
                what=fact.service.name,
                supplier=fact.service.unit.name,
                process=fact.process.name,
                external=fact.process.external_customer.name,
                kind=NeedKind(fact.kind),
                volume=fact.volume,
            )
        case Flow():
            return FlowRow(
                process=fact.process.name,
                external=fact.process.external_customer.name,
                source=fact.source.name,
                target=fact.target.name if fact.target else "",
                kind=FlowKind(fact.kind),
                volume=fact.volume,
            )
        case Gate():
            return GateRow(
                unit=fact.unit.name,
                over=fact.over.name,
                process=fact.process.name,
                external=fact.process.external_customer.name,
                name=fact.name,
            )
    raise TypeError(fact)


def resting_on(fact: Model) -> Counter[str]:
    """What would be torn away with ``fact``, counted by model name; empty for facts nothing rests on."""
    resting: Counter[str] = Counter()
    for relation in fact._meta.related_objects:
        number = relation.related_model._default_manager.filter(**{relation.field.name: fact.pk}).count()
        if number:
            resting[str(relation.related_model._meta.verbose_name_plural)] += number
    return resting


def names_known(person: Actor) -> dict[str, list[str]]:
    """The names to suggest while somebody types."""
    return {
        "unit": list(Unit.objects.values_list("name", flat=True)),
        "process": sorted(set(Process.objects.values_list("name", flat=True))),
        "external": list(ExternalCustomer.objects.values_list("name", flat=True)),
        "service": sorted(set(Service.objects.values_list("name", flat=True))),
    }


def counts_by_kind(person: Actor) -> dict[FactKind, int]:
    return {kind: model._default_manager.count() for kind, model in _MODELS.items()}
