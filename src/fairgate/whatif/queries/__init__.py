"""Every read of the room. What a person may know or do is asked here."""

from fairgate.whatif.queries.doors import may_enter, may_make, sees, units_for
from fairgate.whatif.queries.lots import Lots, lots_in
from fairgate.whatif.queries.runs import RunPage, Told, latest_answer, result_of, run_for, run_page
from fairgate.whatif.queries.scenarios import (
    Choosable,
    Line,
    ScenarioList,
    ScenarioPage,
    choosable,
    chosen_in,
    held_in,
    is_old,
    latest_edition,
    list_for,
    old_among,
    scenario_for,
    scenario_page,
    scenarios_for,
)

__all__ = [
    "Choosable",
    "Line",
    "Lots",
    "RunPage",
    "ScenarioList",
    "ScenarioPage",
    "Told",
    "choosable",
    "chosen_in",
    "held_in",
    "is_old",
    "latest_answer",
    "latest_edition",
    "list_for",
    "lots_in",
    "may_enter",
    "may_make",
    "old_among",
    "result_of",
    "run_for",
    "run_page",
    "scenario_for",
    "scenario_page",
    "scenarios_for",
    "sees",
    "units_for",
]
