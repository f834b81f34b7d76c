"""What can't be fitted or scored, in plain sentences. Each error keeps the facts a page may want to point at."""

from collections.abc import Sequence


class OrdinalError(ValueError):
    """Base of everything this engine refuses; ``str(error)`` is a sentence for a person."""


class BadRatings(OrdinalError):
    """Columns that don't fit together; ``row`` is the first row concerned (from 0), if one is."""

    def __init__(self, sentence: str, row: int | None = None) -> None:
        super().__init__(sentence)
        self.row = row


class NoRatings(OrdinalError):
    def __init__(self) -> None:
        super().__init__("There are no ratings, so there is nothing to fit.")


class OneLevel(OrdinalError):
    """Every rating is the same: nothing can explain why ratings differ."""

    def __init__(self, level: str) -> None:
        super().__init__(f"Every rating is {level}. At least two different ratings are needed.")
        self.level = level


class TooManyLevels(OrdinalError):
    """Random factors beside the largest are solved for together, in a dense matrix of their levels."""

    def __init__(self, levels: int, most: int) -> None:
        super().__init__(
            f"The random factors have {levels:,} levels besides the largest factor's; at most {most:,} can be "
            "solved for together. Leave a factor out, or nest it in the largest one."
        )
        self.levels, self.most = levels, most


class NotSolved(OrdinalError):
    """The search left the numbers a computer can hold."""

    def __init__(self) -> None:
        super().__init__(
            "The fit could not be computed: the likelihood has no value where the search began. "
            "Look for a column of numbers with extreme values."
        )


class NothingToCompare(OrdinalError):
    """A fair score compares teams over outcomes: without two of either there is nothing to adjust."""


class UnknownName(OrdinalError):
    """``near`` holds what there is."""

    def __init__(self, what: str, name: str, known: Sequence[str]) -> None:
        shown = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
        super().__init__(f"No {what} is called {name}. There are: {shown}.")
        self.name, self.known = name, tuple(known)
