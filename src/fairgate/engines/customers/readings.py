"""Three readings of "customer", side by side, and the warning when a reading tells nobody apart."""

from collections.abc import Sequence

from fairgate.engines.customers.answer import (
    Authority,
    ExternalCustomer,
    InternalCustomer,
    Note,
    Reading,
    Readings,
)

# From this share of a unit's served value on it counts as needing us. A tenth: below it, a unit could lose us
# and still serve nine in ten; and single stray documents, which every log has, don't make everyone a
# customer.
CUSTOMER_FROM = 0.10


def read(
    internal: Sequence[InternalCustomer],
    authority: Sequence[Authority],
    external: Sequence[ExternalCustomer],
    others: int,
    customer_from: float = CUSTOMER_FROM,
) -> Readings:
    """``others`` is the number of other named units."""
    needing = tuple(customer.unit for customer in internal if customer.dependence >= mark(customer_from))
    decided = tuple(unit.unit for unit in authority)
    return Readings(
        by_need=Reading(len(needing), others, needing),
        authority=Reading(len(decided), others, decided),
        external=Reading(0, others, (), tuple(external)),
    )


def mark(customer_from: float) -> float:
    """What a share is held against: exactly a tenth reaches a tenth, whatever rounding leaves of it in another currency."""
    return customer_from * (1.0 - 1e-9)


def separates_nobody(readings: Readings) -> list[Note]:
    """A note for each reading that tells nobody apart."""
    both = (("by_need", readings.by_need), ("authority", readings.authority))
    return [
        Note("separates_nobody", {"reading": name, "n": reading.n, "m": reading.m})
        for name, reading in both
        if reading.separates_nobody
    ]
