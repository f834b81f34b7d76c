"""Who may know and do what here.

Scores of teams: reviewers and leads of the unit that decided, executives, auditors, privacy officers. Whoever works in
another unit reads what all teams got together, and the guardrails. Stewards bring tables in and see no scores. Neither does
the unit that is judged bring tables in: whoever holds the file could read what one person said.
"""

from fairgate.gate.queries.doors import asks_for, decides_in, leads_in
from fairgate.people.rules import Role
from fairgate.shared.actor import Actor, is_steward


def may_enter(by: Actor) -> bool:
    """Whether there is anything here for ``by``."""
    return by.is_program or may_import(by) or by.has_role(Role.EXECUTIVE, Role.AUDITOR) or bool(asks_for(by))


def may_import(by: Actor) -> bool:
    return by.is_program or is_steward(by) or by.has_role(Role.PRIVACY_OFFICER)


def may_run(by: Actor, unit: int) -> bool:
    """Whether ``by`` may have scores worked out (again): it gives the same figures whoever asks."""
    return may_import(by) or unit in leads_in(by)


def may_agree(by: Actor) -> bool:
    """Whether ``by`` records agreements: the privacy officer, nobody else, not the program."""
    return by.has_role(Role.PRIVACY_OFFICER)


def sees_teams(by: Actor, unit: int) -> bool:
    everywhere = by.is_program or by.has_role(Role.EXECUTIVE, Role.AUDITOR, Role.PRIVACY_OFFICER)
    return everywhere or unit in decides_in(by)


def sees_gate(by: Actor, unit: int) -> bool:
    """Whether ``by`` sees what all teams got together."""
    return sees_teams(by, unit) or bool(asks_for(by))
