"""What people say about who needs whom: the latest judgement stands."""

from django.db.models import QuerySet

from fairgate.organisation.models import Judgement
from fairgate.shared.actor import Actor


def standing_between(supplier: int, customer: int) -> Judgement | None:
    """The judgement that stands on whether unit ``customer`` needs unit ``supplier``."""
    return Judgement.objects.filter(supplier=supplier, customer=customer).order_by("-id").first()


def standing() -> dict[tuple[int, int], Judgement]:
    """All standing judgements by (supplier, customer)."""
    return {
        (row.supplier_id, row.customer_id): row
        for row in Judgement.objects.select_related("supplier", "customer").order_by("id")
    }


def judgements_for(person: Actor, supplier: int, customer: int) -> QuerySet[Judgement]:
    """Everything that was said about one pair, newest first."""
    return Judgement.objects.filter(supplier=supplier, customer=customer).order_by("-id")


def anything_judged() -> bool:
    return Judgement.objects.exists()
