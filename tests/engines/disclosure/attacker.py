"""The attacker's own program: nothing of the engine but what it published.

Knows every published number (as the stored JSON), which ballots fall into which group, how many ballots each combination
of attributes has, and perhaps one own ballot. Solves for whole numbers at the level of combinations, one inequality at a time.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from fairgate.engines.disclosure import Answers

Published = dict[str, Any]
Own = tuple[tuple[int, ...], int]


class Attacker:
    def __init__(self, answers: Answers, publications: list[Published], item: str) -> None:
        self.names = list(answers.attributes)
        rows = list(zip(*(answers.attributes[name].tolist() for name in self.names), strict=True))
        self.ballots = Counter(rows)
        self.known = list(self.ballots)
        self.at = {row: i for i, row in enumerate(self.known)}
        self.item = item
        self.lines: list[tuple[np.ndarray, float, float]] = []
        for row, n in self.ballots.items():
            self.lines.append((self.vector([row], range(6)), n, n))
        for publication in publications:
            for one in publication["tables"]:
                for group in one["groups"]:
                    self.read(one["table"], group)

    def inside(self, table: Published, key: list[int]) -> list[tuple[int, ...]]:
        found = []
        for row in self.known:
            of = dict(zip(self.names, row, strict=True))
            if any(of[name] not in among for name, among in table["within"].items()):
                continue
            for name, pairs in table["merge"].items():
                of[name] = dict(map(tuple, pairs)).get(of[name], of[name])
            if [of[name] for name in table["by"]] == list(key):
                found.append(row)
        return found

    def vector(self, rows: list[tuple[int, ...]], levels: Any) -> np.ndarray:
        made = np.zeros(6 * len(self.known))
        for row in rows:
            for level in levels:
                made[6 * self.at[row] + level] = 1
        return made

    def read(self, table: Published, group: Published) -> None:
        shown = group["shown"].get(self.item)
        if shown is None:
            return
        rows = self.inside(table, group["key"])
        self.lines.append((self.vector(rows, range(5)), shown["raters"], shown["raters"]))
        for steps, low, high, _ in shown["parts"]:
            self.lines.append((self.vector(rows, steps), low, high))

    def narrow(self, table: Published, key: list[int], steps: Iterable[int], own: Own | None = None) -> int:
        """How wide the answers in ``steps`` of a group stay."""
        aim = self.vector(self.inside(table, key), steps)
        least = np.zeros(len(aim))
        if own is not None:
            least[6 * self.at[own[0]] + own[1]] = 1
        matrix, low, high = (np.array([line[i] for line in self.lines]) for i in range(3))
        ends = []
        for sign in (1, -1):
            found = milp(
                sign * aim,
                integrality=np.ones(len(aim)),
                bounds=Bounds(least, np.inf),
                constraints=LinearConstraint(matrix, low, high),
            )
            assert found.status == 0, found.message
            ends.append(round(sign * found.fun))
        return ends[1] - ends[0]
