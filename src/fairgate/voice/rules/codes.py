"""The codes of the voice. Pages give them words."""

from enum import StrEnum
from typing import NamedTuple

NAME_LENGTH = 100
TEXT_LENGTH = 2_000

STEPS = (1, 2, 3, 4, 5)
"""From strongly disagree to strongly agree; an item may also be left: can't judge."""

MONTHS = (1, 3, 6, 12)
"""How long a period may be."""
GRACE_DAYS = 14
"""Answers are taken until so many days after a period's end."""
OVERSAMPLING = 3.0
"""A non-approval is so many times as likely to be asked about as an approval."""
MOST_OVERSAMPLING = 20.0
REMIND_DAYS = 7
"""Reminders go out so many days before answers are no longer taken."""
INVITE_DAYS = 7
"""Nobody is invited later than so many days before answers are no longer taken."""

FEWEST = 5
"""Fewer answered ballots than this are never told apart from others."""


class Item(NamedTuple):
    """A statement to agree with; ``dimension`` says which side of treatment it is about."""

    code: str
    dimension: str


ITEMS = (
    Item("voice", "procedural"),
    Item("accuracy", "procedural"),
    Item("consistency", "procedural"),
    Item("reasons", "informational"),
    Item("way-to-yes", "informational"),
    Item("promise-kept", "reliability"),
    Item("respect", "interpersonal"),
    Item("know-how", "assurance"),
)
"""How somebody was treated; in the order of the form."""

MIRROR_ITEMS = (
    Item("right-first-time", "mirror"),
    Item("early-warning", "mirror"),
    Item("told-what-was-wrong", "mirror"),
)
"""What the function says about a unit it is the customer of."""


class Form(StrEnum):
    """What somebody is asked."""

    TREATMENT = "treatment"
    MIRROR = "mirror"

    @property
    def items(self) -> tuple[Item, ...]:
        return ITEMS if self is Form.TREATMENT else MIRROR_ITEMS


class PeriodState(StrEnum):
    """Where a period stands."""

    ANNOUNCED = "announced"
    """Its key was made; the privacy officer has not shown yet that they have it."""
    OPEN = "open"
    ENDED = "ended"
    """Answers are no longer taken; none was read yet."""
    CLOSED = "closed"
    LOST = "lost"
    """Nobody has the key any more: the answers were counted and thrown away unread."""


def items_of(form: Form) -> tuple[str, ...]:
    """The codes of a form's items, in its order."""
    return tuple(item.code for item in form.items)
