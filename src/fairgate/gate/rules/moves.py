"""The life of a service request made here: which move is possible from where. Who may make it is asked of `queries.doors`.

    submitted → reviewed → decided
                   ↓ ↑
                   held        and from each of the first three: withdrawn

A decision rests on a review made since the decision before it: a held request is reviewed again before it is resolved.
What was decided is replaced by a second look only. A request that came by import is reviewed and decided where it came
from; here its slip can be written, and a second look be given."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fairgate.gate.rules.codes import NON_APPROVING, SLIPPED, Outcome, State


class Move(StrEnum):
    """What a person can do to a request."""

    REVIEW = "review"
    DECIDE = "decide"
    WRITE_SLIP = "write-slip"
    WARN = "warn"
    REASSIGN = "reassign"
    WITHDRAW = "withdraw"
    IMPROVE = "improve"
    ASK_SECOND_LOOK = "ask-second-look"
    LOOK_AGAIN = "look-again"


class NotNow(StrEnum):
    """Why a move isn't possible now."""

    MADE_ELSEWHERE = "made-elsewhere"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    NOT_REVIEWED = "not-reviewed"
    NOT_DECIDED = "not-decided"
    NOT_REFUSED = "not-refused"
    NO_PROMISE = "no-promise"
    PROMISE_MISSED = "promise-missed"
    LOOK_ASKED = "look-asked"
    LOOK_NOT_ASKED = "look-not-asked"
    LOOK_GIVEN = "look-given"
    LOOKED_TWICE = "looked-twice"
    ANSWERED = "answered"


class Look(StrEnum):
    """Where the second look at the standing decision stands."""

    NONE = ""
    ASKED = "asked"
    GIVEN = "given"
    CAME_OF_ONE = "came-of-one"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a request stands: all that decides what can be done with it."""

    state: State
    outcome: Outcome | None = None
    made_here: bool = True
    expected_by: datetime | None = None
    look: Look = Look.NONE


def not_now(move: Move, standing: Standing, now: datetime) -> NotNow | None:
    """Why ``move`` isn't possible; None where it is."""
    if move is Move.WRITE_SLIP:
        return None if standing.outcome in SLIPPED else _not_refused(standing)
    if move is Move.IMPROVE:
        return _improving(standing)
    if move in {Move.ASK_SECOND_LOOK, Move.LOOK_AGAIN}:
        return _looking(move, standing)
    if not standing.made_here:
        return NotNow.MADE_ELSEWHERE
    return _while_open(move, standing, now)


def possible(standing: Standing, now: datetime) -> frozenset[Move]:
    return frozenset(move for move in Move if not_now(move, standing, now) is None)


def _while_open(move: Move, standing: Standing, now: datetime) -> NotNow | None:
    if standing.state is State.WITHDRAWN:
        return NotNow.WITHDRAWN
    if standing.state is State.DECIDED:
        return NotNow.SETTLED
    if move is Move.DECIDE and standing.state is not State.REVIEWED:
        return NotNow.NOT_REVIEWED
    if move is Move.WARN:
        return _warning(standing, now)
    return None


def _warning(standing: Standing, now: datetime) -> NotNow | None:
    """Early means: before the date that was said last has passed."""
    if standing.expected_by is None:
        return NotNow.NO_PROMISE
    return NotNow.PROMISE_MISSED if now > standing.expected_by else None


def _improving(standing: Standing) -> NotNow | None:
    """Another request may follow one that was withdrawn, returned or refused."""
    if standing.state is State.WITHDRAWN:
        return None
    if standing.state is not State.DECIDED:
        return NotNow.NOT_DECIDED
    return None if standing.outcome in NON_APPROVING else NotNow.NOT_REFUSED


def _looking(move: Move, standing: Standing) -> NotNow | None:
    if standing.state is not State.DECIDED:
        return NotNow.NOT_DECIDED
    if standing.look is Look.GIVEN:
        return NotNow.LOOK_GIVEN
    if standing.look is Look.CAME_OF_ONE:
        return NotNow.LOOKED_TWICE
    if move is Move.LOOK_AGAIN:
        return None if standing.look is Look.ASKED else NotNow.LOOK_NOT_ASKED
    if standing.outcome not in NON_APPROVING:
        return NotNow.NOT_REFUSED
    return NotNow.LOOK_ASKED if standing.look is Look.ASKED else None


def _not_refused(standing: Standing) -> NotNow:
    return NotNow.NOT_DECIDED if standing.outcome is None else NotNow.NOT_REFUSED
