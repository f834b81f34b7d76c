"""From cases to tallies: one function for each, in the order of `Figures`."""

from dataclasses import dataclass

import numpy as np

from fairgate.engines.customers.arrays import Amounts, Codes, Flags, Places
from fairgate.engines.customers.cases import Cases
from fairgate.engines.customers.figures import NOT_SERVED, START, Coverage
from fairgate.engines.customers.kinds import Kind
from fairgate.engines.customers.passes import Passes, merged, read_passes
from fairgate.engines.customers.presence import Presence, take_presence
from fairgate.engines.customers.tally import Tally


@dataclass(frozen=True, slots=True, eq=False)
class Log:
    """Cases with what was read off them, and the columns that every tally needs."""

    cases: Cases
    passes: Passes
    presence: Presence
    document: Places  # of each act
    process: Codes  # of each act
    worth: Amounts  # of each document, 0 without an amount
    counts: Flags  # acts in the final pass of served documents

    @classmethod
    def of(cls, cases: Cases) -> "Log":
        passes, document = read_passes(cases), cases.document
        return cls(
            cases=cases,
            passes=passes,
            presence=take_presence(cases, passes),
            document=document,
            process=cases.process[document],
            worth=np.nan_to_num(cases.value),
            counts=passes.served[document] & (np.arange(len(document)) >= passes.final[document]),
        )

    def is_named(self, unit: Codes) -> Flags:
        return np.append(self.cases.named, False)[unit]


def served(log: Log) -> Tally:
    done = log.passes.served
    return Tally.of(
        {"process": log.cases.process[done], "external": log.cases.external[done]},
        {"documents": np.int64(1), "value": log.worth[done]},
    )


def reach(log: Log) -> Tally:
    of = log.presence.document
    return Tally.of(
        {"process": log.cases.process[of], "external": log.cases.external[of], "unit": log.presence.unit},
        {"value": log.worth[of]},
    )


def part(log: Log) -> Tally:
    acts = np.flatnonzero(log.is_named(log.cases.unit))
    once = Tally.of({"document": log.document[acts], "unit": log.cases.unit[acts]}, {})
    served_too = log.presence.rows(once["document"], once["unit"]) >= 0
    return Tally.of(
        {"process": log.cases.process[once["document"]], "unit": once["unit"]},
        {"documents": np.int64(1), "served": served_too, "value": log.worth[once["document"]] * served_too},
    )


def need(log: Log) -> Tally:
    present = log.presence
    blocks = [_needs_of(log, *pairs) for pairs in present.pairs()]
    return Tally.sum_of([*blocks, _gate_acts(log)])


def _needs_of(log: Log, supplier: Places, customer: Places) -> Tally:
    present = log.presence
    of = present.document[supplier]
    help_, release = present.helps(supplier, customer), present.releases(supplier, customer)
    either = help_ | release
    return Tally.of(
        _pair(log, of, present.unit[supplier], present.unit[customer]),
        {
            "help": log.worth[of] * help_,
            "release": log.worth[of] * release,
            "either": log.worth[of] * either,
            "acts": present.acts[customer] * either,
            "gate_acts": np.int64(0),
        },
    ).having("acts")


def _gate_acts(log: Log) -> Tally:
    """Of the customer's acts, the decisions on the supplier, in documents in which the supplier comes before
    it."""
    present = log.presence
    gate = np.flatnonzero(log.counts & (log.passes.over >= 0) & log.is_named(log.cases.unit))
    of = log.document[gate]
    customer = present.rows(of, log.cases.unit[gate])
    supplier = present.rows(of, log.passes.over[gate])
    there = supplier >= 0
    supplier, customer, of = supplier[there], customer[there], of[there]
    either = present.helps(supplier, customer) | present.releases(supplier, customer)
    zero = np.float64(0)
    return Tally.of(
        _pair(log, of[either], present.unit[supplier[either]], present.unit[customer[either]]),
        {"help": zero, "release": zero, "either": zero, "acts": np.int64(0), "gate_acts": np.int64(1)},
    )


def _pair(log: Log, document: Places, supplier: Codes, customer: Codes) -> dict[str, Codes]:
    return {"process": log.cases.process[document], "supplier": supplier, "customer": customer}


def authority(log: Log) -> Tally:
    """Decisions in all passes; their value once a document, where the unit decided on acts in the final
    pass."""
    acts = np.flatnonzero(log.passes.decides & log.is_named(log.cases.unit))
    kind, over, gate = log.passes.kind[acts], log.passes.over[acts], log.cases.unit[acts]
    decided = Tally.of(
        {"process": log.process[acts], "gate": gate, "over": over},
        {
            "decisions": np.int64(1),
            "rejections": kind == Kind.REJECT,
            "returns": kind == Kind.RETURN,
            "value": np.float64(0),
        },
    )
    final = acts[log.counts[acts]]
    final = final[log.presence.rows(log.document[final], log.passes.over[final]) >= 0]
    once = Tally.of(
        {"document": log.document[final], "gate": log.cases.unit[final], "over": log.passes.over[final]}, {}
    )
    zero = np.int64(0)
    values = Tally.of(
        {"process": log.cases.process[once["document"]], "gate": once["gate"], "over": once["over"]},
        {"decisions": zero, "rejections": zero, "returns": zero, "value": log.worth[once["document"]]},
    )
    return Tally.sum_of([decided, values])


def handover(log: Log) -> Tally:
    unit, document = log.cases.unit, log.document
    given = np.flatnonzero(
        (document[:-1] == document[1:])
        & (unit[:-1] != unit[1:])
        & log.is_named(unit[:-1])
        & log.is_named(unit[1:])
        & ~log.passes.sends_back[:-1]
    )
    taken = given + 1
    into = log.passes.decides[taken]
    handed = Tally.of(
        {"process": log.process[given], "source": unit[given], "target": unit[taken]},
        {"handovers": np.int64(1), "into_decision": into, "value": np.float64(0)},
    )
    plain = given[~into & log.counts[given]]
    once = Tally.of({"document": document[plain], "source": unit[plain], "target": unit[plain + 1]}, {})
    zero = np.int64(0)
    values = Tally.of(
        {"process": log.cases.process[once["document"]], "source": once["source"], "target": once["target"]},
        {"handovers": zero, "into_decision": zero, "value": log.worth[once["document"]]},
    )
    return Tally.sum_of([handed, values])


def moves_and_ends(log: Log) -> tuple[Tally, Tally]:
    """Paths of units without repeats. The path of a document never served is its last pass that met a gate,
    with the refusal in it: in the final pass alone a refused document would not show who refused it."""
    cases = log.cases
    on_path = np.flatnonzero(np.arange(len(log.document)) >= log.passes.path[log.document])
    of, unit = log.document[on_path], cases.unit[on_path]
    begins = np.append(True, np.diff(of) != 0)
    stays = ~begins & np.append(False, np.diff(unit) == 0)
    of, unit, begins = of[~stays], unit[~stays], begins[~stays]
    source = np.where(begins, START, np.append(START, unit[:-1]))
    one = np.int64(1)
    moves = Tally.of(
        {"process": cases.process[of], "source": source, "target": unit},
        {"documents": one, "value": log.worth[of]},
    )
    last = np.append(begins[1:], True)
    of, unit = of[last], unit[last]
    external = np.where(log.passes.served[of], cases.external[of], NOT_SERVED)
    ends = Tally.of(
        {"process": cases.process[of], "unit": unit, "external": external},
        {"documents": one, "value": log.worth[of]},
    )
    return moves, ends


def coverage(log: Log) -> Coverage:
    cases, passes = log.cases, log.passes
    per_unit = np.bincount(cases.unit[cases.unit >= 0], minlength=len(cases.units))
    placeholders = [
        (name, int(events))
        for name, events, named in zip(cases.units, per_unit, cases.named, strict=True)
        if events and not named
    ]
    return Coverage(
        events=len(cases.unit),
        cases=len(np.unique(cases.case)),
        documents=len(cases.case),
        served=int(passes.served.sum()),
        served_by=passes.served_by,
        without_unit=int((cases.unit < 0).sum()),
        placeholder_units=tuple(placeholders),
        ties=cases.ties,
        merged=int(merged(cases, passes).sum()),
        without_value=int(np.isnan(cases.value).sum()),
        unnamed_external=int((passes.served & (cases.external < 0)).sum()),
        withdrawn=passes.withdrawn,
        over_nobody=int((passes.decides & (passes.over < 0)).sum()),
    )
