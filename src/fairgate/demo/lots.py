"""A log of lots going through a plant, as a plant's system would export it. Seeded: the same file every time."""

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from fairgate.demo.plant import Plant, Step

HEADER = ("case", "activity", "unit", "time", "external customer")
# A lot that was sent back this often is rejected, so that every lot ends.
PATIENCE = 4


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot on its way: what was done to it where and when."""

    name: str
    packs: int
    events: tuple[tuple[str, str, datetime], ...]
    """Unit, activity, when."""


def lots_of(plant: Plant) -> Iterator[Lot]:
    """Every lot of the plant, in the order they began."""
    draw = random.Random(plant.seed)  # noqa: S311  (a demonstration, not a secret)
    for number in range(plant.lots):
        begun = plant.from_day + timedelta(days=plant.days * number / plant.lots)
        packs = draw.randrange(80, 121) * 100
        yield Lot(f"Lot {number + 1:04}", packs, tuple(_way(plant.steps, begun, draw)))


def log_of(plant: Plant) -> bytes:
    """The log as CSV."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow((*HEADER, plant.recorded_unit))
    external = plant.processes[plant.recorded_process]
    for lot in lots_of(plant):
        for unit, activity, at in lot.events:
            writer.writerow((lot.name, activity, unit, at.isoformat(timespec="seconds"), external, lot.packs))
    return stream.getvalue().encode()


def _way(
    steps: tuple[Step, ...], begun: datetime, draw: random.Random
) -> Iterator[tuple[str, str, datetime]]:
    at, position, sent_back = begun, 0, 0
    while position < len(steps):
        step = steps[position]
        position += 1
        if draw.random() < step.skip:
            continue
        at += timedelta(hours=step.hours * draw.uniform(0.6, 1.6))
        chance = draw.random() if step.gate else 1.0
        if not step.gate:
            yield step.unit, step.activity, at
        elif chance < step.reject or (chance < step.reject + step.send_back and sent_back >= PATIENCE):
            yield step.unit, f"{step.activity} rejected", at
            return
        elif chance < step.reject + step.send_back:
            yield step.unit, f"{step.activity} returned", at
            position, sent_back = step.back_to, sent_back + 1
        else:
            yield step.unit, f"{step.activity} approved", at
