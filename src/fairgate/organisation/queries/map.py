"""The customer map: units and external customers, and what passes between them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from fairgate.engines.customers import CUSTOMER_FROM
from fairgate.engines.customers import links as counted_links
from fairgate.organisation.models import ExternalCustomer, Flow, Need, Process, Unit
from fairgate.organisation.queries.judged import standing
from fairgate.organisation.queries.logs import counts_in, logs_for
from fairgate.organisation.rules import FlowKind, NeedKind, Verdict
from fairgate.organisation.wording.figures import percent
from fairgate.shared.actor import Actor


@dataclass(frozen=True, slots=True)
class Link:
    """``source`` and ``target`` are a Unit or an ExternalCustomer; ``kinds`` among help, release, work, return, counted.
    ``what`` names services, ``processes`` where; ``share`` is the counted dependence of the target on the source."""

    source: Unit
    target: Unit | ExternalCustomer
    kinds: frozenset[str]
    what: tuple[str, ...]
    processes: tuple[str, ...]
    share: float | None
    assumed: bool = (
        False  # nobody said that this unit serves the external customer: it stands at the end of the needs
    )

    @property
    def percent(self) -> str:
        return "" if self.share is None else percent(self.share)

    @property
    def to_unit(self) -> bool:
        return isinstance(self.target, Unit)


@dataclass(frozen=True, slots=True)
class CustomerMap:
    units: tuple[Unit, ...]
    externals: tuple[ExternalCustomer, ...]
    links: tuple[Link, ...]
    processes: tuple[Process, ...]  # all there are, to choose one
    process: Process | None  # the one shown, or None for all


class _Drafts:
    """Links in the making: several facts about one pair become one link."""

    def __init__(self) -> None:
        self.kinds: defaultdict[tuple[Unit, Unit | ExternalCustomer], set[str]] = defaultdict(set)
        self.what: defaultdict[tuple[Unit, Unit | ExternalCustomer], dict[str, None]] = defaultdict(dict)
        self.where: defaultdict[tuple[Unit, Unit | ExternalCustomer], dict[str, None]] = defaultdict(dict)
        self.assumed: set[tuple[Unit, Unit | ExternalCustomer]] = set()
        self.share: dict[tuple[Unit, Unit | ExternalCustomer], float] = {}  # counted

    def add(
        self,
        source: Unit,
        target: Unit | ExternalCustomer,
        kind: str,
        *,
        what: str = "",
        where: Iterable[str] = (),
    ) -> None:
        pair = (source, target)
        self.kinds[pair].add(kind)
        if what:
            self.what[pair][what] = None
        self.where[pair].update(dict.fromkeys(where))

    def links(self) -> tuple[Link, ...]:
        return tuple(
            Link(
                source=source,
                target=target,
                kinds=frozenset(kinds),
                what=tuple(self.what[source, target]),
                processes=tuple(self.where[source, target]),
                share=self.share.get((source, target)),
                assumed=(source, target) in self.assumed,
            )
            for (source, target), kinds in self.kinds.items()
        )


def map_for(person: Actor, *, process: int | None = None) -> CustomerMap:
    """Everything, or one process. Struck needs are left out; counted ones appear from a tenth on. Raises
    ``Process.DoesNotExist``."""
    chosen = Process.objects.select_related("external_customer").get(pk=process) if process else None
    drafts = _Drafts()
    _needs(drafts, chosen)
    _flows(drafts, chosen)
    if chosen is None:
        _counted(drafts, person)
    _ends(drafts, chosen)
    links = drafts.links()
    shown = {end for link in links for end in (link.source, link.target)}
    units = Unit.objects.all()
    return CustomerMap(
        units=tuple(unit for unit in units if chosen is None or unit in shown),
        externals=tuple(one for one in ExternalCustomer.objects.all() if one in shown),
        links=links,
        processes=tuple(Process.objects.select_related("external_customer")),
        process=chosen,
    )


def around(whole: CustomerMap, unit: Unit) -> CustomerMap:
    """The part of a map that touches one unit, and what its neighbours serve outside."""
    near = {
        end
        for link in whole.links
        if unit in (link.source, link.target)
        for end in (link.source, link.target)
    }
    links = tuple(
        link
        for link in whole.links
        if unit in (link.source, link.target)
        or (link.source in near and isinstance(link.target, ExternalCustomer))
    )
    ends = {link.target for link in links}
    return CustomerMap(
        units=tuple(one for one in whole.units if one in near or one == unit),
        externals=tuple(one for one in whole.externals if one in ends),
        links=links,
        processes=whole.processes,
        process=whole.process,
    )


def _needs(drafts: _Drafts, chosen: Process | None) -> None:
    judged = standing()
    needs = Need.objects.select_related("customer", "service__unit", "process")
    for need in needs.filter(process=chosen) if chosen else needs:
        supplier = need.service.unit
        verdict = judged.get((supplier.pk, need.customer_id))
        if verdict is None or verdict.verdict != Verdict.STRUCK:
            kind = "release" if need.kind == NeedKind.RELEASE else "help"
            drafts.add(supplier, need.customer, kind, what=need.service.name, where=[need.process.name])


def _flows(drafts: _Drafts, chosen: Process | None) -> None:
    flows = Flow.objects.select_related("source", "target", "process__external_customer")
    for flow in flows.filter(process=chosen) if chosen else flows:
        if flow.kind == FlowKind.CUSTOMER:
            drafts.add(flow.source, flow.process.external_customer, "work", where=[flow.process.name])
        elif (
            flow.target and chosen
        ):  # hand-overs only where one process is looked at: they would crowd the whole
            kind = "return" if flow.kind == FlowKind.RETURN else "work"
            drafts.add(flow.source, flow.target, kind, where=[flow.process.name])


def _counted(drafts: _Drafts, person: Actor) -> None:
    """Releases and hand-overs seen in logs, from a tenth on. Mere order in time is not drawn: it would link everybody."""
    struck = {pair for pair, one in standing().items() if one.verdict == Verdict.STRUCK}
    units = {unit.name: unit for unit in Unit.objects.all()}
    for log in logs_for(person).prefetch_related("units__unit"):
        for found in counted_links(counts_in(log)):
            share = max(found.release, found.handover)
            if share < CUSTOMER_FROM or found.source not in units or found.target not in units:
                continue
            pair = units[found.source], units[found.target]
            if (pair[0].pk, pair[1].pk) in struck:
                continue
            drafts.share[pair] = max(share, drafts.share.get(pair, 0.0))
            if not drafts.kinds.get(pair):
                drafts.add(*pair, "counted", where=[log.name])


def _ends(drafts: _Drafts, chosen: Process | None) -> None:
    """Where no flow says who serves the external customer: the units at the end of the declared needs, those that need
    others in a process and are needed by nobody there."""
    said = {target for _, target in drafts.kinds if isinstance(target, ExternalCustomer)}
    needs = Need.objects.select_related("customer", "service__unit", "process__external_customer")
    by_process: defaultdict[Process, list[Need]] = defaultdict(list)
    for need in needs.filter(process=chosen) if chosen else needs:
        by_process[need.process].append(need)
    for process, its_needs in by_process.items():
        if process.external_customer in said:
            continue
        needing = {need.customer for need in its_needs}
        helping = {need.service.unit for need in its_needs if need.kind == NeedKind.HELP}
        for unit in (needing - helping) or needing:
            drafts.add(unit, process.external_customer, "work", where=[process.name])
            drafts.assumed.add((unit, process.external_customer))
