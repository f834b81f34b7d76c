"""The figures each parameter that records tell comes from, in words: its source. And whether they measure it, or only tell it
together with something nobody measured."""

from fairgate.engines.counterfactual.acting import SEVERITIES
from fairgate.engines.counterfactual.calibration.records import Records

HERE = "this installation's records"
ONLY_REVIEWED = "the records hold only lots that were reviewed: whether others go by, they can't tell"
TIMED = 3  # reviews, at least, before their time is said to be measured
EQUALLY = "taken to be equally easy to see"
TAKEN_FOR = frozenset(
    {"plant.lots_per_month", "plant.reviewers", "quality.major", "quality.critical"}
    | {f"check.sensitivity_{it}" for it in SEVERITIES}
    | {f"outside.complaint_{it}" for it in SEVERITIES}
)
"""Told by something else that was counted: lots handed in, people who decided, all flaws alike, all complaints alike."""
UNSEEN = frozenset(
    {"quality.flawed", "check.specificity"}
)  # rest on what reviews miss: measured by second looks only
WORKED_OUT = frozenset({"plant.review_days", "plant.review_variation"})
"""Where nobody timed a review these follow from the time at the gate and a model of its queue."""


def estimated(records: Records) -> frozenset[str]:
    """Parameters that these records tell only together with what nobody measured."""
    made = TAKEN_FOR
    if not records.second_looks:
        made |= UNSEEN
    return made if len(records.reviews) >= TIMED else made | WORKED_OUT


def sources(records: Records) -> dict[str, str]:
    """By parameter; those that nothing was recorded about are there, too, and go unused."""
    r = records
    caught = f"{r.real:,} of {r.judged:,} stopped lots that both sides judged would have been wrong"
    stopped = f"{r.stopped:,} of {r.reviewed:,} lots stopped at their first review, {caught}"
    looks = f"{r.second_looks_wrong:,} of {r.second_looks:,} passed lots wrong at a second look"
    unseen = looks if r.second_looks else "what reviews miss was not measured"
    unseen_of = f"all severities {EQUALLY}" if r.second_looks else unseen
    graded = ", ".join(
        f"{int((r.severity == code).sum()):,} {name}"
        for code, name in enumerate(("minor", "major", "critical"))
    )
    stay = f"time at the gate of {len(r.at_gate):,} lots, {len(r.waiting):,} still there"
    worked_out = f"nobody timed a review: worked out from {stay}, and the number of people who decided"
    review = f"{len(r.reviews):,} reviews timed" if len(r.reviews) >= TIMED else worked_out
    told = {
        "plant.lots_per_month": f"{r.submitted:,} lots handed in in {r.months:.3g} months, taken for what the market asks for",
        "plant.reviewers": f"{r.deciders:,} people who decided, taken for the reviewers who share one queue",
        "plant.production_days": f"{len(r.made):,} lots made, {len(r.making):,} being made",
        "plant.production_variation": f"{len(r.made):,} lots made",
        "plant.review_days": review,
        "plant.review_variation": review,
        "check.share": f"{r.reviewed:,} of {r.submitted:,} lots reviewed",
        "check.rework": f"{r.reworked:,} of {r.stopped:,} stopped lots sent back",
        "check.rework_days": f"{len(r.reworks):,} lots came back",
        "quality.flawed": f"{stopped}; {unseen}",
        "check.specificity": f"{stopped}; {unseen}",
        "quality.major": f"of {r.real:,} real catches: {graded}; {unseen_of}",
        "quality.critical": f"of {r.real:,} real catches: {graded}; {unseen_of}",
        "outside.complaint_months": f"{len(r.delays):,} complaints, with their delay",
    }
    told |= {f"outside.complaint_{s}": f"{len(r.delays):,} complaints of {len(r.ages):,} lots out, split as assumed"
             for s in SEVERITIES}  # fmt: skip
    told |= {f"check.sensitivity_{s}": f"{stopped}; {looks}; all severities {EQUALLY}" for s in SEVERITIES}
    return {name: f"{HERE}: {words}" for name, words in told.items()}
