"""Who may know what and do what.

The *team* of a unit that decides are its reviewers and leads. They plan interviews, write summaries, make commitments. Notes
are read by the team only, and by nobody of it who is a steward, executive, auditor or privacy officer as well, who works
in the unit that was talked with, or who was interviewed. Commitments are read by the two units, auditors, executives and
stewards, and by the persons concerned. The charter is everybody's.
"""

from fairgate.gate.models import Preset
from fairgate.improvement.models import Commitment, Interview
from fairgate.organisation.models import Gate, Unit
from fairgate.organisation.queries import units_of
from fairgate.people.models import Person
from fairgate.people.rules import WORKING, Role
from fairgate.shared.actor import Actor, is_steward

APART = (Role.STEWARD, Role.EXECUTIVE, Role.AUDITOR, Role.PRIVACY_OFFICER)
"""Whoever holds one of these looks at the team from outside, whatever else they are."""


def teams() -> list[Unit]:
    """Every unit with a team: the functions first, then the others that decide, by a preset or by a gate."""
    deciding = set(Preset.objects.values_list("unit_id", flat=True))
    deciding.update(Gate.objects.values_list("unit_id", flat=True))
    units = [unit for unit in Unit.objects.all() if unit.is_function or unit.pk in deciding]
    return sorted(units, key=lambda unit: not unit.is_function)


def is_team(unit: int) -> bool:
    return any(team.pk == unit for team in teams())


def team_units_of(by: Actor) -> frozenset[int]:
    """The units in whose team ``by`` is."""
    if not by.has_role(Role.REVIEWER, Role.LEAD):
        return frozenset()
    own = units_of(by)
    return frozenset(team.pk for team in teams() if team.pk in own) if own else frozenset()


def working_units_of(by: Actor) -> frozenset[int]:
    """The units ``by`` works in and may speak for."""
    return units_of(by) if by.has_role(*WORKING) else frozenset()


def leads(by: Actor, unit: int) -> bool:
    return by.has_role(Role.LEAD) and unit in units_of(by)


def may_talk(by: Actor, unit: int) -> bool:
    """Whether ``by`` may plan, hold and summarise interviews of the team of ``unit``, and set what it asks."""
    return unit in team_units_of(by)


def may_know(by: Actor, interview: Interview) -> bool:
    """Whether ``by`` sees the interview as the team does. The person interviewed sees it as they do, also when they are
    of the team."""
    return may_talk(by, interview.unit_id) and not _is(by, interview.person_id)


def may_read_notes(by: Actor, interview: Interview) -> bool:
    """Whether the notes are for ``by``."""
    apart = by.has_role(*APART) or interview.other_id in units_of(by)
    return may_know(by, interview) and not apart


def is_asked(by: Actor, interview: Interview) -> bool:
    """Whether ``by`` is the person interviewed."""
    return _is(by, interview.person_id)


def may_write_charter(by: Actor, unit: int) -> bool:
    return leads(by, unit) and may_talk(by, unit)


def may_count(by: Actor) -> bool:
    """Whether ``by`` may see how often themes come up."""
    return bool(team_units_of(by)) or by.is_program or by.has_role(Role.AUDITOR, Role.EXECUTIVE)


def may_read_all_commitments(by: Actor) -> bool:
    return by.is_program or is_steward(by) or by.has_role(Role.AUDITOR, Role.EXECUTIVE)


def may_promise(by: Actor, unit: int, to: int, interview: Interview | None) -> bool:
    """Whether ``by`` may write down what ``unit`` promised ``to``: somebody of the promising team or unit, or the team it was
    promised to, of an interview it held with that unit."""
    teaming = team_units_of(by)
    if unit in teaming:
        return True
    if is_team(unit):
        return False
    heard = interview is not None and interview.other_id == unit and to in teaming
    return heard or unit in working_units_of(by)


def may_close_own(by: Actor) -> bool:
    """Whether ``by`` may close the commitments they own: one who works here still."""
    return by.has_role(*WORKING)


def may_answer_own(by: Actor) -> bool:
    """Whether ``by`` may say of commitments made to them by name, and owned by others, whether they were kept."""
    return isinstance(by, Person) and by.is_active and not by.has_role(Role.AUDITOR)


def may_close(by: Actor, commitment: Commitment) -> bool:
    """The owner, or a lead of the unit that promised. Nobody who doesn't work here any more, and no steward."""
    return may_close_own(by) and (_is(by, commitment.owner_id) or leads(by, commitment.unit_id))


def may_reassign(by: Actor, commitment: Commitment) -> bool:
    return leads(by, commitment.unit_id)


def may_answer(by: Actor, commitment: Commitment) -> bool:
    """Whether ``by`` says if it was kept: the person it was promised to; where none is named, somebody of the unit. Never
    its owner; auditors write nothing."""
    if by.has_role(Role.AUDITOR) or _is(by, commitment.owner_id) or not isinstance(by, Person):
        return False
    if commitment.person_id is not None:
        return may_answer_own(by) and by.pk == commitment.person_id
    return commitment.to_id in working_units_of(by)


def _is(by: Actor, person: int | None) -> bool:
    return isinstance(by, Person) and by.pk == person
