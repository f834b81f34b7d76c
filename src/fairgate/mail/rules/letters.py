"""Letters: what can be written, by name. A room registers them in its ``jobs``:

    @letter("voice.invitation", in_doubt=Doubt.AGAIN)
    def invitation(*, to: str, pk: Argument) -> Letter | None:
        ...                                       # reads only
        return Letter(address, subject, text)     # None: not wanted any more

The outbox keeps the name, the arguments (ids) and to whom; the letter is written at the moment it is sent and kept
nowhere. So a composer must not tell by None, or by failing, what nobody may know: the outbox remembers which letters
weren't needed.

The registry fills when a room's ``jobs`` is imported, as that of tasks does (`work.rules.tasks`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple, TypeAlias, TypeVar

Argument: TypeAlias = "str | int | bool | None"


@dataclass(frozen=True, slots=True)
class Letter:
    """To one address, in plain text. Not shown by ``repr``: an error report must not tell it."""

    address: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)


class Doubt(Enum):
    """What happens when nobody can tell whether a letter has left: the sender crashed or lost the connection just then."""

    AGAIN = "again"
    """It is sent again, under the same Message-ID: it may arrive twice, and it doesn't get lost."""
    LET_IT_BE = "let it be"
    """It counts as failed: it may never arrive, and it doesn't arrive twice."""


Composer: TypeAlias = "Callable[..., Letter | None]"
AnyComposer = TypeVar("AnyComposer", bound=Callable[..., Letter | None])


class Registered(NamedTuple):
    compose: Composer
    in_doubt: Doubt


class UnknownLetter(LookupError):
    """No letter has this name."""


_letters: dict[str, Registered] = {}


def letter(name: str, *, in_doubt: Doubt = Doubt.AGAIN) -> Callable[[AnyComposer], AnyComposer]:
    """Register a function as the composer of the letter ``name``. It is called with ``to``, the account's id as text
    ("person:12"), and the arguments that were queued. Raises ValueError when another function has that name."""

    def register(function: AnyComposer) -> AnyComposer:
        known = _letters.setdefault(name, Registered(function, in_doubt)).compose
        if (known.__module__, known.__qualname__) != (function.__module__, function.__qualname__):
            message = (
                f"two letters are called {name!r}: {known.__module__} and {function.__module__} have one"
            )
            raise ValueError(message)
        return function

    return register


def letter_named(name: str) -> Registered:
    """Who writes this letter, once its room's ``jobs`` was imported. Raises `UnknownLetter`."""
    try:
        return _letters[name]
    except KeyError:
        message = f"there is no letter called {name!r}"
        raise UnknownLetter(message) from None
