"""Who acts. Rooms below `people` record a person without knowing the account."""

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """Anyone or anything an action is done by; copied as text into the ledger."""

    @property
    def actor_id(self) -> str:
        """Stable and never reused, such as ``person:12`` or ``system:command-line``."""

    @property
    def actor_name(self) -> str: ...

    @property
    def actor_role(self) -> str:
        """The roles the actor holds at this moment, comma-separated."""


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
