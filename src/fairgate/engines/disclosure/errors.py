"""What can't be protected as it is, in plain sentences."""


class DisclosureError(ValueError):
    """Base of everything this engine refuses; ``str(error)`` is a sentence for a person."""


class BadAnswers(DisclosureError):
    """Columns that don't fit together, or codes and ratings outside their range."""


class BadTable(DisclosureError):
    """A table that names an attribute, item or detail that isn't there."""


class TooFew(DisclosureError):
    """Combinations of attributes that fewer ballots share than `least`; ``combinations`` says how many. Recode first."""

    def __init__(self, sentence: str, combinations: int) -> None:
        super().__init__(sentence)
        self.combinations = combinations
