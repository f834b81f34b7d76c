"""Tables that overlap: whoever compares two of them must not learn what the few said in whom they differ.

A team whose answers changed, but by fewer than `FEWEST_CHANGED` against a table that was scored before, has no figures. Where
nothing changed nothing can be learnt; and what was hidden before can't be compared with.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from fairgate.fairness import queries
from fairgate.fairness.models import Survey
from fairgate.fairness.rules import FEWEST_CHANGED, changed, without_figures

Row = Sequence[str | int]
Answers = Mapping[str, Mapping[tuple[str, str], int]]

NOTE = (
    "Its answers differ from those of a table scored before by fewer than {fewest}; two figures beside each other would tell "
    "what those few people said."
)


def compared(
    survey: Survey, scores: dict[str, Any], cells: list[list[str | int]]
) -> tuple[dict[str, Any], list[list[str | int]]]:
    """Both without the figures of teams that differ by too few."""
    now = _answers(cells)
    before = [_answers(result.cells) for result in queries.shown_before(survey)]
    alike = {
        team
        for team, answers in now.items()
        for then in before
        if team in then and 0 < changed(then[team], answers) < FEWEST_CHANGED
    }
    if not alike:
        return scores, cells
    note = NOTE.format(fewest=FEWEST_CHANGED)
    teams = [
        {**without_figures(team), "note": note} if team["team"] in alike else team for team in scores["teams"]
    ]
    best = scores.get("best", {"team": None, "alike": []})
    kept = {"team": None if best["team"] in alike else best["team"]}
    kept["alike"] = [team for team in best["alike"] if team not in alike]
    told = {**scores, "teams": teams, "best": kept, "too_alike": sorted(alike)}
    if {best["team"], *_compared_in(scores)} & alike:
        told["sensitivity"] = {}
    return told, _counted(cells, alike)


def _compared_in(scores: Mapping[str, Any]) -> list[str]:
    return [team for team in scores["sensitivity"].get("e_value", {}).get("teams", []) if team]


def _answers(cells: Sequence[Row]) -> Answers:
    """By team, of those whose figures are kept: answers by outcome and rating."""
    found: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for team, outcome, rating, number in cells:
        if rating != "":
            found[str(team)][str(outcome), str(rating)] = int(number)
    return found


def _counted(cells: Sequence[Row], alike: set[str]) -> list[list[str | int]]:
    """Of these teams only how many rows there are."""
    counts: dict[tuple[str, str, str], int] = {}
    for team, outcome, rating, number in cells:
        key = (str(team), "", "") if team in alike else (str(team), str(outcome), str(rating))
        counts[key] = counts.get(key, 0) + int(number)
    return [[*key, number] for key, number in sorted(counts.items())]
