"""Roles, seniority, and which of them exclude each other. Codes, not sentences: pages give them names."""

from enum import StrEnum

from fairgate.shared import actor


class Role(StrEnum):
    """What a person may do (DESIGN section 5)."""

    REQUESTER = "requester"
    REVIEWER = "reviewer"
    LEAD = "lead"
    EXECUTIVE = "executive"
    AUDITOR = "auditor"
    STEWARD = actor.STEWARD
    PRIVACY_OFFICER = "privacy-officer"


class Seniority(StrEnum):
    """Three bands, no more: finer ones would let answers be traced."""

    JUNIOR = "junior"
    MIDDLE = "middle"
    SENIOR = "senior"


# Whoever holds one of these works in a unit, and may speak for it.
WORKING = frozenset({Role.REQUESTER, Role.REVIEWER, Role.LEAD})

# Whoever administers people and organisation may not decide or sign (records checklist C11); an auditor
# writes nothing.
EXCLUSIVE: tuple[tuple[frozenset[Role], frozenset[Role]], ...] = (
    (frozenset({Role.STEWARD}), WORKING),
    (frozenset({Role.AUDITOR}), frozenset(Role) - {Role.AUDITOR}),
)


def conflicting(roles: frozenset[Role]) -> tuple[Role, Role] | None:
    """The first pair of roles that one person may not hold together, or None."""
    for left, right in EXCLUSIVE:
        for one in sorted(roles & left):
            for other in sorted(roles & right):
                return one, other
    return None
