"""The rules of a gate: who may read them, who may change them, and what they are.

Whoever may work with a gate or watch over one reads every standard: a rule that is applied to somebody is known to them.
"""

from collections.abc import Sequence
from typing import Any, TypeVar, assert_never

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet

from fairgate.gate.models import (
    Clause,
    Preset,
    RequestKind,
    Severity,
    Standard,
    Team,
    WorkingCalendar,
)
from fairgate.gate.queries.doors import may_read_all
from fairgate.gate.rules import Thing
from fairgate.organisation.models import Unit
from fairgate.organisation.queries import units_of
from fairgate.people.models import Person
from fairgate.people.rules import WORKING, Role
from fairgate.shared.actor import Actor, is_steward

AT_A_GATE = Q(is_function=True) | Q(gates__isnull=False) | Q(presets__isnull=False)
"""Units that decide on others' work, as far as anything here says: the function itself, one that holds a gate, one with a
preset."""

Record = TypeVar("Record", bound=Model)

MODELS: dict[Thing, type[Model]] = {
    Thing.PRESET: Preset,
    Thing.KIND: RequestKind,
    Thing.STANDARD: Standard,
    Thing.CLAUSE: Clause,
    Thing.SEVERITY: Severity,
    Thing.CALENDAR: WorkingCalendar,
}


def may_read_standards(by: Actor) -> bool:
    return may_read_all(by) or by.has_role(*WORKING)


def may_keep_rules(by: Actor, unit: int) -> bool:
    """Whether ``by`` may install and change a deciding unit's preset: a steward, the program, or a lead who works there."""
    return _sets_up(by) or _led(by).filter(pk=unit).exists()


def may_keep_any(by: Actor) -> bool:
    """Whether there is a unit whose rules ``by`` may change."""
    return _sets_up(by) or _led(by).exists()


def gates_kept_by(by: Actor) -> QuerySet[Unit]:
    """The units ``by`` may install a preset for."""
    return Unit.objects.all() if _sets_up(by) else _led(by)


def presets_for(by: Actor) -> QuerySet[Preset]:
    """What is installed, with its unit. Raises PermissionDenied."""
    _must_read(by)
    return Preset.objects.select_related("unit")


def kinds_for(
    by: Actor, deciding_unit: int | None = None, offered: bool | None = True
) -> QuerySet[RequestKind]:
    """What can be asked, with preset and unit, by deciding unit. ``offered=None``: retired kinds too. Raises
    PermissionDenied."""
    _must_read(by)
    kinds = RequestKind.objects.select_related("preset__unit").order_by(
        "preset__unit__name", "preset_id", "pk"
    )
    if offered is not None:
        kinds = kinds.filter(is_offered=offered)
    return kinds if deciding_unit is None else kinds.filter(preset__unit=deciding_unit)


def standards_for(by: Actor, current: bool | None = True) -> QuerySet[Standard]:
    """Every standard with its preset, by deciding unit. ``current=None``: retired ones too. Raises PermissionDenied."""
    _must_read(by)
    standards = Standard.objects.select_related("preset__unit").order_by(
        "preset__unit__name", "preset_id", "pk"
    )
    return standards if current is None else standards.filter(is_current=current)


def clauses_for(by: Actor, kind: RequestKind | int) -> QuerySet[Clause]:
    """The clauses in force that a decision on ``kind`` may rest on, with their standards, in their order. Raises
    PermissionDenied."""
    _must_read(by)
    pk = kind if isinstance(kind, int) else kind.pk
    return _in_order().filter(standard__preset__kinds=pk, is_current=True, standard__is_current=True)


def clauses_of(by: Actor, standard: Standard, current: bool | None = None) -> QuerySet[Clause]:
    _must_read(by)
    clauses = _in_order().filter(standard=standard)
    return clauses if current is None else clauses.filter(is_current=current)


def severities_for(by: Actor, preset: Preset | None = None) -> QuerySet[Severity]:
    _must_read(by)
    found = Severity.objects.select_related("preset__unit").order_by("preset_id", "pk")
    return found if preset is None else found.filter(preset=preset)


def clause_for(by: Actor, pk: int) -> Clause:
    """One clause, in force or not; raises ``Clause.DoesNotExist`` also where ``by`` may not read any."""
    return _readable(by, _in_order()).get(pk=pk)


def standard_for(by: Actor, pk: int) -> Standard:
    return _readable(by, Standard.objects.select_related("preset__unit")).get(pk=pk)


def thing_for(by: Actor, thing: Thing, pk: int) -> Any:
    """Whatever has editions; raises its model's ``DoesNotExist``. `unit_of` says whose it is."""
    return _readable(by, _with_unit(thing)).get(pk=pk)


def unit_of(thing: Preset | RequestKind | Standard | Clause | Severity | WorkingCalendar) -> Unit:
    """The deciding unit a thing belongs to."""
    if isinstance(thing, Preset | WorkingCalendar):
        return thing.unit
    if isinstance(thing, RequestKind | Standard | Severity):
        return thing.preset.unit
    if isinstance(thing, Clause):
        return thing.standard.preset.unit
    assert_never(thing)


def preset_for(by: Actor, pk: int) -> Preset:
    """One installed preset; raises ``Preset.DoesNotExist``."""
    return _readable(by, Preset.objects.select_related("unit")).get(pk=pk)


def deciding_unit_for(by: Actor, pk: int) -> Unit:
    """A unit that decides; raises ``Unit.DoesNotExist`` for others and where ``by`` may not read standards."""
    return _readable(by, Unit.objects.filter(presets__isnull=False).distinct()).get(pk=pk)


def deciding_units_for(by: Actor) -> QuerySet[Unit]:
    """The units that decide. Raises PermissionDenied."""
    _must_read(by)
    return Unit.objects.filter(presets__isnull=False).distinct()


def calendar_as_kept(by: Actor, unit: Unit) -> WorkingCalendar | None:
    """The working days a unit set itself; None where the usual ones count (`calendar_of` says which those are)."""
    _must_read(by)
    return WorkingCalendar.objects.filter(unit=unit).first()


def teams_for(by: Actor) -> QuerySet[Team]:
    """The teams of the deciding units, with their members. Raises PermissionDenied."""
    _must_read(by)
    teams = Team.objects.select_related("unit").prefetch_related("members")
    return teams.order_by("unit__name", "name")


def team_for(by: Actor, pk: int) -> Team:
    """One team; raises ``Team.DoesNotExist``."""
    return _readable(by, Team.objects.select_related("unit")).get(pk=pk)


def placeable_in(by: Actor, unit: int) -> Sequence[tuple[int, str]]:
    """Who can be put into a team of the unit: whoever works there."""
    people = Person.objects.filter(memberships__unit=unit, is_active=True).order_by("name")
    return [(person.pk, person.name) for person in people]


def _in_order() -> QuerySet[Clause]:
    """As written in the file: a standard's clauses in the order they came in."""
    return Clause.objects.select_related("standard__preset__unit").order_by("standard_id", "pk")


def _with_unit(thing: Thing) -> QuerySet[Any]:
    path = {Thing.PRESET: "unit", Thing.CALENDAR: "unit", Thing.CLAUSE: "standard__preset__unit"}
    return MODELS[thing]._default_manager.select_related(path.get(thing, "preset__unit"))


def _readable(by: Actor, found: QuerySet[Record]) -> QuerySet[Record]:
    return found if may_read_standards(by) else found.none()


def _must_read(by: Actor) -> None:
    if not may_read_standards(by):
        raise PermissionDenied


def _sets_up(by: Actor) -> bool:
    return by.is_program or is_steward(by)


def _led(by: Actor) -> QuerySet[Unit]:
    """The units at a gate that ``by`` leads."""
    if not by.has_role(Role.LEAD):
        return Unit.objects.none()
    return Unit.objects.filter(AT_A_GATE, pk__in=units_of(by)).distinct()
