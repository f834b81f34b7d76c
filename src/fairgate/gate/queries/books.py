"""A gate's rules as its pages show them: everything of one preset together."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q

from fairgate.gate.models import Clause, Preset, RequestKind, Severity, Standard, Team, WorkingCalendar
from fairgate.gate.queries.calendars import calendar_of
from fairgate.gate.queries.doors import may_place
from fairgate.gate.queries.preset_files import all_bundled
from fairgate.gate.queries.standards import (
    AT_A_GATE,
    calendar_as_kept,
    clauses_of,
    deciding_units_for,
    gates_kept_by,
    kinds_for,
    may_keep_rules,
    placeable_in,
    presets_for,
    severities_for,
    standard_for,
    standards_for,
    teams_for,
    unit_of,
)
from fairgate.gate.queries.words import words_for
from fairgate.gate.rules import WorkingDays
from fairgate.gate.rules.presets import PresetFile
from fairgate.gate.wording.presets import Words
from fairgate.organisation.models import Unit
from fairgate.shared.actor import Actor


@dataclass(slots=True)
class Book:
    """One preset of one deciding unit. ``kinds`` with the words of each; ``standards`` with ``in_force``, the number of
    their clauses that are."""

    preset: Preset
    may_keep: bool
    kinds: list[tuple[RequestKind, Words]] = field(default_factory=list)
    standards: list[Standard] = field(default_factory=list)
    severities: list[Severity] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Offer:
    """One of our presets. ``gates``: the units at a gate it could be installed for, each with what is installed there
    already; ``others``: all other units it could make a gate. Both are empty for those who may not install."""

    file: PresetFile
    installed: list[Preset]
    gates: list[tuple[Unit, Preset | None]]
    others: list[Unit]


@dataclass(frozen=True, slots=True)
class StandardPage:
    standard: Standard
    clauses: list[Clause]
    may_keep: bool


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """A deciding unit's working days; ``kept`` is None where the usual ones count."""

    unit: Unit
    days: WorkingDays
    kept: WorkingCalendar | None
    may_keep: bool


@dataclass(frozen=True, slots=True)
class UnitTeams:
    unit: Unit
    teams: list[Team]
    people: list[tuple[int, str]]
    """Who could be placed; empty for those who may not."""
    may_place: bool


def books_for(by: Actor) -> list[Book]:
    """Every preset with its rules, retired ones last. Raises PermissionDenied."""
    books = {preset.pk: Book(preset, may_keep_rules(by, preset.unit_id)) for preset in presets_for(by)}
    for kind in kinds_for(by, offered=None).order_by("-is_offered", "pk"):
        books[kind.preset_id].kinds.append((kind, words_for(kind)))
    in_force = Count("clauses", filter=Q(clauses__is_current=True))
    for standard in standards_for(by, current=None).annotate(in_force=in_force).order_by("-is_current", "pk"):
        books[standard.preset_id].standards.append(standard)
    for severity in severities_for(by):
        books[severity.preset_id].severities.append(severity)
    return list(books.values())


def offers_for(by: Actor) -> list[Offer]:
    """Our presets. Raises PermissionDenied."""
    installed = list(presets_for(by))
    units = list(gates_kept_by(by))
    at_a_gate = set(gates_kept_by(by).filter(AT_A_GATE).values_list("pk", flat=True))
    others = [unit for unit in units if unit.pk not in at_a_gate]
    offers = []
    for file in all_bundled():
        there = {preset.unit_id: preset for preset in installed if preset.code == file.code}
        gates = [(unit, there.get(unit.pk)) for unit in units if unit.pk in at_a_gate]
        offers.append(Offer(file, list(there.values()), gates, others))
    return offers


def standard_page(by: Actor, pk: int) -> StandardPage:
    """Raises ``Standard.DoesNotExist``."""
    standard = standard_for(by, pk)
    clauses = clauses_of(by, standard).order_by("-is_current", "pk")
    return StandardPage(standard, list(clauses), may_keep_rules(by, unit_of(standard).pk))


def calendar_page(by: Actor, unit: Unit) -> CalendarPage:
    """Raises PermissionDenied."""
    return CalendarPage(unit, calendar_of(unit.pk), calendar_as_kept(by, unit), may_keep_rules(by, unit.pk))


def holidays_of(page: CalendarPage) -> list[tuple[date, str]]:
    """The days off a unit set itself, with their names, in order."""
    kept = page.kept.holidays if page.kept else []
    return sorted((date.fromisoformat(holiday["date"]), holiday["name"]) for holiday in kept)


def teams_of_units(by: Actor) -> list[UnitTeams]:
    """The deciding units with their teams. Raises PermissionDenied."""
    teams = list(teams_for(by))
    return [
        UnitTeams(
            unit,
            [team for team in teams if team.unit_id == unit.pk],
            list(placeable_in(by, unit.pk)) if may_place(by, unit.pk) else [],
            may_place(by, unit.pk),
        )
        for unit in deciding_units_for(by)
    ]
