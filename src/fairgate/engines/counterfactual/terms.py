"""What the long-run tier needs for one policy under one set of values, worked out before its loop begins."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.counterfactual.acting import (
    SEVERITIES,
    Acting,
    Values,
    Way,
    acting,
    flawed_way,
    good_way,
)
from fairgate.engines.counterfactual.lots import review_load, severity_shares
from fairgate.engines.counterfactual.parameters import DAYS_A_MONTH
from fairgate.engines.counterfactual.policies import TODAY, Policy
from fairgate.engines.counterfactual.waits import GRID, Waits

TERMS = (
    # quality
    "odds", "drift", "noise", "attention", "correction", "critical", "major_of_rest",
    # looking: by severity, then good lots
    "look_minor", "look_major", "look_critical", "look_good", "run", "often", "catch_minor", "catch_major",
    "catch_critical", "alarm",
    # what becomes of a flawed lot once stopped (out all the same), and of reviewed lots on average
    "leak_minor", "leak_major", "leak_critical", "scrap_minor", "scrap_major", "scrap_critical", "scrap_good",
    "rework_minor", "rework_major", "rework_critical", "rework_good", "again_minor", "again_major", "again_critical",
    "again_good",
    # time
    "lots", "review_days", "reviewer_days", "rework_days", "gate_days_today", "waiting_today", "patience",
    # what today's checks have already let out: complaints to come, lots in use
    "pool_minor", "pool_major", "pool_critical", "use_major", "use_critical",
    # outside
    "complain_minor", "complain_major", "complain_critical", "told", "recall_major", "recall_critical", "gone",
    "visits", "letter_odds", "letter_slip", "letter_unchecked", "letter_months", "licence_lost", "ends",
    # demand
    "lost_minor", "lost_major", "lost_critical", "lost_recall_major", "lost_recall_critical", "lost_letter",
    "recovery", "least",
    # money
    "price", "material", "fixed", "prevention", "review", "rework", "complaint", "cost_recall_major",
    "cost_recall_critical", "letter", "cash", "discount", "closing",
)  # fmt: skip
Terms = np.dtype([(name, np.float64) for name in TERMS] + [("smooth", np.float64, (len(GRID),))])


def terms(
    policies: Sequence[Policy], values: Values, waits: Sequence[Waits], today: Waits
) -> NDArray[np.void]:
    """A record array ``[sets, policies]``; ``waits`` has one for each policy, ``today`` those of the policy today."""
    sets = len(values["quality.flawed"])
    out = np.recarray((sets, len(policies)), dtype=Terms)
    gate_days, waiting = _gate_today(values, today)
    for place, (policy, wait) in enumerate(zip(policies, waits, strict=True)):
        column = out[:, place]
        _fill(column, values, acting(policy, values))
        column["gate_days_today"], column["waiting_today"] = gate_days, waiting
        _already_out(column, values)
        column["smooth"] = wait.smooth
    return out


def _gate_today(values: Values, waits: Waits) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean working days at the gate, and lots waiting there, as things are: the starting point of every policy."""
    acts = acting(TODAY, values)
    per_lot, load = review_load(values, acts)
    load = np.minimum(load, GRID[-1])
    review = values["plant.review_days"] * acts.effort
    wait = np.interp(load, GRID, waits.smooth) * review / (1 - load)
    reworks = _reworks_per_lot(values, acts)
    waiting = values["plant.lots_per_month"] * per_lot * wait / DAYS_A_MONTH
    return per_lot * (wait + review) + reworks * values["check.rework_days"], waiting


def _already_out(out: NDArray[np.void], v: Values) -> None:
    """Stocks at which as much comes in as goes out, under today's checks."""
    acts = acting(TODAY, v)
    _, bad = _ways(v, acts)
    flawed_lots = v["plant.lots_per_month"] * v["quality.flawed"] * severity_shares(v)
    escaped = [
        n * (1 - look + look * way.escapes) for n, look, way in zip(flawed_lots, acts.look, bad, strict=True)
    ]
    told, gone = _monthly(v["outside.complaint_months"]), _monthly(v["outside.shelf_months"])
    for severity, lots in zip(SEVERITIES, escaped, strict=True):
        out[f"pool_{severity}"] = lots * v[f"outside.complaint_{severity}"] * (1 - told) / told
    out["use_major"], out["use_critical"] = escaped[1] / gone, escaped[2] / gone


def _monthly(months: NDArray[np.float64]) -> NDArray[np.float64]:
    """The chance to be over within a month, of something that lasts an exponential time of this mean."""
    return np.asarray(-np.expm1(-1 / months))


def _reworks_per_lot(values: Values, acts: Acting) -> NDArray[np.float64]:
    good, bad = _ways(values, acts)
    flawed, shares = values["quality.flawed"], severity_shares(values)
    each = sum(s * look * way.reworks for s, look, way in zip(shares, acts.look, bad, strict=True))
    return np.asarray(flawed * each + (1 - flawed) * acts.look_good * good.reworks)


def _ways(values: Values, acts: Acting) -> tuple[Way, list[Way]]:
    rework, mended = values["check.rework"], values["check.mended"]
    good = good_way(acts.alarm, rework)
    return good, [flawed_way(catch, rework, mended, good) for catch in acts.catch]


def _fill(out: NDArray[np.void], v: Values, acts: Acting) -> None:
    _quality(out, v)
    _looking(out, v, acts)
    out["lots"] = v["plant.lots_per_month"]
    out["review_days"] = v["plant.review_days"] * acts.effort
    out["reviewer_days"] = v["plant.reviewers"] * DAYS_A_MONTH
    out["rework_days"], out["patience"] = v["check.rework_days"], v["demand.patience"]
    _outside(out, v)
    out["ends"] = acts.ends
    for name in (
        "price",
        "material",
        "fixed",
        "prevention",
        "rework",
        "complaint",
        "letter",
        "cash",
        "closing",
    ):
        out[name] = v[f"money.{name}"]
    out["review"] = v["money.review"] * acts.effort
    out["cost_recall_major"], out["cost_recall_critical"] = (
        v["money.recall_major"],
        v["money.recall_critical"],
    )
    out["discount"] = (1 - v["money.discount"]) ** (1 / 12)


def _quality(out: NDArray[np.void], v: Values) -> None:
    out["odds"] = _log_odds(v["quality.flawed"])
    for name in ("drift", "noise", "attention", "correction", "critical"):
        out[name] = v[f"quality.{name}"]
    rest = 1 - v["quality.critical"]
    out["major_of_rest"] = np.minimum(1.0, v["quality.major"] / np.where(rest > 0, rest, 1.0))


def _looking(out: NDArray[np.void], v: Values, acts: Acting) -> None:
    good, bad = _ways(v, acts)
    for severity, look, catch, way in zip(SEVERITIES, acts.look, acts.catch, bad, strict=True):
        stopped = np.where(catch > 0, catch, 1.0)
        out[f"look_{severity}"], out[f"catch_{severity}"] = look, catch
        out[f"leak_{severity}"] = np.clip((way.escapes - (1 - catch)) / stopped, 0.0, 1.0)
        out[f"scrap_{severity}"], out[f"rework_{severity}"] = way.scrapped / stopped, way.reworks / stopped
        out[f"again_{severity}"] = (way.reviews - 1) / stopped
    alarm = np.where(acts.alarm > 0, acts.alarm, 1.0)
    out["look_good"], out["alarm"], out["run"], out["often"] = (
        acts.look_good,
        acts.alarm,
        acts.run,
        acts.often,
    )
    out["scrap_good"], out["rework_good"] = good.scrapped / alarm, good.reworks / alarm
    out["again_good"] = (good.reviews - 1) / alarm


def _outside(out: NDArray[np.void], v: Values) -> None:
    for severity in SEVERITIES:
        out[f"complain_{severity}"] = v[f"outside.complaint_{severity}"]
        out[f"lost_{severity}"] = v[f"demand.lost_{severity}"]
    out["told"] = _monthly(v["outside.complaint_months"])
    out["gone"] = _monthly(v["outside.shelf_months"])
    out["visits"] = v["outside.inspections"] / 12
    out["letter_odds"] = _log_odds(v["outside.letter"])
    for name in (
        "recall_major",
        "recall_critical",
        "letter_slip",
        "letter_unchecked",
        "letter_months",
        "licence_lost",
    ):
        out[name] = v[f"outside.{name}"]
    for name in ("lost_recall_major", "lost_recall_critical", "lost_letter", "recovery", "least"):
        out[name] = v[f"demand.{name}"]


def _log_odds(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shares of 0 and 1 become odds beyond what any run can see."""
    held = np.clip(p, 1e-15, 1 - 1e-15)
    return np.asarray(np.log(held) - np.log1p(-held))
