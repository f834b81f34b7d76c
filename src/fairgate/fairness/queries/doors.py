"""Who may know and do what here.

Scores of teams: reviewers and leads of the unit that decided, executives, auditors, privacy officers. Whoever works in
another unit reads what all teams got together, and the guardrails. Stewards bring tables in and see no scores, whatever
other role they hold. Neither does anybody who decides in the unit that is judged bring tables in, or agree: whoever holds
the file could read what one person said. The privacy officer does both: brings tables in and sees scores.
"""

from fairgate.gate.queries.doors import asks_for, decides_in, leads_in
from fairgate.people.rules import Role
from fairgate.shared.actor import Actor, is_steward


def may_enter(by: Actor) -> bool:
    """Whether there is anything here for ``by``."""
    return by.is_program or may_import(by) or by.has_role(Role.EXECUTIVE, Role.AUDITOR) or bool(asks_for(by))


def may_import(by: Actor, unit: int | None = None) -> bool:
    """Whether ``by`` brings tables in; about ``unit``, where it is given: never about the unit they decide in, whatever else they
    are."""
    may = by.is_program or is_steward(by) or by.has_role(Role.PRIVACY_OFFICER)
    return may and unit not in judged_of(by)


def judged_of(by: Actor) -> frozenset[int]:
    """The units in which ``by`` is among those who are judged."""
    return decides_in(by)


def may_use_periods(by: Actor, unit: int | None = None) -> bool:
    """Whether ``by`` lets scores be worked out from closed periods: the privacy officer, who closed them, and the program; not
    about the unit they decide in."""
    may = by.is_program or by.has_role(Role.PRIVACY_OFFICER)
    return may and unit not in judged_of(by)


def may_run(by: Actor, unit: int) -> bool:
    """Whether ``by`` may have scores worked out (again): it gives the same figures whoever asks."""
    return may_import(by, unit) or unit in leads_in(by)


def may_agree(by: Actor, unit: int) -> bool:
    """Whether ``by`` records and withdraws agreements: the privacy officer, nobody else, not the program; not one who decides in
    that unit."""
    return by.has_role(Role.PRIVACY_OFFICER) and unit not in judged_of(by)


def sees_teams(by: Actor, unit: int) -> bool:
    """Not a steward, whatever else they are: they hold the files, and scores beside a file tell what is in it."""
    if is_steward(by):
        return False
    everywhere = by.is_program or by.has_role(Role.EXECUTIVE, Role.AUDITOR, Role.PRIVACY_OFFICER)
    return everywhere or unit in decides_in(by)


def sees_gate(by: Actor, unit: int) -> bool:
    """Whether ``by`` sees what all teams got together."""
    return sees_teams(by, unit) or bool(asks_for(by))
