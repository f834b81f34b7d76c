"""What a plan does at each share of wrong items: acceptance, average outgoing quality, inspection.

Here the plan is judged as books judge it: items are wrong independently, looks are perfect, what is found wrong in a
stopped lot is replaced. For ``single`` and ``skip`` a lot is accepted by a sample; for ``csp1`` units go by one by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fairgate.engines.counterfactual.closed import continuous, sampling
from fairgate.engines.counterfactual.errors import BadParameter, UnknownPolicy
from fairgate.engines.counterfactual.policies import Policy


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """At a share ``wrong``: the chance that a lot passes (for csp1: the share of units that pass unseen), the share wrong that
    goes out, the items looked at, per lot and as a share."""

    wrong: float
    acceptance: float
    outgoing: float
    inspected_per_lot: float
    inspected_share: float


@dataclass(frozen=True, slots=True)
class Curve:
    """``worst_outgoing`` is the largest outgoing share wrong at any incoming one (AOQL), at ``worst_at``; None for skip-lot."""

    policy: str
    lot: int
    points: tuple[CurvePoint, ...]
    worst_outgoing: float | None
    worst_at: float | None


CURVED = ("single", "skip", "csp1", "all", "nobody")


def curve(policy: Policy, wrong: Sequence[float], lot: int) -> Curve:
    """Errors: UnknownPolicy for one that is no plan; BadParameter for shares outside 0 … 1, or a sample above the lot."""
    if policy.kind not in CURVED:
        raise UnknownPolicy(policy.name, "a curve needs a plan", CURVED)
    if not 1 <= lot <= 10**9:
        raise BadParameter("lot size", lot, "a whole number from 1 to 1000000000")
    if policy.numbers.get("n", 0) > lot:
        raise BadParameter("n", f"{policy['n']:g}", f"at most the lot size, {lot}")
    for p in wrong:
        if not 0 <= p <= 1:
            raise BadParameter("defect rate", f"{p:g}", "a share from 0 to 1")
    worst = _worst(policy, lot)
    return Curve(policy.name, lot, tuple(_point(policy, float(p), lot) for p in wrong), *worst)


def _point(policy: Policy, p: float, lot: int) -> CurvePoint:
    match policy.kind:
        case "single":
            n, c = policy["n"], policy["c"]
            accepted, out = float(sampling.acceptance(n, c, p)), float(sampling.outgoing(n, c, p, lot))
            seen = float(sampling.inspected(n, c, p, lot))
        case "skip":
            n, c, i, f = (policy[key] for key in ("n", "c", "i", "f"))
            plan = float(sampling.acceptance(n, c, p))
            accepted = float(continuous.skip_lot_acceptance(i, f, plan))
            looked = float(continuous.share_looked_at(i, f, 1 - plan))
            seen = looked * float(sampling.inspected(n, c, p, lot))
            out = p * (1 - seen / lot)
        case "csp1":
            i, f = policy["i"], policy["f"]
            accepted = float(continuous.accepted_unseen(i, f, p))
            out = float(continuous.outgoing(i, f, p))
            seen = lot * float(continuous.share_looked_at(i, f, p))
        case "all":
            accepted, out, seen = 1.0, 0.0, float(lot)
        case _:
            accepted, out, seen = 1.0, p, 0.0
    return CurvePoint(p, accepted, out, seen, seen / lot)


def _worst(policy: Policy, lot: int) -> tuple[float | None, float | None]:
    if policy.kind == "single":
        return sampling.worst_outgoing(policy["n"], policy["c"], lot)
    if policy.kind == "csp1":
        return continuous.worst_outgoing(policy["i"], policy["f"])
    return (0.0, 0.0) if policy.kind == "all" else (1.0, 1.0) if policy.kind == "nobody" else (None, None)
