"""From decisions to fair scores."""

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.ordinal.coding import SAID_ALREADY
from fairgate.engines.ordinal.cutpoints import Link
from fairgate.engines.ordinal.errors import OrdinalError
from fairgate.engines.ordinal.fair.best import best_of
from fairgate.engines.ordinal.fair.comparing import compare
from fairgate.engines.ordinal.fair.counting import Counted, count, reason
from fairgate.engines.ordinal.fair.cutoffs import CUTOFFS, Cutoffs
from fairgate.engines.ordinal.fair.decisions import Decisions
from fairgate.engines.ordinal.fair.drawing import drawn_points, interval
from fairgate.engines.ordinal.fair.leaning import Leaning, leaning
from fairgate.engines.ordinal.fair.leaving_out import largest_moves
from fairgate.engines.ordinal.fair.mix import Cells, Mix, cells_of, mix_of
from fairgate.engines.ordinal.fair.result import FairScores, OutcomeEffect, TeamScore
from fairgate.engines.ordinal.fair.standardise import APPROVED, FAIR, OWN, REFUSED
from fairgate.engines.ordinal.fair.treatment import Treatment, treatment
from fairgate.engines.ordinal.search import OnStep

FEW = 6  # names in a sentence
SEED = 42_000  # any fixed number: equal decisions must give equal scores


def score(
    decisions: Decisions,
    link: Link = "logit",
    *,
    mix: Mix | None = None,
    by_outcome: bool = True,
    cutoffs: Cutoffs = CUTOFFS,
    seed: int = SEED,
    leaving_out: bool = False,
    on_step: OnStep | None = None,
) -> FairScores:
    """Fair scores of every team.

    ``mix`` holds teams against a mix frozen earlier instead of that of these decisions; ``by_outcome=False`` leaves the
    team's own way with each outcome out of the model; ``leaving_out`` works out as well how far one ballot moves a score. Errors:
    OrdinalError, a sentence each.
    """
    decisions.check()
    cells = cells_of(decisions, mix)
    warnings = _warnings(decisions, cutoffs)
    counted = count(decisions, cells)
    frozen = mix_of(decisions) if mix is None else mix
    try:
        model = treatment(decisions, cells, link, cutoffs, by_outcome=by_outcome, on_step=on_step)
    except OrdinalError as error:
        if (counted.ballots >= cutoffs.ballots).any():
            raise
        teams = tuple(_unscored(decisions, counted, t, cutoffs) for t in range(len(decisions.team.names)))
        told = (*warnings, f"Treatment could not be modelled: {error}")
        return FairScores(teams, (), decisions.approving[0], None, frozen, 0.0, None, seed, told)
    share = np.where(model.known, cells.share, 0.0)
    unspoken = float(cells.share[~model.known].sum())
    if unspoken > 0:
        warnings.append(
            f"{100 * unspoken:.1f} in 100 decisions are of a kind or outcome that nobody rated: left out of the mix."
        )
    share /= share.sum()
    drawn = drawn_points(decisions, cells, model, link, share, cutoffs, seed, by_outcome)
    leans = leaning(decisions, cells, model, share)
    teams = tuple(
        _team(decisions, counted, drawn, t, cutoffs, leans) for t in range(len(decisions.team.names))
    )
    moves = largest_moves(decisions, cells, model, drawn, cutoffs, seed, by_outcome) if leaving_out else None
    return FairScores(
        teams,
        _outcome_effects(decisions, cells, model, cutoffs, seed, leans),
        decisions.approving[0],
        compare(decisions, cells, model, link, share, teams, drawn, cutoffs),
        frozen,
        unspoken,
        model.fit,
        seed,
        (*warnings, *filter(None, [leans.sentence]), *_about_fit(model)),
        moves,
        *best_of(teams, drawn, cutoffs),
    )


def _about_fit(model: Treatment) -> list[str]:
    """What the fit warns of; that unanswered decisions aren't fitted needs no warning."""
    told = [
        told.replace("= is ", " is ", 1)  # "outcome=" is the name of its columns
        for told in model.fit.warnings
        if not any(known in told for known in ("something missing", "none were asked", SAID_ALREADY))
    ]
    names = [told.partition(SAID_ALREADY)[0] for told in model.fit.warnings if SAID_ALREADY in told]
    if names:
        shown = ", ".join(name.replace("=", " ", 1) for name in names[:FEW]) + ", …" * (len(names) > FEW)
        told.append(
            f"Always comes together with what other columns say: {shown}. The score adjusts for both at once and needn't "
            "tell them apart."
        )
    return told


def _warnings(decisions: Decisions, cutoffs: Cutoffs) -> list[str]:
    told = ["Nobody is named who decided: that a score covers three or more deciders is unchecked."]
    if decisions.answered.all():
        told.append(
            "Every row has a rating, so the mix of cases and decisions is that of the answers. Deliver decisions without an "
            "answer as well, with an empty rating."
        )
    if not (~decisions.approved).any() or decisions.approved.all():
        told.append(
            "Every decision approves, or none does: there is nothing the score could be adjusted for."
        )
    if 1 < len(decisions.team.names) < cutoffs.teams:
        told.append(
            f"With {len(decisions.team.names)} teams, how much teams differ is hardly known: its estimate is kept from zero by a "
            "penalty."
        )
    return told


def _unscored(decisions: Decisions, counted: Counted, t: int, cutoffs: Cutoffs) -> TeamScore:
    teams = int((counted.decisions > 0).sum())
    note = reason(counted.ballots[t], counted.not_approved[t], counted.support[t], teams, cutoffs)
    return TeamScore(
        team=decisions.team.names[t],
        ballots=round(counted.ballots[t]),
        not_approved=round(counted.not_approved[t]),
        decisions=round(counted.decisions[t]),
        support=float(counted.support[t]),
        raw=float(counted.raw[t]) if counted.ballots[t] > 0 else None,
        fair=None,
        interval=None,
        refusal=None,
        refusal_interval=None,
        approval_effect=None,
        approval_effect_interval=None,
        borrowed=False,
        note=note,
    )


def _team(
    decisions: Decisions,
    counted: Counted,
    drawn: NDArray[np.float64],
    t: int,
    cutoffs: Cutoffs,
    leans: Leaning,
) -> TeamScore:
    bare = _unscored(decisions, counted, t, cutoffs)
    if bare.note:
        return bare
    borrowed = counted.not_approved[t] < cutoffs.not_approved
    gain = drawn[:, t, APPROVED] - drawn[:, t, OWN]
    notes = []
    if borrowed:
        notes.append(
            f"Fewer than {cutoffs.not_approved} ballots on decisions that didn't approve were kept. How it treats "
            "those it refuses is borrowed from the other teams."
        )
    if leans.matters:
        notes.append(
            "Its figures lean on an assumption where ratings say too little; the warning says where."
        )
    return TeamScore(
        team=bare.team,
        ballots=bare.ballots,
        not_approved=bare.not_approved,
        decisions=bare.decisions,
        support=bare.support,
        raw=bare.raw,
        fair=float(drawn[:, t, FAIR].mean()),
        interval=interval(drawn[:, t, FAIR], cutoffs),
        refusal=None if borrowed else float(drawn[:, t, REFUSED].mean()),
        refusal_interval=None if borrowed else interval(drawn[:, t, REFUSED], cutoffs),
        approval_effect=float(gain.mean()),
        approval_effect_interval=interval(gain, cutoffs),
        borrowed=bool(borrowed),
        note=" ".join(notes),
    )


def _outcome_effects(
    decisions: Decisions, cells: Cells, model: Treatment, cutoffs: Cutoffs, seed: int, leans: Leaning
) -> tuple[OutcomeEffect, ...]:
    """Contrasts of each outcome with the first approving one, averaged over items."""
    fixed = model.fit.draw(cutoffs.draws, seed).fixed
    estimate = np.array([one.estimate for one in model.fit.fixed])
    by_cell = model.design.mean(axis=1)
    told = []
    for o, name in enumerate(decisions.outcome.names):
        at = np.flatnonzero((cells.outcome == o) & model.known)
        if name == decisions.approving[0] or not len(at):
            continue
        contrast = by_cell[at[0]] - by_cell[cells.twin[at[0]]]
        spread = interval(fixed @ contrast, cutoffs)
        told.append(OutcomeEffect(name, float(estimate @ contrast), spread, name in leans.outcomes))
    return tuple(told)
