"""A scenario's parameters from records, with what they leave open.

A catch that both sides call real is a flawed lot seen: their share of reviews is flawed · sensitivity, and no count of
catches tells the two apart. Second looks at passed lots do: with e the share found wrong there,

    flawed = caught + (1 - stopped) e        sensitivity = caught / flawed

Without them, sensitivity stays what the scenario holds, and flawed = caught · Σ c/s over severities, with c the
share of catches of each and s how much of it is seen; severities come in in proportion to c/s. All of these are uncertain
*together*: their draws are kept as joint columns. Specificity follows: 1 - alarms / (1 - flawed).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.counterfactual.acting import SEVERITIES
from fairgate.engines.counterfactual.calibration.delays import delayed_rate
from fairgate.engines.counterfactual.calibration.hands_on import hands_on
from fairgate.engines.counterfactual.calibration.lead_times import lead_times
from fairgate.engines.counterfactual.calibration.rates import (
    BAND,
    Posterior,
    count_rate,
    share_draws,
    share_of,
)
from fairgate.engines.counterfactual.calibration.records import Records
from fairgate.engines.counterfactual.calibration.sources import ONLY_REVIEWED, TIMED, estimated, sources
from fairgate.engines.counterfactual.draws import PARAMETERS as TIER
from fairgate.engines.counterfactual.draws import shares, words
from fairgate.engines.counterfactual.elementary import normals
from fairgate.engines.counterfactual.parameters import BY_NAME, DAYS_A_MONTH, Kind
from fairgate.engines.counterfactual.scenario import Belief, Scenario, quantile, standard

DRAWS = 4096
SENSITIVITY = frozenset(f"check.sensitivity_{severity}" for severity in SEVERITIES)
CALIBRATION = 900  # purposes from here on: draws of posteriors
Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Calibrated:
    """``scenario`` with what the records tell put in, as *measured*, or as *estimated* where they tell it only together with what
    nobody measured; ``measured`` names those parameters, of either kind.
    ``not_identified`` holds codes of what the records can't tell:

    - ``sensitivity``  no second looks: how many flawed lots pass rests on what the scenario says
    - ``second_looks`` those looks are taken as the truth
    - ``complaints``   complaints tell only the product of escapes and the share complained of
    - ``severity``     how much easier grave faults are to see: equally easy, or as the figures of the scenario have it
    - ``share``        whether lots go by unreviewed: every lot on record was reviewed
    - ``mended``       whether rework mends; nothing recorded tells
    - ``hands_on``     how long a review takes follows from the time at the gate
    """

    scenario: Scenario
    measured: tuple[str, ...]
    not_identified: tuple[str, ...]
    figures: Mapping[str, Posterior] = field(default_factory=dict)


def calibrate(
    scenario: Scenario,
    records: Records,
    *,
    seed: int = 1,
    use_complaints: bool = False,
    author: str = "",
    date: str = "",
) -> Calibrated:
    """``use_complaints``: take the share of escapes complained of from the complaints, too. They then can't check the
    scenario any more. ``author`` and ``date`` say who had it done, and when."""
    u = _Uniforms(seed)
    found: dict[str, Posterior] = {"plant.lots_per_month": count_rate(records.submitted, records.months)}
    if records.reviewed < records.submitted:
        found["check.share"] = share_of(records.reviewed, records.submitted)
    if records.stopped:
        found["check.rework"] = share_of(records.reworked, records.stopped)
    found |= _times(scenario, records)
    joint = _quality(scenario, records, u) if records.judged else {}
    open_ = ["second_looks" if records.second_looks else "sensitivity", "severity", "mended"]
    if (
        "check.share" not in found
    ):  # records that hold only reviewed lots would look the same if others went by
        open_.append("share")
    if "plant.review_days" in found and not len(records.reviews):
        open_.append("hands_on")
    if use_complaints and joint and len(records.ages):
        rework = found["check.rework"].value if "check.rework" in found else scenario["check.rework"]
        joint |= _complaints(scenario, records, joint, rework, u)
    else:
        open_.append("complaints")
    # Without second looks the columns of sensitivity are what the scenario says, carried along: nothing told them.
    told = {name for name in joint if records.second_looks or name not in SENSITIVITY}
    found |= {name: _posterior(column) for name, column in joint.items() if name in told}
    if "quality.major" in found:  # medians of shares need not add up
        worst, most = found["quality.critical"], 1 - found["quality.major"].value
        found["quality.critical"] = replace(worst, value=min(worst.value, most), low=min(worst.low, most))
    told_by, only_estimated = sources(records), estimated(records)
    beliefs = {
        **scenario.beliefs,
        **_taken_for_granted(scenario, found),
        **{
            name: _belief(
                name, one, "estimated" if name in only_estimated else "measured", told_by[name], author, date
            )
            for name, one in found.items()
        },
    }
    made = Scenario(scenario.title, beliefs, joint)
    return Calibrated(made, tuple(found), tuple(open_), found)


class _Uniforms:
    """Keyed uniform columns, a new one each time."""

    def __init__(self, seed: int) -> None:
        self.seed, self.purpose = seed, CALIBRATION

    def __call__(self) -> Array:
        self.purpose += 1
        return shares(words(DRAWS, 0, self.purpose << 16, TIER, self.seed)[0])


def _quality(scenario: Scenario, records: Records, u: _Uniforms) -> dict[str, Array]:
    stopped = share_draws(records.stopped, records.reviewed, u())
    caught = stopped * share_draws(records.real, records.judged, u())
    if records.second_looks:
        missed = (1 - stopped) * share_draws(records.second_looks_wrong, records.second_looks, u())
        flawed = caught + missed
        seen = dict.fromkeys(SEVERITIES, caught / flawed)
    else:
        z = np.empty(DRAWS)
        normals(words(DRAWS, 0, CALIBRATION << 16, TIER, u.seed)[0], z)
        seen = {severity: _held_sensitivity(scenario, severity, z) for severity in SEVERITIES}
    # Of what comes in, a severity that is hard to see has a larger share than of what is caught.
    there = np.stack(
        [
            part / seen[it]
            for part, it in zip(_caught_shares(scenario, records, seen, u), SEVERITIES, strict=True)
        ]
    )
    if not records.second_looks:
        flawed = np.minimum(caught * there.sum(axis=0), 0.999)
    alarms = stopped - caught
    columns = {f"check.sensitivity_{severity}": column for severity, column in seen.items()}
    if records.real:
        columns |= {
            "quality.major": there[1] / there.sum(axis=0),
            "quality.critical": there[2] / there.sum(axis=0),
        }
    return columns | {
        "quality.flawed": flawed,
        "check.specificity": np.clip(1 - alarms / (1 - flawed), 0.0, 1.0),
    }


def _held_sensitivity(scenario: Scenario, severity: str, z: Array) -> Array:
    name = f"check.sensitivity_{severity}"
    belief = scenario.belief(name)
    return np.full(DRAWS, belief.value) if belief.is_known else quantile(BY_NAME[name], belief, z)


def _caught_shares(
    scenario: Scenario, records: Records, seen: Mapping[str, Array], u: _Uniforms
) -> tuple[Array, Array, Array]:
    """Of real catches: minor, major, critical. Without any, what the scenario holds of flawed lots, as far as it is seen."""
    if records.real:
        _minor, major, critical = np.bincount(records.severity, minlength=3)[:3]
        grave = share_draws(int(major + critical), records.real, u())
        worst = share_draws(int(critical), int(major + critical), u())
        return 1 - grave, grave * (1 - worst), grave * worst
    held = _held_shares(scenario)
    weights = [share * seen[it] for share, it in zip(held, SEVERITIES, strict=True)]
    total = np.sum(weights, axis=0)
    return weights[0] / total, weights[1] / total, weights[2] / total


def _held_shares(scenario: Scenario) -> tuple[float, float, float]:
    major, critical = scenario["quality.major"], scenario["quality.critical"]
    return 1 - major - critical, major, critical


def _complaints(
    scenario: Scenario, records: Records, joint: Mapping[str, Array], rework: float, u: _Uniforms
) -> dict[str, Array]:
    """The three shares complained of keep their proportions; their level makes up the rate of complaints per lot."""
    rates, months = delayed_rate(records.ages / DAYS_A_MONTH, records.delays / DAYS_A_MONTH).draws(u(), u())
    weights: tuple[Array | float, ...] = _held_shares(scenario)
    if "quality.major" in joint:
        major, critical = joint["quality.major"], joint["quality.critical"]
        weights = (1 - major - critical, major, critical)
    expected = np.zeros(DRAWS)
    for weight, severity in zip(weights, SEVERITIES, strict=True):
        sensitivity = joint[f"check.sensitivity_{severity}"]
        leak = _leak(scenario, sensitivity, rework)
        expected += joint["quality.flawed"] * weight * leak * scenario[f"outside.complaint_{severity}"]
    factor = rates / np.maximum(expected, 1e-12)
    columns = {
        f"outside.complaint_{s}": np.clip(factor * scenario[f"outside.complaint_{s}"], 0.0, 1.0)
        for s in SEVERITIES
    }
    return columns | {"outside.complaint_months": np.clip(months, 0.25, 120)}


def _leak(scenario: Scenario, sensitivity: Array, rework: float) -> Array:
    """A flawed lot goes out: not looked at, or never stopped (see `acting`)."""
    left = 1 - sensitivity * rework * (1 - scenario["check.mended"])
    look = scenario["check.share"]
    return np.asarray(1 - look + look * (1 - sensitivity) / left)


def _taken_for_granted(scenario: Scenario, found: Mapping[str, Posterior]) -> dict[str, Belief]:
    """That every lot is reviewed, where nobody said otherwise and no record could."""
    name = "check.share"
    held, usual = scenario.belief(name), standard().belief(name)
    return {name: replace(held, source=ONLY_REVIEWED)} if name not in found and held == usual else {}


def _times(scenario: Scenario, records: Records) -> dict[str, Posterior]:
    found: dict[str, Posterior] = {}
    if len(records.made) >= 3:
        made = lead_times(records.made, records.making)
        found |= {"plant.production_days": made.mean, "plant.production_variation": made.variation}
    if records.deciders:
        found["plant.reviewers"] = Posterior(*[float(records.deciders)] * 3)
    if len(records.reviews) >= TIMED:
        reviews = lead_times(records.reviews, np.empty(0))
        found |= {"plant.review_days": reviews.mean, "plant.review_variation": reviews.variation}
    elif len(records.at_gate) >= 3 and np.ptp(records.at_gate) > 0:
        found |= _at_gate(scenario, records)
    if len(records.reworks):
        rate = count_rate(len(records.reworks), float(records.reworks.sum()))
        found["check.rework_days"] = Posterior(1 / rate.value, 1 / rate.high, 1 / rate.low)
    return found


def _at_gate(scenario: Scenario, records: Records) -> dict[str, Posterior]:
    """The review that, with its wait, makes up the time at the gate."""
    stay = lead_times(records.at_gate, records.waiting)
    reviewers = records.deciders or int(scenario["plant.reviewers"])
    a_day = (records.reviewed + records.reworked) / records.months / DAYS_A_MONTH
    low, value, high = (
        hands_on(days, reviewers=reviewers, a_day=a_day, variation=stay.variation.value)
        for days in (stay.mean.low, stay.mean.value, stay.mean.high)
    )
    return {"plant.review_days": Posterior(value, low, high), "plant.review_variation": stay.variation}


def _posterior(draws: Array) -> Posterior:
    low, middle, high = np.quantile(draws, BAND)
    return Posterior(float(middle), float(low), float(high))


def _belief(name: str, one: Posterior, kind: Kind, source: str, author: str, date: str) -> Belief:
    p = BY_NAME[name]
    low, value, high = (min(max(x, p.least), p.most) for x in (one.low, one.value, one.high))
    if low < high and p.scale == "share" and not (low > 0 and high < 1):  # quantiles on the edge of the range
        low, high = max(low, 1e-9), min(high, 1 - 1e-9)
        value = min(max(value, low), high)
    return Belief(value, low, high, kind, source, author, date)
