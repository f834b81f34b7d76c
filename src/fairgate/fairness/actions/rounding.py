"""Scores of closed periods as they are stored: in whole points, and no finer than what one ballot moves."""

import math
from collections.abc import Mapping
from typing import Any

from fairgate.engines.disclosure import round_to_leave_one_out
from fairgate.engines.ordinal.fair import FairScores
from fairgate.fairness.queries.closed import ToldShare
from fairgate.fairness.rules import MARGIN

FIGURES = {
    "fair": ("fair", "interval"),
    "refusal": ("refusal", "refusal_interval"),
    "approval_effect": ("approval_effect", "approval_effect_interval"),
}


def rounded(found: FairScores) -> dict[str, Any]:
    """What of ``found`` is stored: each team with the ``steps`` its scores come in."""
    told = found.to_dict()
    for place, team in enumerate(told["teams"]):
        moves = {name: float(getattr(found.moves, name)[place]) for name in FIGURES} if found.moves else {}
        team["steps"] = {
            name: _round(team, *FIGURES[name], moves.get(name, 0.0))
            for name in FIGURES
            if team[name] is not None
        }
    for effect in told["outcome_effect"].values():
        effect["estimate"] = round(effect["estimate"], 1)
        effect["interval"] = [round(end, 1) for end in effect["interval"]]
    told["standard_deviations"] = {}
    return told


def _round(team: dict[str, Any], score: str, interval: str, move: float) -> int:
    """In place; the interval outwards. Returns the step."""
    to = round_to_leave_one_out(team[score], [team[score] + MARGIN * move])
    low, high = team[interval]
    team[score] = to.value
    team[interval] = [to.step * math.floor(low / to.step), to.step * math.ceil(high / to.step)]
    return to.step


def with_raw(scores: dict[str, Any], told: Mapping[str, ToldShare]) -> dict[str, Any]:
    """Each team's raw share as it may be told; hidden where it may not be, and said of whom."""
    hidden = []
    for team in scores["teams"]:
        if team["raw"] is None:
            continue
        share = told.get(team["team"])
        team["raw"] = share.percent if share else None
        if share:
            team["steps"]["raw"] = share.points
        else:
            hidden.append(team["team"])
    return scores | {"raw_hidden": hidden}
