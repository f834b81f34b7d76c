"""What stands beside a score, always: what was let out, stopped needlessly, and how much is approved."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef

from fairgate.fairness.rules import Rail, Worse
from fairgate.gate.models import Decision
from fairgate.gate.rules import APPROVING
from fairgate.protection.queries import Guardrails, guardrails_for
from fairgate.protection.queries.escapes import escaped
from fairgate.shared.actor import System

__all__ = ["Guardrails", "TeamRail", "rails_by_team", "rails_in", "rails_of", "snapshot"]

# Guardrails are about nobody in particular. Whoever may see a score sees them with it, also a privacy officer, who has no
# business in the room they come from.
READER = System("fairness")


@dataclass(frozen=True, slots=True)
class TeamRail:
    """Of one team: ``settled`` decisions that stand, ``passed`` of them, and of those ``escaped``."""

    team: str
    settled: int
    passed: int
    escaped: int


def rails_of(unit: int) -> Guardrails:
    return guardrails_for(READER, unit)


def rails_by_team(unit: int) -> list[TeamRail]:
    """Counted from the gate's own records, by the team each decision was made in."""
    replaced = Decision.objects.filter(request=OuterRef("request"), pk__gt=OuterRef("pk"))
    standing = Decision.objects.filter(~Exists(replaced), request__deciding_unit=unit, team__isnull=False)
    rows = standing.order_by().values_list("team__name", "outcome").annotate(n=Count("pk"))
    settled, passed = Counter[str](), Counter[str]()
    for team, outcome, number in rows:
        settled[team] += number
        passed[team] += number if outcome in APPROVING else 0
    out = standing.filter(request__in=[one.request for one in escaped(unit)])
    escapes = Counter(out.values_list("team__name", flat=True))
    return [TeamRail(team, settled[team], passed[team], escapes[team]) for team in sorted(settled)]


def snapshot(found: Guardrails) -> dict[str, Any]:
    """The figures a later run is compared with, as they are stored."""
    approval = found.approval[-1].approved if found.approval else None
    rails = {
        Worse.ESCAPES: found.per_thousand,
        Worse.NEEDLESS: found.needless.share_low,
        Worse.APPROVAL: approval,
    }
    return {
        code.value: None if it is None else {"value": it.value, "low": it.low, "high": it.high}
        for code, it in rails.items()
    }


def rails_in(kept: dict[str, Any]) -> dict[str, Rail | None]:
    return {code: Rail(**it) if it else None for code, it in kept.items()}
