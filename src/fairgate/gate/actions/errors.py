"""Why an action was not done. Codes: pages say them with `gate.wording`."""

from collections.abc import Sequence
from datetime import datetime

from fairgate.gate.rules import Fault, NotNow


class NotAllowedNow(Exception):
    """The request is not in a state for this."""

    def __init__(self, code: NotNow) -> None:
        self.code = code
        super().__init__(code.value)


class Faulty(Exception):
    """Something that was typed is missing or wrong; nothing was saved."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.field}: {fault.code}" for fault in faults))


class AlreadyDecided(Exception):
    """Somebody decided, or reviewed (``outcome`` is then empty), after the page was shown."""

    def __init__(self, by_name: str, at: datetime, outcome: str) -> None:
        self.by_name, self.at, self.outcome = by_name, at, outcome
        super().__init__(f"{by_name}, {at:%Y-%m-%d %H:%M} UTC: {outcome or 'reviewed'}")


def refuse(faults: Sequence[Fault]) -> None:
    """Raise `Faulty` where there is anything to say."""
    if faults:
        raise Faulty(faults)
