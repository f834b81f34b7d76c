"""Who a unit's customers are: what people declared and what was counted, side by side, and what people say about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from fairgate.engines.customers import (
    CUSTOMER_FROM,
    Answer,
    Authority,
    Counts,
    Declared,
    Discrimination,
    InternalCustomer,
    Reading,
    UnknownUnit,
    declare,
)
from fairgate.organisation.models import CountedLog, Gate, Judgement, Need, Unit
from fairgate.organisation.queries.described import Described, described
from fairgate.organisation.queries.judged import standing
from fairgate.organisation.queries.logs import counts_in, logs_for
from fairgate.organisation.queries.units import unit_for
from fairgate.organisation.rules import NeedKind, Verdict
from fairgate.organisation.wording.answers import Facts
from fairgate.shared.actor import Actor


@dataclass(frozen=True, slots=True)
class Counted:
    """One counted log's answer about the unit."""

    log: CountedLog
    counts: Counts
    answer: Answer

    @property
    def discrimination(self) -> Discrimination:
        """Drawn when it is asked for: it takes a moment."""
        return self.counts.discrimination


@dataclass(frozen=True, slots=True)
class Relation:
    """That ``customer`` needs ``supplier``: declared, counted or both, and the judgement that stands."""

    supplier: Unit
    customer: Unit
    needs: tuple[Need, ...]
    declared: InternalCustomer | None
    counted: tuple[tuple[CountedLog, InternalCustomer], ...]
    standing: Judgement | None
    # Mirror only: of what the customer serves, how much the supplier handed over to it, neither for a decision nor back.
    handed: tuple[tuple[CountedLog, float], ...] = ()

    @property
    def judged_on(self) -> date | None:
        """The day of the standing judgement, in the zone pages show."""
        return timezone.localdate(self.standing.at) if self.standing else None

    @property
    def struck(self) -> bool:
        return self.standing is not None and self.standing.verdict == Verdict.STRUCK

    @property
    def holds(self) -> bool:
        """Whether it counts: confirmed, or declared or counted from a tenth on; and not struck."""
        if self.standing:
            return not self.struck
        shares = [it.dependence for _, it in self.counted] + [share for _, share in self.handed]
        return self._declared >= CUSTOMER_FROM or any(share >= CUSTOMER_FROM for share in shares)

    @property
    def _declared(self) -> float:
        """What people's statements come to. In the mirror nobody counted shares: a stated need is a need."""
        return self.declared.dependence if self.declared else float(bool(self.needs))

    @property
    def weight(self) -> float:
        """The largest share of what the customer serves that anything says needs the supplier."""
        shares = [it.dependence for _, it in self.counted]
        return max([*shares, self._declared])


@dataclass(frozen=True, slots=True)
class AuthorityOver:
    """Power to decide on what ``unit`` hands in: by a gate, by a release it needs, or counted."""

    unit: Unit
    gates: tuple[Gate, ...]
    counted: tuple[tuple[CountedLog, Authority], ...]


@dataclass(frozen=True, slots=True)
class Served:
    """What reaches an external customer through the unit. ``declared`` and ``counted`` are shares of all it is served."""

    name: str
    declared: float | None
    counted: tuple[tuple[CountedLog, float], ...]

    @property
    def share(self) -> float:
        return self.counted[0][1] if self.counted else self.declared or 0.0


@dataclass(frozen=True, slots=True)
class Portrait:
    """Everything the page of a unit says. ``readings`` combine what was declared, counted and judged."""

    unit: Unit
    declared: Answer | None
    counted: tuple[Counted, ...]
    described: tuple[Described, ...]
    customers: tuple[Relation, ...]
    suppliers: tuple[Relation, ...]
    authority: tuple[AuthorityOver, ...]
    external: tuple[Served, ...]
    without_volume: tuple[int, int]  # needs without a volume, of all needs
    by_need: Reading
    under_authority: Reading

    @property
    def facts(self) -> Facts:
        """What the sentences are made of. Counted shares go before declared ones; what rests on the unit is said in a
        sentence only where there is one basis, else in a table."""
        answers = [one.answer for one in self.counted] + [one.answer for one in self.described]
        answers += [self.declared] if self.declared else []
        return Facts(
            unit=self.unit.name,
            by_need=self.by_need,
            authority=self.under_authority,
            external=tuple((it.name, it.share) for it in self.external),
            suppliers=tuple(it.supplier.name for it in self.suppliers if it.holds),
            decided=tuple(a for it in self.authority for _, a in it.counted if a.decisions),
            loss=answers[0].loss_if_absent if len(answers) == 1 else None,
            indispensable_to=answers[0].indispensable_to if len(answers) == 1 else (),
        )


def portrait_for(person: Actor, pk: int) -> Portrait:
    """The portrait of one unit; raises ``Unit.DoesNotExist``."""
    unit = unit_for(person, pk)
    units = {one.name: one for one in Unit.objects.all()}
    needs = list(Need.objects.select_related("customer", "service__unit", "process__external_customer"))
    declared = _answer(declared_from(needs), unit.name)
    logs = [(log, counts_in(log)) for log in logs_for(person).prefetch_related("units__unit")]
    counted = tuple(
        Counted(log, counts, answer) for log, counts in logs if (answer := _answer(counts, unit.name))
    )
    judged = standing()
    customers = _customers(unit, units, needs, declared, counted, judged)
    authority = _authority(unit, units, needs, counted, judged)
    external = tuple(_external(declared, counted))
    others = len(units) - 1
    holding = tuple(it.customer.name for it in customers if it.holds)
    decided = tuple(it.unit.name for it in authority)
    return Portrait(
        unit=unit,
        declared=declared,
        counted=counted,
        described=tuple(described(unit.name)),
        customers=customers,
        suppliers=_suppliers(unit, units, needs, counted, judged),
        authority=authority,
        external=external,
        without_volume=(sum(need.volume is None for need in needs), len(needs)),
        by_need=Reading(len(holding), others, holding),
        under_authority=Reading(len(decided), others, decided),
    )


def declared_from(needs: Iterable[Need]) -> Declared | None:
    """The engine's view of all needs; volumes are used when every need has one."""
    needs = list(needs)
    if not needs:
        return None
    volumes = [None if need.volume is None else float(need.volume) for need in needs]
    return declare(
        customer=[need.customer.name for need in needs],
        supplier=[need.service.unit.name for need in needs],
        what=[need.service.name for need in needs],
        process=[need.process.name for need in needs],
        external=[need.process.external_customer.name for need in needs],
        kind=[need.kind for need in needs],
        volume=None if None in volumes else [volume for volume in volumes if volume is not None],
    )


def _answer(source: Declared | Counts | None, name: str) -> Answer | None:
    if source is None:
        return None
    try:
        return source.answer(name)
    except UnknownUnit:
        return None


def _customers(
    unit: Unit,
    units: Mapping[str, Unit],
    needs: Iterable[Need],
    declared: Answer | None,
    counted: tuple[Counted, ...],
    judged: Mapping[tuple[int, int], Judgement],
) -> tuple[Relation, ...]:
    said = {it.unit: it for it in declared.internal_customers} if declared else {}
    found: dict[str, list[tuple[CountedLog, InternalCustomer]]] = {}
    for one in counted:
        for it in one.answer.internal_customers:
            found.setdefault(it.unit, []).append((one.log, it))
    relations = [
        Relation(
            supplier=unit,
            customer=units[name],
            needs=tuple(
                need for need in needs if need.service.unit_id == unit.pk and need.customer.name == name
            ),
            declared=said.get(name),
            counted=tuple(found.get(name, ())),
            standing=judged.get((unit.pk, units[name].pk)),
        )
        for name in {**said, **found, **_judged_customers(unit, judged)}
        if name in units
    ]
    return tuple(sorted(relations, key=lambda it: (not it.holds, -it.weight, it.customer.name)))


def _judged_customers(unit: Unit, judged: Mapping[tuple[int, int], Judgement]) -> dict[str, Judgement]:
    """Those of whom somebody said that they need the unit, or don't, by name."""
    return {one.customer.name: one for (supplier, _), one in judged.items() if supplier == unit.pk}


def _suppliers(
    unit: Unit,
    units: Mapping[str, Unit],
    needs: Iterable[Need],
    counted: tuple[Counted, ...],
    judged: Mapping[tuple[int, int], Judgement],
) -> tuple[Relation, ...]:
    """The mirror: whose customer the unit is. Declared needs, and hand-overs that were neither for a decision nor a return."""
    named = {need.service.unit.name for need in needs if need.customer_id == unit.pk}
    handed: dict[str, list[tuple[CountedLog, float]]] = {}
    for one in counted:
        for it in one.answer.customer_of:
            handed.setdefault(it.unit, []).append((one.log, it.share))
    judged_suppliers = {one.supplier.name for (_, customer), one in judged.items() if customer == unit.pk}
    relations = [
        Relation(
            supplier=units[name],
            customer=unit,
            needs=tuple(
                need for need in needs if need.customer_id == unit.pk and need.service.unit.name == name
            ),
            declared=None,
            counted=(),
            standing=judged.get((units[name].pk, unit.pk)),
            handed=tuple(handed.get(name, ())),
        )
        for name in sorted(named | handed.keys() | judged_suppliers)
        if name in units
    ]
    return tuple(relations)


def _authority(
    unit: Unit,
    units: Mapping[str, Unit],
    needs: Iterable[Need],
    counted: tuple[Counted, ...],
    judged: Mapping[tuple[int, int], Judgement],
) -> tuple[AuthorityOver, ...]:
    """A release that somebody struck gives no authority; a declared gate and counted decisions do."""
    struck = {
        customer
        for (_, customer), one in judged.items()
        if one.supplier_id == unit.pk and one.verdict == Verdict.STRUCK
    }
    gates: dict[str, list[Gate]] = {}
    for gate in Gate.objects.filter(unit=unit).select_related("over", "process__external_customer"):
        gates.setdefault(gate.over.name, []).append(gate)
    released = {
        need.customer.name
        for need in needs
        if need.service.unit_id == unit.pk
        and need.kind == NeedKind.RELEASE
        and need.customer_id not in struck
    }
    found: dict[str, list[tuple[CountedLog, Authority]]] = {}
    for one in counted:
        for it in one.answer.authority_over:
            found.setdefault(it.unit, []).append((one.log, it))
    names = [name for name in {**gates, **dict.fromkeys(released), **found} if name in units]
    over = [
        AuthorityOver(units[name], tuple(gates.get(name, ())), tuple(found.get(name, ()))) for name in names
    ]
    return tuple(
        sorted(over, key=lambda it: (-max((a.share for _, a in it.counted), default=0.0), it.unit.name))
    )


def _external(declared: Answer | None, counted: tuple[Counted, ...]) -> Iterable[Served]:
    said = {it.name: it.share for it in declared.external_customers} if declared else {}
    found: dict[str, list[tuple[CountedLog, float]]] = {}
    for one in counted:
        for it in one.answer.external_customers:
            found.setdefault(it.name, []).append((one.log, it.share))
    for name in {**said, **found}:
        yield Served(name, said.get(name), tuple(found.get(name, ())))
