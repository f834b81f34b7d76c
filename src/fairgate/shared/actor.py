"""Who acts. Rooms below `people` record a person without knowing the account."""

from dataclasses import dataclass
from typing import Protocol

STEWARD = "steward"
"""The code of the one role that rooms below `people` know: whoever looks after people and the organisation."""


class Actor(Protocol):
    """Anyone or anything an action is done by; copied as text into the ledger."""

    @property
    def actor_id(self) -> str:
        """Stable and never reused, such as ``person:12`` or ``system:command-line``."""

    @property
    def actor_name(self) -> str: ...

    @property
    def actor_role(self) -> str:
        """The roles the actor holds at this moment, comma-separated: for the record, not to decide by."""

    @property
    def is_program(self) -> bool:
        """Whether nobody acts but the program itself, which may set anything up."""

    def has_role(self, *any_of: str) -> bool:
        """Whether the actor holds one of these roles, by their codes, and may use it. A program holds none."""


@dataclass(frozen=True, slots=True)
class System:
    """The program acting on nobody's behalf: set-up, demonstration, command line."""

    name: str

    @property
    def actor_id(self) -> str:
        return f"system:{self.name}"

    @property
    def actor_name(self) -> str:
        return self.name

    @property
    def actor_role(self) -> str:
        return "system"

    @property
    def is_program(self) -> bool:
        return True

    def has_role(self, *any_of: str) -> bool:
        return False


def is_steward(actor: Actor) -> bool:
    """Whether a steward acts. Where the program may do what stewards do, ask for ``is_program`` as well."""
    return actor.has_role(STEWARD)
