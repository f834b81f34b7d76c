"""What can't be answered, in plain sentences. Each error keeps the facts that a page may want to point at."""

from collections.abc import Sequence


class CustomersError(ValueError):
    """Base of everything this engine refuses; ``str(error)`` is a sentence for a person."""


class BadEvents(CustomersError):
    """Columns that don't fit together; ``event`` is the first event concerned (from 0), if one is."""

    def __init__(self, sentence: str, event: int | None = None) -> None:
        super().__init__(sentence)
        self.event = event


class NoEvents(CustomersError):
    def __init__(self) -> None:
        super().__init__("There are no events, so there is nothing to count.")


class OneUnit(CustomersError):
    """Fewer than two named units: there is no relation to speak of."""

    def __init__(self, units: Sequence[str]) -> None:
        found = f"only {units[0]}" if units else "no unit"
        super().__init__(f"At least two named units are needed, but {found} is named.")
        self.units = tuple(units)


class UnknownUnit(CustomersError):
    """``near`` holds the names that look most alike, best first."""

    def __init__(self, unit: str, near: Sequence[str]) -> None:
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        super().__init__(f"No unit is called {unit}.{hint}")
        self.unit, self.near = unit, tuple(near)


class BadPattern(CustomersError):
    def __init__(self, pattern: str, problem: str) -> None:
        super().__init__(f"The pattern {pattern} can't be read: {problem}.")
        self.pattern = pattern


class BadRows(CustomersError):
    """Rows of a table of needs or flows that can't be used; ``rows`` counts from 0."""

    def __init__(self, sentence: str, rows: Sequence[int]) -> None:
        super().__init__(sentence)
        self.rows = tuple(rows)


class MixedVolumes(BadRows):
    def __init__(self, without: Sequence[int]) -> None:
        named = ", ".join(str(row + 1) for row in without[:10]) + (", …" if len(without) > 10 else "")
        super().__init__(
            f"Some rows have a volume and some have none (without: row {named}). "
            "Give every row a volume, or none.",
            without,
        )


class SharesAboveOne(CustomersError):
    def __init__(self, unit: str, total: float) -> None:
        super().__init__(f"The shares that leave {unit} add up to {total:g}, which is more than 1.")
        self.unit, self.total = unit, total


class EndlessCycle(CustomersError):
    """Work that goes round and never leaves; ``units`` are those on the cycle."""

    def __init__(self, units: Sequence[str]) -> None:
        shown = ", ".join(units[:10]) + (", …" if len(units) > 10 else "")
        super().__init__(f"Work among {shown} goes round and never reaches an external customer.")
        self.units = tuple(units)


class NoCustomer(CustomersError):
    def __init__(self, sentence: str, names: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.names = tuple(names)
