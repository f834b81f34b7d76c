"""Letters, without a database: their states, what can go wrong, the registry of who writes them, and where they go."""

from fairgate.mail.rules.faults import Fault
from fairgate.mail.rules.letters import Argument, Composer, Doubt, Letter, UnknownLetter, letter, letter_named
from fairgate.mail.rules.routes import BadRoute, Kind, Route, route
from fairgate.mail.rules.states import ENDED, State
from fairgate.mail.rules.tries import KEPT, LEASE, TRIES, next_try

__all__ = [
    "ENDED",
    "KEPT",
    "LEASE",
    "TRIES",
    "Argument",
    "BadRoute",
    "Composer",
    "Doubt",
    "Fault",
    "Kind",
    "Letter",
    "Route",
    "State",
    "UnknownLetter",
    "letter",
    "letter_named",
    "next_try",
    "route",
]
