"""A stream: one process that serves one external customer, as declared. What passes whom there, and what
fails without a unit.

Needs are joined by *and*: whoever needs two things is stuck without either. Only suppliers of the same thing
can stand in for each other. So failing spreads: a unit fails when one of the things it needs has no supplier
left, or when nothing reaches it any more (help flows from supplier to customer, a release from the customer
on to the supplier that releases).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from fairgate.engines.customers.needs import Need, NeedKind


@dataclass(frozen=True, eq=False)
class Stream:
    process: str
    external: str
    needs: tuple[Need, ...]

    @cached_property
    def total(self) -> float:
        """The stream's volume: the largest declared in it."""
        return max(need.volume for need in self.needs)

    @cached_property
    def volume_of(self) -> dict[str, float]:
        """Each customer's volume: the largest it declared here."""
        return _largest((need.customer, need.volume) for need in self.needs)

    @cached_property
    def through(self) -> dict[str, float]:
        """What passes each unit: the largest volume of a need that it has or meets."""
        met = _largest((need.supplier, need.volume) for need in self.needs)
        return {unit: max(self.volume_of.get(unit, 0.0), met.get(unit, 0.0)) for unit in self.volume_of | met}

    @cached_property
    def things(self) -> dict[str, list[set[str]]]:
        """For each customer, the suppliers of each thing it needs. Needs that don't say what are each a thing
        of its own."""
        suppliers: dict[tuple[str, str, str | int], set[str]] = defaultdict(set)
        for row, need in enumerate(self.needs):
            suppliers[need.customer, need.kind, need.what or row].add(need.supplier)
        things: dict[str, list[set[str]]] = defaultdict(list)
        for (customer, _, _), who in suppliers.items():
            things[customer].append(who)
        return dict(things)

    @cached_property
    def arrives_from(self) -> dict[str, set[str]]:
        """For each unit, those from whom work reaches it."""
        before: dict[str, set[str]] = defaultdict(set)
        for need in self.needs:
            if need.kind is NeedKind.HELP:
                before[need.customer].add(need.supplier)
            else:
                before[need.supplier].add(need.customer)
        return dict(before)

    @cached_property
    def helped_by(self) -> dict[str, set[str]]:
        """For each unit, whom it helps."""
        helped: dict[str, set[str]] = defaultdict(set)
        for need in self.needs:
            if need.kind is NeedKind.HELP:
                helped[need.supplier].add(need.customer)
        return dict(helped)

    @cached_property
    def servers(self) -> set[str]:
        """Who serves the external customer: customers whose work goes to nobody else here, neither as help
        nor by a releaser that helps someone else. If work only goes round, all of them."""
        onward = {unit: set(self.helped_by.get(unit, ())) for unit in self.volume_of}
        for need in self.needs:
            if need.kind is NeedKind.RELEASE:
                onward[need.customer] |= self.helped_by.get(need.supplier, set()) - {need.customer}
        last = {unit for unit, others in onward.items() if not others}
        return last or set(onward)

    def failing_without(self, unit: str) -> set[str]:
        """Everyone who can't go on when this unit is gone, itself included."""
        failed, spreading = {unit}, True
        while spreading:
            stuck = {w for w, things in self.things.items() if any(who <= failed for who in things)}
            starved = {w for w, before in self.arrives_from.items() if before <= failed}
            spreading = not (stuck | starved) <= failed
            failed |= stuck | starved
        return failed

    def endless_help(self) -> list[str]:
        """Units that help only each other, round and round, so that nothing ever leaves; else none."""
        reaches = {unit: self._helped_at_last(unit) for unit in self.helped_by}
        for unit, helped in reaches.items():
            if unit in helped and all(other in reaches and unit in reaches[other] for other in helped):
                return sorted(helped)
        return []

    def _helped_at_last(self, unit: str) -> set[str]:
        """Everyone whom the unit's help reaches, over any number of steps."""
        found: set[str] = set()
        waiting = [unit]
        while waiting:
            new = self.helped_by.get(waiting.pop(), set()) - found
            found |= new
            waiting.extend(new)
        return found

    def stuck_without(self, unit: str) -> float:
        """What passes the unit and nobody is declared who could do it instead: the largest such need; all of
        it if the unit supplies nobody here."""
        met = [need for need in self.needs if need.supplier == unit]
        if not met:
            return self.through.get(unit, 0.0)
        return max((need.volume for need in met if not self._other_supplier(need)), default=0.0)

    def _other_supplier(self, need: Need) -> bool:
        return bool(need.what) and any(
            other.supplier != need.supplier
            and (other.customer, other.kind, other.what) == (need.customer, need.kind, need.what)
            for other in self.needs
        )


def streams_of(needs: Iterable[Need]) -> tuple[Stream, ...]:
    grouped: dict[tuple[str, str], list[Need]] = defaultdict(list)
    for need in needs:
        grouped[need.process, need.external].append(need)
    return tuple(Stream(process, external, tuple(rows)) for (process, external), rows in grouped.items())


def _largest(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    largest: dict[str, float] = {}
    for name, value in pairs:
        largest[name] = max(value, largest.get(name, 0.0))
    return largest
