"""Service requests, and what hangs on them, as far as somebody may read them."""

from django.db.models import F, Q, QuerySet

from fairgate.gate.models import AdviceQuestion, Decision, SecondLook, ServiceRequest
from fairgate.gate.queries.doors import asks_for, decides_in, may_read_all
from fairgate.shared.actor import Actor


def requests_for(by: Actor) -> QuerySet[ServiceRequest]:
    """Every request ``by`` may read, newest first."""
    asking, deciding = asks_for(by), decides_in(by)
    if may_read_all(by) or not deciding:
        return ServiceRequest.objects.filter(readable_by(by))
    return requests_between(asking, deciding)


def requests_between(
    asking: frozenset[int], deciding: frozenset[int] = frozenset()
) -> QuerySet[ServiceRequest]:
    """What the units ``asking`` asked, and what was asked of those ``deciding``, without an index on either. A database that
    gathers all of it, and sorts it, reads most of a million rows to show a page; in the order of the list, or among the few
    that are open, about one item, or of this week, it soon has enough."""
    requests = ServiceRequest.objects.alias(of=F("unit_id") + 0, to=F("deciding_unit_id") + 0)
    return requests.filter(Q(of__in=asking) | Q(to__in=deciding))


def request_for(by: Actor, pk: int) -> ServiceRequest:
    """One request; raises ``ServiceRequest.DoesNotExist`` where ``by`` may not know of it."""
    return requests_for(by).select_related("kind__preset", "unit", "deciding_unit").get(pk=pk)


def decision_for(by: Actor, pk: int) -> Decision:
    """One decision, standing or not; raises ``Decision.DoesNotExist``."""
    return Decision.objects.filter(readable_by(by, "request__")).select_related("request").get(pk=pk)


def second_look_for(by: Actor, pk: int) -> SecondLook:
    """One second look; raises ``SecondLook.DoesNotExist``."""
    looks = SecondLook.objects.filter(readable_by(by, "decision__request__"))
    return looks.select_related("decision__request").get(pk=pk)


def questions_for(by: Actor) -> QuerySet[AdviceQuestion]:
    """Every question for early advice ``by`` may read, newest first."""
    return AdviceQuestion.objects.filter(readable_by(by))


def question_for(by: Actor, pk: int) -> AdviceQuestion:
    """One question; raises ``AdviceQuestion.DoesNotExist``."""
    return questions_for(by).select_related("kind__preset", "unit", "deciding_unit", "asked_by").get(pk=pk)


def readable_by(by: Actor, on: str = "") -> Q:
    """What ``by`` may read of anything that has a unit and a deciding unit; ``on`` leads to it, such as ``request__``."""
    if may_read_all(by):
        return Q()
    asking, deciding = asks_for(by), decides_in(by)
    own = Q(**{f"{on}unit__in": asking})
    return own | Q(**{f"{on}deciding_unit__in": deciding}) if deciding else own
