"""Decisions on their way in: imports, mappings, the people their records name, and what is here already."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from fairgate.gate.models import DecisionImport, DecisionMapping, RecordedPerson, RequestKind, ServiceRequest
from fairgate.gate.queries.doors import leads_in
from fairgate.gate.rules import ImportState
from fairgate.organisation.models import Unit
from fairgate.people.models import Person
from fairgate.people.rules import Role
from fairgate.shared.actor import Actor, System, is_steward
from fairgate.work import queries as work


def may_import(by: Actor, unit: int) -> bool:
    """Whether ``by`` may bring decisions of the deciding unit ``unit``: the program, a steward, a lead who works there."""
    return by.is_program or is_steward(by) or unit in leads_in(by)


def may_bring(by: Actor) -> bool:
    """Whether there is any unit whose decisions ``by`` may bring."""
    return by.is_program or is_steward(by) or bool(leads_in(by))


def may_look_at_imports(by: Actor) -> bool:
    return may_bring(by) or by.has_role(Role.AUDITOR)


def may_act_on(by: Actor, coming: DecisionImport) -> bool:
    """Whether ``by``, who may see it, may also save or discard it."""
    return may_bring(by) if coming.mapping is None else may_import(by, coming.mapping.deciding_unit_id)


def may_map_people(by: Actor) -> bool:
    return by.is_program or is_steward(by)


def choices_for_columns(by: Actor) -> dict[str, list[tuple[int, str]]]:
    """What the questions about a new file offer: deciding units with kinds of request, those kinds, and all units."""
    kinds = RequestKind.objects.filter(is_offered=True, preset__unit__in=units_to_import_for(by))
    kinds = kinds.select_related("preset__unit").order_by("preset__unit__name", "name")
    units = units_to_import_for(by).filter(presets__kinds__is_offered=True).distinct()
    several = len(units) > 1
    return {
        "units": [(unit.pk, unit.name) for unit in units],
        "kinds": [(kind.pk, f"{kind.preset.unit}: {kind.name}" if several else kind.name) for kind in kinds],
        "all_units": list(Unit.objects.values_list("pk", "name")),
    }


def kinds_of(unit: int) -> frozenset[int]:
    """The request kinds of one deciding unit."""
    return frozenset(RequestKind.objects.filter(preset__unit=unit).values_list("pk", flat=True))


def units_to_import_for(by: Actor) -> QuerySet[Unit]:
    """The deciding units whose decisions ``by`` may bring."""
    if by.is_program or is_steward(by):
        return Unit.objects.all()
    return Unit.objects.filter(pk__in=leads_in(by))


def imports_for(by: Actor) -> QuerySet[DecisionImport]:
    """Imports, newest first: all for stewards and auditors; a lead's own, and those of the units they lead."""
    found = DecisionImport.objects.select_related("mapping__deciding_unit", "file")
    if by.is_program or is_steward(by) or by.has_role(Role.AUDITOR):
        return found
    leads = leads_in(by)
    if not leads:
        return found.none()
    return found.filter(Q(mapping__deciding_unit__in=leads) | Q(mapping__isnull=True, by_id=by.actor_id))


def import_for(by: Actor, pk: UUID) -> DecisionImport:
    """One import; raises ``DecisionImport.DoesNotExist``, also to those who may not see it."""
    return imports_for(by).get(pk=pk)


def mappings_for(by: Actor) -> QuerySet[DecisionMapping]:
    found = DecisionMapping.objects.select_related("deciding_unit")
    if by.is_program or is_steward(by) or by.has_role(Role.AUDITOR):
        return found
    return found.filter(deciding_unit__in=leads_in(by))


def mapping_for(by: Actor, pk: int) -> DecisionMapping:
    """Raises ``DecisionMapping.DoesNotExist``."""
    return mappings_for(by).get(pk=pk)


def mapping_called(by: Actor, name: str) -> DecisionMapping:
    """Raises ``DecisionMapping.DoesNotExist``."""
    return mappings_for(by).get(name__iexact=name)


def recorded_people_for(by: Actor) -> QuerySet[RecordedPerson]:
    """People named in imported records: for stewards, who may say whose account somebody's is."""
    found = RecordedPerson.objects.select_related("account")
    return found if by.is_program or is_steward(by) else found.none()


def recorded_person_for(by: Actor, pk: int) -> RecordedPerson:
    """Raises ``RecordedPerson.DoesNotExist``."""
    return recorded_people_for(by).get(pk=pk)


def accounts_to_map(by: Actor) -> list[tuple[int, str]]:
    """Whose account a recorded person may be."""
    if not (by.is_program or is_steward(by)):
        return []
    return [
        (person.pk, f"{person.name} ({person.username})") for person in Person.objects.filter(is_active=True)
    ]


def actor_called(actor_id: str, name: str) -> Actor:
    """Whoever asked for background work, with the roles of this moment. Raises ``Person.DoesNotExist``."""
    kind, _, key = actor_id.partition(":")
    return Person.objects.get(pk=int(key)) if kind == "person" else System(name)


def waits_for_columns(coming: DecisionImport) -> bool:
    """Whether nobody has said yet how this file is to be read."""
    return coming.state == ImportState.READING and coming.mapping_id is None


def ended_in_vain(coming: DecisionImport) -> bool:
    """Whether the background work this import waits for was cancelled or failed: it waits for nothing any more."""
    return _waits(coming) and work.has_ended(coming.job_id)  # type: ignore[arg-type]  # what waits has a job


def is_being_saved(coming: DecisionImport) -> bool:
    """Whether the background is saving it at this moment."""
    return coming.state == ImportState.READY and _waits(coming) and not ended_in_vain(coming)


def _waits(coming: DecisionImport) -> bool:
    """A job that reads or saves takes itself off the import when it is done."""
    return coming.job_id is not None and coming.state in {ImportState.READING, ImportState.READY}


def count_here(mapping: DecisionMapping) -> int:
    """How many requests of the mapping's source to its deciding unit came in so far."""
    return ServiceRequest.objects.filter(
        source=mapping.source, deciding_unit=mapping.deciding_unit_id
    ).count()


def keys_here(source: str, deciding_unit: int, keys: Sequence[str]) -> dict[str, int]:
    """The requests of a source to one deciding unit, by the source's keys."""
    found = ServiceRequest.objects.filter(source=source, deciding_unit=deciding_unit, key__in=keys)
    return dict(found.order_by().values_list("key", "pk"))


def latest_applied(source: str) -> str:
    """The import of this source that was saved last; "" before the first."""
    saved = DecisionImport.objects.filter(mapping__source=source, state=ImportState.APPLIED)
    latest = saved.order_by("-applied_at").values_list("pk", flat=True).first()
    return str(latest or "")
