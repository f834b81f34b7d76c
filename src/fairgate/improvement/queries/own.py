"""One's own page: when one was asked, what came of it, and what one is to keep."""

from dataclasses import dataclass

from fairgate.improvement.models import Commitment, Interview
from fairgate.improvement.queries.commitments import commitments_for, fate_of, moves
from fairgate.improvement.queries.interviews import asked_of
from fairgate.improvement.queries.waiting import waiting_for
from fairgate.improvement.rules import Fate, Move
from fairgate.people.models import Person
from fairgate.shared.actor import Actor
from fairgate.shared.waiting import Waiting


@dataclass(frozen=True, slots=True)
class Line:
    """A commitment, how it counts today, and whether this person may say if it was kept."""

    commitment: Commitment
    fate: Fate
    may_answer: bool


@dataclass(frozen=True, slots=True)
class OwnPage:
    waiting: tuple[Waiting, ...]
    interviews: tuple[Interview, ...]
    received: tuple[Line, ...]
    own: tuple[Line, ...]


def own_page(by: Actor) -> OwnPage:
    """For everybody signed in."""
    readable = commitments_for(by)
    pk = by.pk if isinstance(by, Person) else None
    return OwnPage(
        waiting=tuple(waiting_for(by)),
        interviews=tuple(asked_of(by)),
        received=tuple(_line(by, one) for one in readable.filter(person=pk)) if pk else (),
        own=tuple(_line(by, one) for one in readable.filter(owner=pk)) if pk else (),
    )


def _line(by: Actor, commitment: Commitment) -> Line:
    return Line(commitment, fate_of(commitment), Move.ANSWER in moves(by, commitment))
