"""What a policy does to one lot: who looks, how well, how long, and what becomes of the lot.

A reviewed lot is stopped with chance a if it is flawed (by severity), b if it is good. Of stopped lots a share r is
reworked, the rest scrapped; rework mends a flawed lot with chance m; a reworked lot is reviewed again. The lot's way
ends, so each sum below is that of a geometric series::

    good     reviews 1 / (1 - b r)            reworks b r / (1 - b r)          scrapped b (1 - r) / (1 - b r)
    flawed   escapes (1 - a) / k              k = 1 - a r (1 - m)
             reviews (1 + a r m Rg) / k       reworks a r (1 + m Wg) / k       scrapped a (1 - r + r m Sg) / k

with Rg, Wg, Sg those of a good lot. The lot-exact tier plays the same chances lot by lot.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.counterfactual.closed.sampling import acceptance
from fairgate.engines.counterfactual.policies import Policy

Numbers = NDArray[np.float64]
Values = Mapping[str, Numbers]
SEVERITIES = ("minor", "major", "critical")


@dataclass(frozen=True, slots=True)
class Acting:
    """All arrays have one entry for each set of values; the first axis of ``[3, …]`` is severity.

    ``look`` and ``look_good``: chance of being looked at (ignored while ``run`` > 0). ``run`` and ``often``: after ``run``
    lots passed in a row only a share ``often`` is looked at; 0 means the rule is off. ``catch`` and ``alarm``:
    chance that a look stops a flawed, a good lot. ``effort``: time and money of one look, as a multiple of a full
    review's. ``ends`` is 1 where the licence ends at once.
    """

    look: Numbers  # [3, sets]
    look_good: Numbers
    run: Numbers
    often: Numbers
    catch: Numbers  # [3, sets]
    alarm: Numbers
    effort: Numbers
    ends: Numbers


@dataclass(frozen=True, slots=True)
class Way:
    """What becomes of one reviewed lot, on average."""

    escapes: Numbers
    reviews: Numbers
    reworks: Numbers
    scrapped: Numbers


def acting(policy: Policy, values: Values) -> Acting:
    """The numbers a policy acts by under each set of values."""
    one = np.ones_like(values["quality.flawed"])
    look, good = np.ones((3, len(one))), one.copy()
    run, often, effort = 0 * one, one.copy(), one.copy()
    catch = np.stack([values[f"check.sensitivity_{severity}"] for severity in SEVERITIES])
    alarm = 1 - values["check.specificity"]
    match policy.kind:
        case "today" | "less":
            share = values["check.share"] * policy.numbers.get("share", 1.0)
            look, good = look * share, share
        case "exception":
            look, good = look * values["check.mark_flawed"], values["check.mark_good"]
        case "nobody":
            look, good = 0 * look, 0 * good
        case "more":
            reviews = policy["reviews"]
            catch, alarm, effort = 1 - (1 - catch) ** reviews, 1 - (1 - alarm) ** reviews, reviews * one
        case "single" | "skip":
            n = np.minimum(policy["n"], values["plant.lot_items"])
            seen = values["quality.flawed_items"] * catch
            catch = 1 - np.stack([_accepted(n, policy["c"], p) for p in seen])
            setup = values["plant.review_setup"]
            effort = setup + (1 - setup) * n / values["plant.lot_items"]
    if policy.kind in ("skip", "csp1"):
        run, often = policy["i"] * one, policy["f"] * one
    return Acting(look, good, run, often, catch, alarm, effort, one * policy.licence_ends)


def good_way(alarm: Numbers, rework: Numbers) -> Way:
    left = 1 - alarm * rework
    return Way(0 * alarm, 1 / left, alarm * rework / left, alarm * (1 - rework) / left)


def flawed_way(catch: Numbers, rework: Numbers, mended: Numbers, good: Way) -> Way:
    left = 1 - catch * rework * (1 - mended)
    again = catch * rework
    return Way(
        escapes=(1 - catch) / left,
        reviews=(1 + again * mended * good.reviews) / left,
        reworks=again * (1 + mended * good.reworks) / left,
        scrapped=catch * (1 - rework + rework * mended * good.scrapped) / left,
    )


def _accepted(n: Numbers, c: float, p: Numbers) -> Numbers:
    return np.array([float(acceptance(float(a), c, float(b))) for a, b in zip(n, p, strict=True)])
