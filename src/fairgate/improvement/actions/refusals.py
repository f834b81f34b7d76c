"""Why something was not done; nothing is saved then."""

from collections.abc import Iterable

from fairgate.improvement.rules import FieldFault, Refusal


class Faulty(Exception):
    """What was typed can't be kept as it is: every fault, by field."""

    def __init__(self, faults: Iterable[FieldFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{fault.field}: {fault.fault}" for fault in self.faults))


class NotAllowedNow(Exception):
    """It stands differently than when the page was shown."""

    def __init__(self, code: Refusal) -> None:
        self.code = code
        super().__init__(code.value)


def refuse_if(faults: Iterable[FieldFault]) -> None:
    """Raises Faulty where there is any."""
    if found := list(faults):
        raise Faulty(found)


def only_if(possible: bool, code: Refusal = Refusal.STATE) -> None:
    """Raises NotAllowedNow unless it is possible."""
    if not possible:
        raise NotAllowedNow(code)
