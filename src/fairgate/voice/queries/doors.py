"""Who may know and do what here.

Whoever holds a role reads what was published. Only privacy officers keep keys: they announce, open, end and close periods, and
see how many have answered. No role reads an answer: there is no query that gives one.
"""

from fairgate.people.rules import Role
from fairgate.shared.actor import Actor, is_steward


def may_enter(by: Actor) -> bool:
    """Whether ``by`` may look at periods and what was published of them."""
    return by.is_program or by.has_role(*Role)


def may_keep_keys(by: Actor) -> bool:
    """Whether ``by`` opens and closes periods: the privacy officer, and the program where it does so for a demonstration."""
    return by.is_program or by.has_role(Role.PRIVACY_OFFICER)


def may_invite(by: Actor) -> bool:
    """Whether ``by`` may have due invitations sent; whom they go to, nobody chooses."""
    return may_keep_keys(by) or is_steward(by)
