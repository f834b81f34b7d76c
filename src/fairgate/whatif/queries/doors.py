"""Who may know and do what here.

Reviewers and leads of a unit that decides see and make its scenarios; executives see and make those of any unit; auditors read
all. Stewards have no business here, nor has whoever is decided on.
"""

from fairgate.gate.models import Preset
from fairgate.gate.queries.doors import decides_in
from fairgate.organisation.models import Unit
from fairgate.people.rules import Role
from fairgate.shared.actor import Actor


def may_enter(by: Actor) -> bool:
    return by.is_program or by.has_role(Role.EXECUTIVE, Role.AUDITOR) or bool(decides_in(by))


def sees(by: Actor, unit: int) -> bool:
    return by.is_program or by.has_role(Role.EXECUTIVE, Role.AUDITOR) or unit in decides_in(by)


def may_make(by: Actor, unit: int) -> bool:
    """Whether ``by`` changes scenarios of ``unit`` and has them lived through."""
    return by.is_program or by.has_role(Role.EXECUTIVE) or unit in decides_in(by)


def units_for(by: Actor) -> list[Unit]:
    """Units that decide on others' work and whose scenarios ``by`` may make; the function first."""
    deciding = Unit.objects.filter(pk__in=Preset.objects.values("unit"))
    mine = [unit for unit in deciding if may_make(by, unit.pk)]
    return sorted(mine, key=lambda unit: (not unit.is_function, unit.name))
