"""The definitions of DESIGN 4.1 and 11 again, as loops over dictionaries: slow, plain, written apart.

It shares no code with what it checks. Activities are the words of `KIND`; documents are cases.
"""

from collections import defaultdict
from itertools import pairwise
from typing import Any

from engines.customers.logs import Event

KIND = {"make": "work", "check": "work", "approve": "approve", "reject": "reject", "return": "return"}
NOBODY = {"missing", "undefined", "empty", "unknown", "n/a", "none", "null", "-", "", "?"}


def is_unit(name: str | None) -> bool:
    return name is not None and name.strip().lower() not in NOBODY


class Document:
    """One process document, with everything the definitions speak of."""

    def __init__(self, events: list[Event], any_decision: bool, has_value: bool) -> None:
        self.units = [event.unit for event in events]
        self.kinds = [KIND[event.activity] for event in events]
        written = list(self.kinds)
        for k, (unit, kind) in enumerate(zip(self.units, written, strict=True)):
            if kind in ("reject", "return"):
                workers = {self.units[j] for j in range(k) if written[j] == "work" and is_unit(self.units[j])}
                if not workers - {unit}:
                    self.kinds[k] = "work"
        backs = [k for k, kind in enumerate(self.kinds) if kind in ("reject", "return")]
        self.final = backs[-1] + 1 if backs else 0
        self.last_but_one = backs[-2] + 1 if len(backs) > 1 else 0
        decisions = [kind for kind in self.kinds if kind != "work"]
        self.served = (not any_decision) or (bool(decisions) and decisions[-1] == "approve")
        amounts = [event.value for event in events if event.value is not None]
        self.value = (amounts[-1] if amounts else 0.0) if has_value else 1.0
        places = [event.external for event in events if event.external is not None]
        self.external = places[-1] if places else "unnamed (assumed)"

    def over(self, k: int) -> str | None:
        for j in range(k - 1, -1, -1):
            if self.kinds[j] == "work" and is_unit(self.units[j]) and self.units[j] != self.units[k]:
                return self.units[j]
        return None

    def acts(self, unit: str) -> list[int]:
        """Where the unit acts in the final pass."""
        return [k for k in range(self.final, len(self.units)) if self.units[k] == unit]

    def path(self) -> list[str | None]:
        found: list[str | None] = []
        for unit in self.units[self.final if self.served else self.last_but_one :]:
            if not found or found[-1] != unit:
                found.append(unit)
        return found


def documents_of(events: list[Event]) -> list[Document]:
    cases: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        cases[event.case].append(event)
    for rows in cases.values():
        rows.sort(key=lambda event: event.time)
    any_value = any(event.value is not None for event in events)

    def read(any_decision: bool) -> list[Document]:
        return [Document(rows, any_decision, any_value) for rows in cases.values()]

    # Whether there is any decision can only be said once withdrawals are known, which don't depend on it.
    any_decision = any(kind != "work" for document in read(True) for kind in document.kinds)
    return read(any_decision)


def share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0


def answer(events: list[Event], u: str) -> dict[str, Any]:
    documents = documents_of(events)
    served = [d for d in documents if d.served]
    units = sorted({unit for d in documents for unit in d.units if is_unit(unit)})
    others = [w for w in units if w != u]
    worth = {w: sum(d.value for d in served if d.acts(w)) for w in units}
    internal, authority, customer_of = {}, {}, {}
    for w in others:
        by_help = by_release = either = 0.0
        acts = gate_acts = 0
        for d in served:
            mine, theirs = d.acts(u), d.acts(w)
            if not mine or not theirs:
                continue
            helps = min(mine) < max(theirs)
            releases = any(d.kinds[k] == "approve" and k > min(theirs) for k in mine)
            by_help += d.value * helps
            by_release += d.value * releases
            either += d.value * (helps or releases)
            if helps or releases:
                acts += len(theirs)
                gate_acts += sum(d.kinds[k] != "work" and d.over(k) == u for k in theirs)
        if acts:
            internal[w] = (
                share(either, worth[w]),
                share(by_help, worth[w]),
                share(by_release, worth[w]),
                acts == gate_acts,
            )
        made = [
            (d, k)
            for d in documents
            for k in range(len(d.units))
            if d.units[k] == u and d.kinds[k] != "work" and d.over(k) == w
        ]
        if made:
            decided = {id(d): d.value for d, k in made if d.served and k >= d.final and d.acts(w)}
            authority[w] = (
                share(sum(decided.values()), worth[w]),
                sum(d.kinds[k] == "reject" for d, k in made) / len(made),
                sum(d.kinds[k] == "return" for d, k in made),
                len(made),
            )
        handed = sum(
            d.value
            for d in served
            if any(
                d.units[k] == w and d.units[k + 1] == u and d.kinds[k + 1] == "work"
                for k in range(d.final, len(d.units) - 1)
            )
        )
        if handed:
            customer_of[w] = share(handed, worth[u])
    externals = {
        x: (
            share(
                sum(d.value for d in served if d.external == x and d.acts(u)),
                sum(d.value for d in served if d.external == x),
            )
        )
        for x in {d.external for d in served if d.acts(u)}
    }
    total = sum(d.value for d in served)
    return {
        "cases": sum(u in d.units for d in documents),
        "served": sum(bool(d.acts(u)) for d in served),
        "internal": internal,
        "authority": authority,
        "customer_of": customer_of,
        "externals": externals,
        "work_stops": share(worth[u], total),
        "rerouted": rerouted(documents, u),
        "indispensable": indispensable(documents, u),
        "others": len(others),
    }


def rerouted(documents: list[Document], u: str) -> float:
    """The chain of hand-overs as a distribution pushed forward until next to nothing is under way."""
    flow: dict[Any, dict[Any, float]] = defaultdict(lambda: defaultdict(float))
    for d in documents:
        path: list[Any] = ["start", *[("unit", unit) for unit in d.path()], "served" if d.served else "lost"]
        for a, b in pairwise(path):
            flow[a][b] += d.value
    before = sum(d.value for d in documents if d.served)
    if before == 0:
        return 0.0
    entering = sum(flow["start"].values())
    gone = ("unit", u)
    rows = {}
    for a, row in flow.items():
        kept = {b: v for b, v in row.items() if b != gone and v > 0}
        whole = sum(kept.values())
        rows[a] = {b: v / whole for b, v in kept.items()} if whole else {}
    under_way, done = {"start": entering}, 0.0
    for _ in range(20_000):
        following: dict[Any, float] = defaultdict(float)
        for a, amount in under_way.items():
            for b, part in rows.get(a, {}).items():
                if b == "served":
                    done += amount * part
                elif b != "lost":
                    following[b] += amount * part
        under_way = following
        if sum(under_way.values()) < 1e-13 * entering:
            break
    return 1 - done / before


def indispensable(documents: list[Document], u: str) -> set[str]:
    """What a walk along counted steps, from any start, never comes to when it may not step on u."""
    steps: dict[Any, set[Any]] = defaultdict(set)
    for d in documents:
        end = [("customer", d.external)] if d.served else []
        path: list[Any] = ["start", *[("unit", unit) for unit in d.path()], *end]
        for a, b in pairwise(path):
            steps[a].add(b)
    reached, waiting = {"start"}, ["start"]
    while waiting:
        for b in steps[waiting.pop()] - reached - {("unit", u)}:
            reached.add(b)
            waiting.append(b)
    everyone = {("unit", unit) for d in documents for unit in d.units if is_unit(unit) and unit != u}
    everyone |= {("customer", d.external) for d in documents if d.served}
    return {name for _, name in everyone - reached}
