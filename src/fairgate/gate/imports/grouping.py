"""The same thing wrong in many rows is one problem: how often, and where first, so that it drowns no other."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from fairgate.readers.flowing import Collects

MOST = 500  # different problems of this sort worth telling apart
FIRST = 3  # rows named of each

Told = Callable[[], tuple[str, str, str]]
"""What was found, what was expected and a hint; made once for each problem, not for each row."""


@dataclass(slots=True)
class Grouped:
    column: str
    found: str
    expected: str
    hint: str
    often: int = 0
    rows: list[int] = field(default_factory=list)

    def count(self, row: int) -> None:
        self.often += 1
        if len(self.rows) < FIRST:
            self.rows.append(row)

    def said(self) -> str:
        """What was found, and beyond one row how often and where first."""
        if self.often == 1:
            return self.found
        text = _("%(found)s in %(n)s rows (%(rows)s first)")
        rows = ", ".join(f"{row:,}" for row in self.rows)
        return text % {"found": self.found, "n": f"{self.often:,}", "rows": rows}


class Groups:
    """Takes what is wrong row by row; `tell` gives each sort of it once, in the order they were met."""

    def __init__(self) -> None:
        self._met: dict[tuple[str, str], Grouped] = {}
        self._more: dict[str, Grouped] = {}

    def add(self, row: int, column: str, what: str, told: Told) -> None:
        """``what`` tells apart what is wrong in one column."""
        group = self._met.get((column, what))
        if group is None:
            group = self._new(column, what, told) if len(self._met) < MOST else self._other(column)
        group.count(row)

    def tell(self, problems: Collects) -> int:
        """How many problems that are."""
        groups = [*self._met.values(), *self._more.values()]
        for group in groups:
            problems.add(group.rows[0], group.column, group.said(), group.expected, group.hint)
        return len(groups)

    def _new(self, column: str, what: str, told: Told) -> Grouped:
        return self._met.setdefault((column, what), Grouped(column, *told()))

    def _other(self, column: str) -> Grouped:
        return self._more.setdefault(
            column, Grouped(column, _("still other words"), _("words that are known here"), "")
        )
