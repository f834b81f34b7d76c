"""What a plant's quality system would export after two years: decisions, and the complaints that came in. Seeded, and with
truths planted that the product must find again (docs/reference/demonstrations.md).

Nobody here decides by looking at what is wrong: what was decided is drawn first, and then what would have happened, so that
the planted shares hold whatever the mix.
"""

import csv
import io
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from functools import cache

from fairgate.demo.lots import lots_of
from fairgate.demo.plant import Line, Plant, Team

# What a stopped item would have done, when it would have done anything; DESIGN section 5's words.
HARMS = (("harm", 0.08), ("recall", 0.17), ("rework", 0.50), ("cosmetic", 0.25))
NOTHING = "nothing"
# Severity of what escaped.
SEVERITIES = (("minor", 0.62), ("major", 0.30), ("critical", 0.08))
# Days from passing to the complaint: gamma with this shape and scale, mean 110.
DELAY = (2.0, 55.0)


@dataclass(frozen=True, slots=True)
class Decided:
    """One row of the quality system's export, and the truth nobody exports."""

    key: str
    kind: str
    unit: str
    process: str
    team: str
    item: str
    asked: str
    risk: str
    submitted: datetime
    promised: datetime
    decided: datetime
    outcome: str
    submitter: str
    decider: str
    follows: str = ""
    harm: str = ""
    """Stopped: what it would have done."""
    escaped: datetime | None = None
    """Passed, and yet wrong: when the complaint comes, be it after the export."""


@dataclass(frozen=True, slots=True)
class Reported:
    """One row of the complaints list."""

    key: str
    product: str
    lot: str
    complainant: str
    nature: str
    severity: str
    received: date
    reply: str
    external: str


@cache
def decisions_of(plant: Plant) -> tuple[Decided, ...]:
    """Every decision, oldest first."""
    draw = random.Random(plant.seed + 1)  # noqa: S311  (a demonstration, not a secret)
    rows = [*_lots(plant, draw), *(row for line in plant.lines for row in _line(plant, line, draw))]
    return tuple(sorted(rows, key=lambda row: (row.decided, row.key)))


@cache
def complaints_of(plant: Plant) -> tuple[Reported, ...]:
    """Complaints until the export, oldest first: the escapes that had time to fail, and others that no decision let out."""
    draw = random.Random(plant.seed + 2)  # noqa: S311  (a demonstration, not a secret)
    rows = [
        _complaint(plant, number, row.item, row.process, row.escaped, draw)
        for number, row in enumerate(escapes_of(plant), start=1)
        if row.escaped
    ]
    for number in range(plant.other_complaints):
        process = draw.choice(list(plant.processes))
        received = plant.from_day + timedelta(days=plant.days * draw.random())
        lot = f"Lot {draw.randrange(1, plant.lots + 1):04}"
        rows.append(_complaint(plant, 500 + number, lot, process, received, draw, is_other=True))
    return tuple(sorted(rows, key=lambda row: (row.received, row.key)))


def escapes_of(plant: Plant) -> list[Decided]:
    """What was passed, was wrong, and showed before the export."""
    return [row for row in decisions_of(plant) if row.escaped and row.escaped <= plant.until]


def as_csv(rows: Iterable[Decided | Reported], without: frozenset[str] = frozenset()) -> bytes:
    """The export as a file; ``without`` are columns that nobody exports."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    names: list[str] = []
    for row in rows:
        if not names:
            names = [field.name for field in fields(row) if field.name not in without]
            writer.writerow(name.replace("_", " ") for name in names)
        writer.writerow(_cell(getattr(row, name)) for name in names)
    return stream.getvalue().encode()


def decisions_csv(plant: Plant) -> bytes:
    return as_csv(decisions_of(plant), without=frozenset({"harm", "escaped"}))


def complaints_csv(plant: Plant) -> bytes:
    return as_csv(complaints_of(plant))


def _cell(value: object) -> object:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value


def _lots(plant: Plant, draw: random.Random) -> Iterator[Decided]:
    """The decisions on lots, as the event log has them. The team is drawn knowing the outcome, by Bayes' rule, so that
    teams differ in how often they stop a lot."""
    for lot in lots_of(plant):
        attempts, previous = 0, dict[str, str]()
        before = (lot.events[0][0], lot.events[0][2])
        for unit, activity, at in lot.events:
            name, _, ending = activity.rpartition(" ")
            gate = plant.gates_of_lots.get(name)
            if gate is None or ending not in OUTCOME_OF:
                before = (unit, at) if unit in plant.submitting else before
                continue
            attempts += 1
            outcome = OUTCOME_OF[ending]
            key = f"{lot.name}/{attempts}"
            team = _team_for(plant, outcome, at, draw)
            yield _with_truth(
                plant,
                Decided(
                    key=key,
                    kind=_kind(gate, outcome),
                    unit=before[0],
                    process=plant.recorded_process,
                    team=team.name,
                    item=lot.name,
                    asked=gate.asked.format(item=lot.name),
                    risk="major",
                    submitted=before[1],
                    promised=_promised(plant, gate, before[1]),
                    decided=at,
                    outcome=outcome,
                    submitter=_somebody(plant, before[0], draw),
                    decider=_member(plant, team, draw),
                    follows=previous.get(name, ""),
                ),
                gate,
                team,
                draw,
            )
            previous = {name: key} if outcome == "returned" else {}


# A batch is released or rejected; what is missing in its record is returned by the review of the record.
RETURNED_AS = {"batch-disposition": "batch-record-review"}
OUTCOME_OF = {"approved": "approved", "rejected": "refused", "returned": "returned"}


def _line(plant: Plant, line: Line, draw: random.Random) -> Iterator[Decided]:
    """One kind of request through the two years. What was returned comes back once, improved."""
    latest = plant.from_day + timedelta(days=plant.days - 30)
    span = (latest - plant.from_day).total_seconds()
    for number in range(1, line.number + 1):
        submitted = plant.from_day + timedelta(seconds=span * draw.random())
        item, follows = line.item.format(number=number), ""
        for attempt in (1, 2):
            team = draw.choice(plant.teams)
            stopped = draw.random() < line.stop * team.stops * (
                team.later_stops if _late(plant, submitted) else 1.0
            )
            outcome = _outcome(line, stopped, draw)
            decided = submitted + timedelta(hours=line.hours * draw.lognormvariate(0.0, 0.45))
            row = Decided(
                key=f"{item}/{attempt}",
                kind=_kind(line, outcome),
                unit=line.unit,
                process=line.process,
                team=team.name,
                item=item,
                asked=line.asked.format(item=item),
                risk=draw.choices(("minor", "major", "critical"), (6, 3, 1))[0],
                submitted=submitted,
                promised=_promised(plant, line, submitted),
                decided=decided,
                outcome=outcome,
                submitter=_somebody(plant, line.unit, draw),
                decider=_member(plant, team, draw),
                follows=follows,
            )
            yield _with_truth(plant, row, line, team, draw)
            if outcome != "returned":
                break
            follows, submitted = row.key, decided + timedelta(days=draw.uniform(1, 9))
            if submitted > latest:
                break


def _with_truth(plant: Plant, row: Decided, line: Line, team: Team, draw: random.Random) -> Decided:
    """What would have happened, or will."""
    if row.outcome in {"refused", "returned"}:
        needless = draw.random() < line.needless
        harm = NOTHING if needless else _one_of(HARMS, draw)
        return _changed(row, harm=harm)
    rate = team.later_escapes if _late(plant, row.submitted) else team.escapes
    if draw.random() >= rate * line.escapes:
        return row
    return _changed(row, escaped=row.decided + timedelta(days=draw.gammavariate(*DELAY)))


def _kind(line: Line, outcome: str) -> str:
    return RETURNED_AS.get(line.kind, line.kind) if outcome == "returned" else line.kind


def _changed(row: Decided, harm: str = "", escaped: datetime | None = None) -> Decided:
    values = {field.name: getattr(row, field.name) for field in fields(row)}
    return Decided(**(values | {"harm": harm, "escaped": escaped}))


def _outcome(line: Line, stopped: bool, draw: random.Random) -> str:
    if stopped:
        return "refused" if draw.random() < line.refuse else "returned"
    return "conditions" if draw.random() < line.conditions else "approved"


def _team_for(plant: Plant, outcome: str, at: datetime, draw: random.Random) -> Team:
    """A team, knowing what it decided: P(team | outcome) is proportional to P(outcome | team)."""
    usual = 0.12
    stops = [usual * team.stops * (team.later_stops if _late(plant, at) else 1.0) for team in plant.teams]
    weights = [1 - stop for stop in stops] if outcome == "approved" else stops
    return draw.choices(plant.teams, weights)[0]


def _one_of(weighted: tuple[tuple[str, float], ...], draw: random.Random) -> str:
    return draw.choices([it for it, _ in weighted], [weight for _, weight in weighted])[0]


def _promised(plant: Plant, line: Line, submitted: datetime) -> datetime:
    return plant.working_days.after(submitted, line.promise_days)


def _late(plant: Plant, at: datetime) -> bool:
    """Whether it is the second year, when one team's approvals had drifted up."""
    return at >= plant.from_day + timedelta(days=plant.days / 2)


def _somebody(plant: Plant, unit: str, draw: random.Random) -> str:
    """A number out of the unit's people: the quality system's own way to name them."""
    return f"{unit} {draw.randrange(1, plant.headcount[unit]):03}"


def _member(plant: Plant, team: Team, draw: random.Random) -> str:
    """One of the three people of a team."""
    first = plant.teams.index(team) * 3
    return f"{plant.function} {first + draw.randrange(3):03}"


def _complaint(
    plant: Plant,
    number: int,
    lot: str,
    process: str,
    received: datetime,
    draw: random.Random,
    *,
    is_other: bool = False,
) -> Reported:
    """``is_other``: about something no decision let out."""
    natures = plant.other_natures if is_other else plant.natures
    return Reported(
        key=f"C-{number:04}",
        product=process,
        lot=lot,
        complainant=f"{plant.processes[process]} {draw.randrange(1, 400):03}",
        nature=draw.choice(natures),
        severity="minor" if is_other else _one_of(SEVERITIES, draw),
        received=received.date(),
        reply=""
        if received >= plant.until - timedelta(days=20)
        else "Answered with an apology and a replacement.",
        external=plant.processes[process],
    )
