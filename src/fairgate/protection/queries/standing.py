"""Whether what a decision said still holds. A file that corrects a detail replaces the decision by one that says the same; what
was linked to the first or judged about it goes on to count."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from fairgate.gate.models import Decision
from fairgate.protection.models import CatchJudgement
from fairgate.protection.rules import Side


def stands(decision: str = "") -> Q:
    """Holds for rows whose ``decision`` (a path; empty for decisions themselves) was followed by none of another outcome."""
    path = f"{decision}__" if decision else ""
    later = Decision.objects.filter(request=OuterRef(f"{path}request"), pk__gt=OuterRef(f"{path}pk"))
    return ~Q(Exists(later.filter(~Q(outcome=OuterRef(f"{path}outcome")))))


def is_latest() -> Q:
    """Holds for the newest decision of its request."""
    return ~Q(Exists(Decision.objects.filter(request=OuterRef("request"), pk__gt=OuterRef("pk"))))


def still_stands(decision: Decision) -> bool:
    """Whether the latest decision of its request says the same, and none between said anything else."""
    later = decision.request.decisions.filter(pk__gt=decision.pk)
    return not later.exclude(outcome=decision.outcome).exists()


def judgement_of(side: Side, field: str, request: str) -> Subquery:
    """A ``field`` of what ``side`` judged about the refusal that stands, of the ``request`` (a path) of an outer query."""
    # From the request to its decisions to their judgements, in that order: joined, SQLite may walk through all judgements.
    given = CatchJudgement.objects.filter(decision=OuterRef("pk"), side=side).order_by("pk").values(field)[:1]
    found = Decision.objects.filter(stands(), request=OuterRef(request)).annotate(said=Subquery(given))
    return Subquery(found.filter(said__isnull=False).order_by("pk").values("said")[:1])


def judgements_of(decision: Decision) -> dict[Side, CatchJudgement]:
    """What each side judged about the refusal, whichever of its equal decisions it was then."""
    alike = _alike(decision)
    rows = CatchJudgement.objects.filter(decision__in=alike).select_related("judged_by").order_by("-pk")
    return {Side(it.side): it for it in rows}


def was_judged(decision: Decision, side: Side) -> bool:
    """Whether anybody of the side judged it, or an equal decision before or after it."""
    return side in judgements_of(decision)


def _alike(decision: Decision) -> list[int]:
    """The unbroken run of decisions on its request that say the same and of which it is one."""
    run: list[int] = []
    for pk, outcome in decision.request.decisions.order_by("pk").values_list("pk", "outcome"):
        if outcome == decision.outcome:
            run.append(pk)
        elif decision.pk in run:
            break
        else:
            run = []
    return run


def of_standing_run(found: QuerySet[Any], side: Side) -> QuerySet[Any]:
    """Of judgements for ``side``, the first of each refusal that stands."""
    first = judgement_of(side, "pk", "decision__request")
    kept: QuerySet[Any] = found.filter(side=side).annotate(first=first).filter(pk=F("first"))
    return kept
