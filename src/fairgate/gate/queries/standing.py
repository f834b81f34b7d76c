"""Where a request stands, for the state machine in `rules.moves`."""

from fairgate.gate.models import Decision, SecondLook, ServiceRequest
from fairgate.gate.queries.doors import may
from fairgate.gate.rules import Look, Move, Outcome, Standing, State, possible
from fairgate.shared import clock
from fairgate.shared.actor import Actor


def standing_decision(request: ServiceRequest) -> Decision | None:
    """The latest decision: the one that stands."""
    return request.decisions.select_related("review__reviewer", "decided_by", "decider", "team").last()


def standing_of(request: ServiceRequest) -> Standing:
    return Standing(
        state=State(request.state),
        outcome=Outcome(request.outcome) if request.outcome else None,
        made_here=request.arrival_id is None,
        expected_by=request.expected_by,
        look=_look_at(request),
    )


def moves_for(by: Actor, request: ServiceRequest) -> frozenset[Move]:
    """What ``by`` can do to the request at this moment."""
    return frozenset(move for move in possible(standing_of(request), clock.now()) if may(by, move, request))


def open_look_at(request: ServiceRequest) -> SecondLook:
    """The second look somebody asked for at the standing decision, not yet given; raises ``SecondLook.DoesNotExist``."""
    return SecondLook.objects.get(decision=request.decisions.latest("pk"), result="")


def _look_at(request: ServiceRequest) -> Look:
    if request.state != State.DECIDED or (decision := request.decisions.last()) is None:
        return Look.NONE
    if look := SecondLook.objects.filter(decision=decision).first():
        return Look.GIVEN if look.result else Look.ASKED
    came_of_one = SecondLook.objects.filter(new_decision=decision).exists()
    return Look.CAME_OF_ONE if came_of_one else Look.NONE
