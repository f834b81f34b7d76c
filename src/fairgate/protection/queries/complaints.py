"""Complaints, as far as somebody may know of them, and the decisions they may be about."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from fairgate.gate.models import Decision, ServiceRequest
from fairgate.gate.rules import APPROVING, State
from fairgate.people.models import Person
from fairgate.protection.models import Complaint, ComplaintImport, Escape
from fairgate.protection.queries.doors import (
    asks_for,
    decided,
    function_units,
    handles,
    may_import,
    may_read_all,
    sees_complainants,
)
from fairgate.shared.actor import Actor

MOST_CANDIDATES = 20


def complaints_for(by: Actor, *, search: str = "", open_only: bool = False) -> QuerySet[Complaint]:
    """Every complaint ``by`` may know of, newest first. ``complainant`` is theirs to read only where
    `sees_complainants` says so; for the others it isn't searched either."""
    found = Complaint.objects.select_related("external_customer").annotate(has_link=Exists(standing_links()))
    if not (may_read_all(by) or handles(by)):
        found = found.filter(_of_their_lots(by))
    fields = ["product", "lot", "nature", *(["complainant"] if sees_complainants(by) else [])]
    for word in search.replace("\x00", "").split():
        any_field = Q()
        for name in fields:
            any_field |= Q(**{f"{name}__icontains": word})
        found = found.filter(any_field)
    return found.filter(reply="", not_investigated="") if open_only else found


def complaint_for(by: Actor, pk: int) -> Complaint:
    """One complaint; raises ``Complaint.DoesNotExist``. Without its complainant where ``by`` may not know."""
    complaint = complaints_for(by).select_related("reported_by").get(pk=pk)
    if not sees_complainants(by):
        complaint.complainant = ""
    return complaint


def standing_links(outer: str = "pk") -> QuerySet[Escape]:
    """The links that stand, of the complaint an outer query is about."""
    return links().filter(complaint=OuterRef(outer))


def links() -> QuerySet[Escape]:
    """Every link that stands: not taken back since."""
    later = Escape.objects.filter(
        complaint=OuterRef("complaint"), decision=OuterRef("decision"), pk__gt=OuterRef("pk")
    )
    return Escape.objects.filter(~Exists(later), is_linked=True)


def is_linked(complaint: int, decision: int) -> bool:
    return links().filter(complaint=complaint, decision=decision).exists()


def _of_their_lots(by: Actor) -> Q:
    """A lot is a unit's own where a gate decided on it before the complaint was received: what somebody types into a
    request afterwards opens nothing."""
    own = asks_for(by)
    settled = Decision.objects.filter(request__unit__in=own, request__item=OuterRef("lot"))
    settled = settled.exclude(request__state=State.WITHDRAWN)
    before = settled.filter(decided_at__date__lt=OuterRef("received"))
    linked = links().filter(complaint=OuterRef("pk"), decision__request__unit__in=own)
    mine = Q(reported_by=by) if isinstance(by, Person) else Q(pk__in=[])
    return mine | (Q(Exists(before)) | Q(Exists(linked)) if own else Q(pk__in=[]))


@dataclass(frozen=True, slots=True)
class ComplaintPage:
    """``lot_is_known``: whether any request was about that lot. ``links`` stand; ``history`` is all that was said; ``own``
    are decisions the reader gave, of which a colleague takes the link back."""

    complaint: Complaint
    sees_complainant: bool
    may_handle: bool
    lot_is_known: bool
    links: tuple[Escape, ...]
    history: tuple[Escape, ...]
    own: frozenset[int]


def complaint_page(by: Actor, pk: int) -> ComplaintPage:
    """Everything the page shows. Raises ``Complaint.DoesNotExist``."""
    complaint = complaint_for(by, pk)
    request = "decision__request__"
    related = (f"{request}kind", f"{request}unit", f"{request}deciding_unit", "decision__decider")
    said = Escape.objects.filter(complaint=complaint).select_related(*related)
    standing = {each.pk for each in links().filter(complaint=complaint)}
    return ComplaintPage(
        complaint,
        sees_complainants(by),
        handles(by),
        ServiceRequest.objects.filter(item__in=spellings(complaint.lot)).exists(),
        tuple(each for each in said if each.pk in standing),
        tuple(said),
        frozenset(each.decision_id for each in said if decided(by, each.decision)),
    )


def candidates_for(by: Actor, pk: int, *, search: str = "") -> list[Decision]:
    """Approving decisions that stand and may have let it out: of the complaint's lot, or of what ``search`` names. Those of
    the units ``by`` works for, newest first, not linked yet."""
    complaint = complaint_for(by, pk)
    wanted = spellings(search.strip()) if search.strip() else spellings(complaint.lot)
    requests = ServiceRequest.objects.filter(item__in=wanted, outcome__in=sorted(APPROVING))
    requests = requests.filter(deciding_unit__in=function_units(by), decided_at__date__lte=complaint.received)
    latest = Decision.objects.filter(request=OuterRef("request"), pk__gt=OuterRef("pk"))
    linked = links().filter(complaint=complaint, decision=OuterRef("pk"))
    related = ("request__kind", "request__unit", "request__deciding_unit")
    # By number: the database finds them by the lot's index, then their decisions.
    numbers = list(requests.order_by("-decided_at").values_list("pk", flat=True)[: 5 * MOST_CANDIDATES])
    found = Decision.objects.filter(~Exists(latest), ~Exists(linked), request__in=numbers)
    return list(found.select_related(*related).order_by("-decided_at")[:MOST_CANDIDATES])


def spellings(lot: str) -> list[str]:
    """A lot as it may be written; the database compares letter by letter, by its index."""
    return sorted({lot, lot.upper(), lot.lower(), lot.title(), lot.capitalize()}) if lot else []


def unknown_lots(lots: set[str]) -> list[str]:
    """Those of the lots that no request was ever about."""
    known: set[str] = set()
    asked = sorted({spelt for lot in lots for spelt in spellings(lot)})
    for start in range(0, len(asked), 500):
        part = asked[start : start + 500]
        found = ServiceRequest.objects.filter(item__in=part).values_list("item", flat=True).distinct()
        known.update(item.casefold() for item in found)
    return sorted(lot for lot in lots if lot.casefold() not in known)


def imports_for(by: Actor) -> QuerySet[ComplaintImport]:
    """Files of complaints, for those who may bring one; nobody else."""
    return (
        ComplaintImport.objects.select_related("file") if may_import(by) else ComplaintImport.objects.none()
    )


def import_for(by: Actor, pk: UUID) -> ComplaintImport:
    """One of them; raises ``ComplaintImport.DoesNotExist``, also to those who may not see it."""
    return imports_for(by).get(pk=pk)
