"""What can't be monitored, in plain sentences."""


class MonitoringError(ValueError):
    """Base of everything this engine refuses; ``str(error)`` is a sentence for a person."""


class BadTable(MonitoringError):
    """A table of agreement that is not square, holds negative numbers or nothing at all."""


class BadDelays(MonitoringError):
    """Delays and windows that don't fit together; ``item`` is the first one concerned, from 0, if one is."""

    def __init__(self, sentence: str, item: int | None = None) -> None:
        super().__init__(sentence)
        self.item = item
