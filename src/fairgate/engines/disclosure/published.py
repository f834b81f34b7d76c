"""What is published, and nothing else: plain values that go into the database and onto pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fairgate.engines.disclosure.coding import Shown
from fairgate.engines.disclosure.tables import Table


@dataclass(frozen=True, slots=True)
class Group:
    """``key``: codes in the order of the table's ``by``. ``ballots``: how many, told always. ``shown``: what is told by item; an
    item that is missing is hidden. No reason is kept: it would tell."""

    key: tuple[int, ...]
    ballots: int
    shown: Mapping[str, Shown]


@dataclass(frozen=True, slots=True)
class PublishedTable:
    table: Table
    groups: tuple[Group, ...]

    @property
    def withheld(self) -> bool:
        """Whether nothing at all of it is told."""
        return bool(self.groups) and not any(group.shown for group in self.groups)

    @property
    def figures(self) -> int:
        return len(self.groups) * len(self.table.items)

    @property
    def hidden(self) -> int:
        """How many of its figures (group × item) are not told."""
        return self.figures - sum(len(group.shown) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure that could be narrowed too far: to ``low`` … ``high`` answers in ``steps``, where ``needed`` had to stay
    open; ``insider``: only by one who knows an own ballot. Never to be published: ``low`` and ``high`` may be the secret."""

    table: str
    key: tuple[int, ...]
    item: str
    steps: tuple[int, ...]
    low: int
    high: int
    needed: int
    insider: bool


@dataclass(frozen=True, slots=True)
class Audit:
    """``checked``: hidden and coded figures looked at; ``insiders``: kinds of own ballot tried; ``width``: answers that a hidden
    figure has to leave open; ``failed``: how many don't; ``findings``: which (in memory only)."""

    checked: int
    insiders: int
    width: int
    failed: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def passed(self) -> bool:
        return self.failed == 0

    def to_dict(self) -> dict[str, Any]:
        """Without what was found: only how often."""
        return {"checked": self.checked, "insiders": self.insiders, "width": self.width, "failed": self.failed}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Publication:
    """``tables`` as told, and the ``audit`` they passed."""

    tables: tuple[PublishedTable, ...]
    audit: Audit

    @property
    def hidden(self) -> dict[str, int]:
        return {one.table.name: one.hidden for one in self.tables}

    @property
    def of(self) -> dict[str, int]:
        return {one.table.name: one.figures for one in self.tables}

    def value(self, table: str, key: tuple[int, ...], item: str) -> Shown | None:
        """None where it is hidden or isn't there."""
        for one in self.tables:
            if one.table.name == table:
                return next((group.shown.get(item) for group in one.groups if group.key == key), None)
        return None

    def to_dict(self) -> dict[str, Any]:
        return {"tables": [_table_to_dict(one) for one in self.tables], "audit": self.audit.to_dict()}

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> "Publication":
        told = given["audit"]
        audit = Audit(told["checked"], told["insiders"], told["width"], told["failed"])
        return cls(tuple(_table_from_dict(one) for one in given["tables"]), audit)


def _table_to_dict(one: PublishedTable) -> dict[str, Any]:
    groups = [
        {
            "key": list(group.key),
            "ballots": group.ballots,
            "shown": {item: shown.to_dict() for item, shown in group.shown.items()},
        }
        for group in one.groups
    ]
    return {"table": one.table.to_dict(), "groups": groups}


def _table_from_dict(given: Mapping[str, Any]) -> PublishedTable:
    groups = tuple(
        Group(
            tuple(group["key"]),
            group["ballots"],
            {item: Shown.from_dict(shown) for item, shown in group["shown"].items()},
        )
        for group in given["groups"]
    )
    return PublishedTable(Table.from_dict(given["table"]), groups)
