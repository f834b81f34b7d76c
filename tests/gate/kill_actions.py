"""What a child repeats until it is killed (`gate.killing`). The cast and the gate are there already."""

from collections.abc import Callable
from datetime import date
from itertools import count
from uuid import uuid4

from fairgate.gate import actions
from fairgate.gate.models import Clause, Decision, RequestKind, ServiceRequest
from fairgate.gate.rules import Outcome, SlipRow, State
from fairgate.organisation.models import Unit
from fairgate.people.models import Person
from fairgate.shared import clock


def submits() -> Callable[[], object]:
    charlie, kind, unit = Person.objects.get(username="charlie"), _kind(), _home()
    return lambda: actions.submit(by=charlie, kind=kind, unit=unit, asked="May we?", key=uuid4().hex)


def decides() -> Callable[[], object]:
    """Submit, review, decide: each a transaction; every outcome in turn."""
    submit, rita = submits(), Person.objects.get(username="rita")
    clause = Clause.objects.order_by("pk").values_list("pk", flat=True)[0]
    slip = SlipRow("a", clause, "because", "show it", date(2099, 1, 1), "Rita", "ask")
    turn = count()

    def one() -> None:
        outcome = list(Outcome)[next(turn) % len(Outcome)]
        request = submit()
        assert isinstance(request, ServiceRequest)
        actions.review(by=rita, pk=request.pk, found="looked")
        conditions = "x" if outcome is Outcome.CONDITIONS else ""
        given = slip if outcome.needs_slip else None
        actions.decide(by=rita, pk=request.pk, outcome=outcome, conditions=conditions, slip=given)

    return one


def decides_in_pieces() -> Callable[[], object]:
    """What no action may be: the decision, the request and the ledger each committed for itself. A harness that finds
    nothing wrong with this finds nothing."""
    submit, rita = submits(), Person.objects.get(username="rita")

    def one() -> None:
        request = submit()
        assert isinstance(request, ServiceRequest)
        review = actions.review(by=rita, pk=request.pk, found="looked")
        now = clock.now()
        Decision.objects.create(
            request=request,
            outcome="approved",
            kind_edition=1,
            decided_at=now,
            decided_by=rita,
            review=review,
        )
        ServiceRequest.objects.filter(pk=request.pk).update(
            state=State.DECIDED, outcome="approved", decided_at=now
        )

    return one


def _kind() -> int:
    return RequestKind.objects.values_list("pk", flat=True).get(code="change")


def _home() -> int:
    return Unit.objects.values_list("pk", flat=True).get(name="Manufacturing")
