"""The quality system’s decisions come in, every night; some are looked at again."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from fairgate.demo.everyday.cast import MAKER, Cast
from fairgate.demo.history import NOTHING, Decided, decisions_csv, decisions_of
from fairgate.demo.plant import Plant
from fairgate.gate import actions as gate
from fairgate.gate import imports
from fairgate.gate.actions import imports as mappings
from fairgate.gate.models import Decision
from fairgate.gate.rules import LookResult, Outcome

SOURCE = "Quality system (invented)"
COLUMNS = {
    "key": "key",
    "kind": "kind",
    "unit": "unit",
    "process": "process",
    "team": "team",
    "item": "item",
    "asked": "asked",
    "risk": "risk",
    "submitted_at": "submitted",
    "promised_by": "promised",
    "decided_at": "decided",
    "outcome": "outcome",
    "submitter": "submitter",
    "decider": "decider",
    "follows": "follows",
}


def install(cast: Cast) -> None:
    """The preset, and the teams with their three people each."""
    gate.install(by=MAKER, unit=cast.function.pk, code=cast.plant.preset)
    deciders = cast.workers(cast.plant.function)
    for number, team in enumerate(cast.plant.teams):
        made = gate.add_team(by=MAKER, unit=cast.function.pk, name=team.name)
        for person in deciders[number * 3 : number * 3 + 3]:
            gate.place_in_team(by=MAKER, team=made.pk, person=person.pk)


def bring_decisions(cast: Cast) -> None:
    """The quality system's export, as every night: mapped once, read, looked at, applied."""
    mapping = mappings.keep_mapping(
        by=MAKER,
        name="Every night from the quality system",
        source=SOURCE,
        deciding_unit=cast.function.pk,
        columns=COLUMNS,
        values={},
        options={},
    )
    coming = imports.open_file(
        by=MAKER, name="decisions.csv", content=[decisions_csv(cast.plant)], mapping=mapping.pk
    )
    imports.read(by=MAKER, pk=coming.pk)()
    imports.apply(by=MAKER, pk=coming.pk)


def decisions_by_key() -> dict[str, Decision]:
    decisions = Decision.objects.filter(request__source=SOURCE).select_related("request__unit")
    return {decision.request.key: decision for decision in decisions}


def recent(plant: Plant, days: int) -> Iterator[Decided]:
    """Refusals and returns of the export's last ``days``, oldest first."""
    since = plant.from_day + timedelta(days=plant.days - days)
    return (row for row in decisions_of(plant) if row.harm and row.decided >= since)


def second_looks(cast: Cast, known: Mapping[str, Decision]) -> None:
    """Suppliers that were refused needlessly are looked at again by somebody else of the function, and approved."""
    needless = [row for row in recent(cast.plant, 365) if row.harm == NOTHING and row.kind == "supplier"]
    for row in needless[: cast.plant.overturned]:
        pk = known[row.key].request_id
        gate.ask_second_look(
            by=cast.lead(row.unit),
            pk=pk,
            why="The questionnaire is complete, and the audit report of last spring was not looked at.",
        )
        gate.look_again(
            by=cast.lead(cast.plant.function),
            pk=pk,
            result=LookResult.OVERTURNED,
            reasons="The audit report answers what was asked. The refusal was needless.",
            outcome=Outcome.APPROVED,
        )
