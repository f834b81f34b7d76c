"""Tables as data, said before anybody answers; and which combinations fall into which group of a table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from fairgate.engines.disclosure.answers import Ints
from fairgate.engines.disclosure.errors import BadTable

DETAILS: Mapping[str, tuple[tuple[int, ...], ...]] = {
    "steps": ((0,), (1,), (2,), (3,), (4,)),
    "thirds": ((0, 1), (2,), (3, 4)),
    "good": ((0, 1, 2), (3, 4)),
}
"""Which steps, from 0, are told together; finest first."""


@dataclass(frozen=True)
class Table:
    """Distributions of ``items`` in each group of the attributes ``by`` (none: everybody). A group needs ``least`` raters and
    ``deciders`` deciders (0: not checked); ``detail`` is the finest that may be told. ``within`` takes only some codes
    of an attribute, ``merge`` reads codes as others: units that became one. Margins are tables of their own."""

    name: str
    by: tuple[str, ...]
    items: tuple[str, ...]
    least: int = 5
    deciders: int = 3
    detail: str = "steps"
    within: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    merge: Mapping[str, Mapping[int, int]] = field(default_factory=dict)

    def groups(self, codes: Mapping[str, Ints]) -> tuple[list[tuple[int, ...]], Ints]:
        """The keys of the groups, in order, and which of them each combination is in, −1 for none [c].

        ``codes`` [c] per attribute. Raises `BadTable`.
        """
        self._check(codes)
        n = len(next(iter(codes.values()))) if codes else 1
        inside = np.ones(n, bool)
        for name, among in self.within.items():
            inside &= np.isin(codes[name], among)
        if not self.by:
            return [()] * bool(inside.any()), np.where(inside, 0, -1)
        rows = np.column_stack([self._read(name, codes[name]) for name in self.by])
        keys, of = np.unique(rows[inside], axis=0, return_inverse=True)
        label = np.full(n, -1, np.int64)
        label[inside] = of.reshape(-1)
        return [tuple(int(code) for code in key) for key in keys], label

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "by": list(self.by),
            "items": list(self.items),
            "least": self.least,
            "deciders": self.deciders,
            "detail": self.detail,
            "within": {name: list(codes) for name, codes in self.within.items()},
            "merge": {name: [[a, b] for a, b in pairs.items()] for name, pairs in self.merge.items()},
        }

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> "Table":
        within = {name: tuple(codes) for name, codes in given["within"].items()}
        merge = {name: {int(a): int(b) for a, b in pairs} for name, pairs in given["merge"].items()}
        plain = (given["name"], tuple(given["by"]), tuple(given["items"]))
        return cls(*plain, given["least"], given["deciders"], given["detail"], within, merge)

    def _read(self, name: str, codes: Ints) -> Ints:
        read = codes.copy()
        for old, new in self.merge.get(name, {}).items():
            read[codes == old] = new
        return read

    def _check(self, codes: Mapping[str, Ints]) -> None:
        for name in (*self.by, *self.within, *self.merge):
            if name not in codes:
                raise BadTable(f"{self.name}: there is no attribute {name!r}; there are {', '.join(codes)}.")
        if self.detail not in DETAILS:
            raise BadTable(f"{self.name}: found the detail {self.detail!r}; expected {', '.join(DETAILS)}.")
