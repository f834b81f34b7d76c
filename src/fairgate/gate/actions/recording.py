"""What the actions on a service request share: the request under lock, and its line in the ledger."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied

from fairgate.gate import queries
from fairgate.gate.actions.errors import NotAllowedNow
from fairgate.gate.models import ServiceRequest
from fairgate.gate.rules import Move, not_now
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.people.models import Person
from fairgate.shared import clock
from fairgate.shared.actor import Actor


def locked(by: Actor, pk: int, move: Move) -> ServiceRequest:
    """The request, nobody else changing it until the transaction ends. Raises DoesNotExist where ``by`` may not know of it,
    PermissionDenied where the move isn't theirs."""
    queries.request_for(by, pk)
    request = ServiceRequest.objects.select_for_update().get(pk=pk)
    if not queries.may(by, move, request):
        raise PermissionDenied
    return request


def must_be_possible(move: Move, request: ServiceRequest) -> None:
    """Raises NotAllowedNow."""
    if code := not_now(move, queries.standing_of(request), clock.now()):
        raise NotAllowedNow(code)


def person(by: Actor) -> Person:
    """Only people ask and decide; raises PermissionDenied for a program."""
    if not isinstance(by, Person):
        raise PermissionDenied
    return by


def record(
    by: Actor,
    action: str,
    request: ServiceRequest,
    old: Mapping[str, object] | None = None,
    new: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    subject = Subject("service-requests", str(request.pk), f"{request.reference} {request}"[:200])
    ledger.append(by=by, action=f"gate.{action}", subject=subject, old=old, new=new, reason=reason)
