"""What somebody may ask for, and for whom."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from fairgate.gate.models import AdviceQuestion, RequestKind
from fairgate.gate.queries.doors import asks_for, decides_in, may_read_all
from fairgate.gate.queries.editions import ClauseAsRead, clause_as_read
from fairgate.gate.queries.standards import kinds_for
from fairgate.organisation.models import Unit
from fairgate.organisation.queries import units_of
from fairgate.shared.actor import Actor


def kinds_to_ask(by: Actor) -> QuerySet[RequestKind]:
    """The kinds ``by`` may ask for, by deciding unit: never of a gate where they work. Raises PermissionDenied where they may
    ask for nothing at all."""
    if not asks_for(by):
        raise PermissionDenied
    return kinds_for(by).exclude(preset__unit__in=units_of(by))


def may_ask(by: Actor) -> bool:
    """Whether there is anything ``by`` may ask for."""
    return bool(asks_for(by)) and kinds_to_ask(by).exists()


def kind_to_ask(by: Actor, pk: int) -> RequestKind:
    """One of `kinds_to_ask`; raises ``RequestKind.DoesNotExist`` for others."""
    return kinds_to_ask(by).get(pk=pk)


def units_to_ask_for(by: Actor) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=asks_for(by))


def units_seen(by: Actor) -> QuerySet[Unit]:
    """The units whose requests ``by`` may read: a reviewer those of everybody."""
    if may_read_all(by) or decides_in(by):
        return Unit.objects.all()
    return Unit.objects.filter(pk__in=asks_for(by))


def clauses_as_answered(question: AdviceQuestion) -> list[ClauseAsRead]:
    """The clauses an answer named, as they read when it was given."""
    editions = dict(question.clauses_as_read)
    clauses = question.clauses.select_related("standard__preset")
    return [clause_as_read(it, editions.get(it.pk, it.edition), question.answered_at) for it in clauses]
