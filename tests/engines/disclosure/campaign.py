"""One sequence of publications, made as an installation makes them, and the attacker let loose on it."""

from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import numpy as np

from engines.disclosure.attacker import Attacker
from engines.disclosure.worlds import World
from fairgate.engines.disclosure import Answers, Publication, protect, recode, recoding

WIDTH = 5
STEPS = ((0,), (1,), (2,), (3,), (4,), (0, 1), (3, 4), (0, 1, 2), (0, 1, 2, 3, 4))
"""What of a hidden figure stays open; the last, how many could judge, where fewer than five did."""
Publishing = Callable[[World], tuple[Answers, list[Publication]]]


def kept(world: World, k: int = 5) -> Answers:
    """Each period recoded on its own, as they are closed one after another. Groups of one mind stay: tables have to keep them,
    too, and don't rest on their being dropped."""
    periods = world.answers.attributes["period"]
    each = [world.answers.only(periods == p) for p in np.unique(periods)]
    with patch.object(recoding, "_mixed", lambda of, said: np.ones(int(of.max(initial=-1)) + 1, bool)):
        found = [recode(one, fixed=("period", "team", "outcome"), k=k).answers for one in each]
    joined = {
        name: np.concatenate([one.attributes[name] for one in found]) for name in world.answers.attributes
    }
    items = {name: np.concatenate([one.items[name] for one in found]) for name in world.answers.items}
    return Answers(joined, items, np.concatenate([one.decider for one in found if one.decider is not None]))


def publish(world: World, *, k: int = 5) -> tuple[Answers, list[Publication]]:
    answers = kept(world, k)
    published: list[Publication] = []
    for period, tables in world.steps:
        now = answers.only(answers.attributes["period"] <= period)
        if now.ballots:
            published.append(protect(now, tables, earlier=published, k=k))
    return answers, published


def secrets(stored: list[dict[str, Any]]) -> list[tuple[Any, Any, int]]:
    """(table, key, which publication) of all that must stay open."""
    return [
        (one["table"], group["key"], at)
        for at, publication in enumerate(stored)
        for one in publication["tables"]
        for group in one["groups"]
        if "respect" not in group["shown"] or group["shown"]["respect"]["raters"] < WIDTH
    ]


def narrowed(
    answers: Answers, published: list[Publication], seed: int, most: int = 6
) -> Iterator[tuple[Any, ...]]:
    """Every secret, of ``most`` tried, that the attacker narrows below what was declared, and below what earlier publications had
    left open (a group that is only the sum of what was told before is no secret).

    Secret is what is hidden, and what truly has fewer than five raters, whatever the publication says of it.
    """
    generator = np.random.default_rng(seed)
    stored = [publication.to_dict() for publication in published]
    attacker, secret = Attacker(answers, stored, "respect"), secrets(stored)
    for at in generator.permutation(len(secret))[:most]:
        table, key, when = secret[at]
        before = Attacker(answers, stored[:when], "respect")
        raters = could_judge(answers, attacker, table, key)
        steps = STEPS[generator.integers(len(STEPS) - (raters >= WIDTH))]
        ballots = sum(attacker.ballots[row] for row in attacker.inside(table, key))
        wide = attacker.narrow(table, key, steps)
        if wide < min(WIDTH, ballots) and wide < before.narrow(table, key, steps):
            yield table["name"], key, steps, wide, "outside"
        own = _own(answers, attacker, table, key, generator)
        wide = attacker.narrow(table, key, steps, own)
        if wide < min(WIDTH, ballots) - 1 and wide < before.narrow(table, key, steps, own):
            yield table["name"], key, steps, own, "insider"


def could_judge(answers: Answers, attacker: Attacker, table: Any, key: Any) -> int:
    """How many of a group could judge, in truth."""
    rows = zip(*(codes.tolist() for codes in answers.attributes.values()), strict=True)
    inside = set(attacker.inside(table, key))
    judged = (answers.items["respect"] >= 0).tolist()
    return sum(can for row, can in zip(rows, judged, strict=True) if row in inside)


def _own(answers: Answers, attacker: Attacker, table: Any, key: Any, generator: np.random.Generator) -> Any:
    """A ballot of somebody, half of the time of one in the group itself."""
    rows = list(zip(*(codes.tolist() for codes in answers.attributes.values()), strict=True))
    inside = set(attacker.inside(table, key))
    among = (
        [i for i, row in enumerate(rows) if row in inside] if generator.random() < 0.5 else range(len(rows))
    )
    i = int(generator.choice(list(among)))
    rating = int(answers.items["respect"][i])
    return rows[i], 5 if rating < 0 else rating
