"""Which move is made from which state."""

from collections.abc import Mapping

from fairgate.improvement.rules.codes import CommitmentState, InterviewState, Move

_PLANNED, _HELD, _SUMMARISED = InterviewState.PLANNED, InterviewState.HELD, InterviewState.SUMMARISED
_OF_INTERVIEWS: Mapping[Move, frozenset[InterviewState]] = {
    Move.CHANGE: frozenset({_PLANNED}),
    Move.CALL_OFF: frozenset({_PLANNED}),
    Move.HOLD: frozenset({_PLANNED}),
    Move.NOTE: frozenset({_PLANNED, _HELD, _SUMMARISED}),  # also what one wants to bring to it
    Move.SUMMARISE: frozenset({_HELD, _SUMMARISED}),
    Move.SHARE: frozenset({_SUMMARISED}),
}
_CLOSED = frozenset({CommitmentState.DONE, CommitmentState.NOT_DONE})
_OF_COMMITMENTS: Mapping[Move, frozenset[CommitmentState]] = {
    Move.CLOSE: frozenset({CommitmentState.OPEN}),
    Move.REASSIGN: frozenset({CommitmentState.OPEN}),
    Move.REOPEN: _CLOSED,
    Move.ANSWER: frozenset({CommitmentState.DONE}),
}


def allowed(move: Move, state: InterviewState) -> bool:
    """Whether an interview in ``state`` knows this move."""
    return state in _OF_INTERVIEWS.get(move, frozenset())


def may_move(move: Move, state: CommitmentState) -> bool:
    """Whether a commitment in ``state`` knows this move."""
    return state in _OF_COMMITMENTS.get(move, frozenset())
