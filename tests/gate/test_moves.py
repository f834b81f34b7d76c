"""The state machine by itself, every state and move."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from fairgate.gate.rules import Look, Move, NotNow, Outcome, Standing, State, not_now, possible

NOW = datetime(2026, 3, 2, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
OPEN_MOVES = {Move.REVIEW, Move.WARN, Move.REASSIGN, Move.WITHDRAW}


@pytest.mark.parametrize(
    ("standing", "moves"),
    [
        (Standing(State.SUBMITTED, expected_by=LATER), OPEN_MOVES),
        (Standing(State.REVIEWED, expected_by=LATER), OPEN_MOVES | {Move.DECIDE}),
        (Standing(State.HELD, Outcome.HELD, expected_by=LATER), OPEN_MOVES | {Move.WRITE_SLIP}),
        (
            Standing(State.REVIEWED, Outcome.HELD, expected_by=LATER),
            OPEN_MOVES | {Move.WRITE_SLIP, Move.DECIDE},
        ),
        (Standing(State.SUBMITTED), OPEN_MOVES - {Move.WARN}),
        (Standing(State.SUBMITTED, expected_by=NOW - timedelta(seconds=1)), OPEN_MOVES - {Move.WARN}),
        (Standing(State.DECIDED, Outcome.APPROVED), set()),
        (Standing(State.DECIDED, Outcome.CONDITIONS), set()),
        (Standing(State.DECIDED, Outcome.REFUSED), {Move.WRITE_SLIP, Move.IMPROVE, Move.ASK_SECOND_LOOK}),
        (Standing(State.DECIDED, Outcome.RETURNED), {Move.WRITE_SLIP, Move.IMPROVE, Move.ASK_SECOND_LOOK}),
        (
            Standing(State.DECIDED, Outcome.REFUSED, look=Look.ASKED),
            {Move.WRITE_SLIP, Move.IMPROVE, Move.LOOK_AGAIN},
        ),
        (Standing(State.DECIDED, Outcome.REFUSED, look=Look.GIVEN), {Move.WRITE_SLIP, Move.IMPROVE}),
        (Standing(State.DECIDED, Outcome.REFUSED, look=Look.CAME_OF_ONE), {Move.WRITE_SLIP, Move.IMPROVE}),
        (Standing(State.WITHDRAWN), {Move.IMPROVE}),
        (Standing(State.WITHDRAWN, Outcome.HELD), {Move.IMPROVE, Move.WRITE_SLIP}),
        (Standing(State.HELD, Outcome.HELD, made_here=False, expected_by=LATER), {Move.WRITE_SLIP}),
        (
            Standing(State.DECIDED, Outcome.REFUSED, made_here=False),
            {Move.WRITE_SLIP, Move.IMPROVE, Move.ASK_SECOND_LOOK},
        ),
        (Standing(State.SUBMITTED, made_here=False), set()),
    ],
)
def test_what_is_possible_from_where(standing, moves):
    assert possible(standing, NOW) == moves


def test_whatever_is_impossible_has_a_reason():
    for state, outcome, here, look in product(State, [None, *Outcome], [True, False], Look):
        standing = Standing(state, outcome, here, LATER, look)
        for move in Move:
            code = not_now(move, standing, NOW)
            assert (code is None) == (move in possible(standing, NOW))
            assert code is None or isinstance(code, NotNow)
