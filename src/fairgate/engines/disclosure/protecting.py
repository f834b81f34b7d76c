"""What of the tables may be shown: the least is hidden that passes the audit.

    too few raters or deciders → hidden             (primary)
    ends of a scale             → coded             (`coding`)
    what lines give away        → told more coarsely  (`lines`)
    what is not proved open     → a figure it rests on, by linear programming, is told more coarsely; again, until all is proved

Every step goes down a ladder that ends in *hidden*, so it ends; if it takes too long, the item is withheld in whole tables.
What comes out was proved open by the same `witnesses` that the audit uses. Small, not smallest: the smallest is
NP-hard (Kelly, Golden & Assad 1992, *Networks* 22:397). Deterministic.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from fairgate.engines.disclosure.answers import STEPS, Answers, Combinations, Ints
from fairgate.engines.disclosure.auditing import WIDTH, ItemAudit, concluded, shown_in, together, told_before
from fairgate.engines.disclosure.coding import HIDDEN, Shown, finest, first_rung, rungs_below, tell
from fairgate.engines.disclosure.errors import BadTable, TooFew
from fairgate.engines.disclosure.layout import Layout, lay_out
from fairgate.engines.disclosure.lines import Line, lines, relax, widths
from fairgate.engines.disclosure.published import Group, Publication, PublishedTable
from fairgate.engines.disclosure.system import System, needed_for, system_of, told_by
from fairgate.engines.disclosure.tables import Table
from fairgate.engines.disclosure.witnesses import Proof

MOST_TURNS = 60
MOST_PROGRAMS, MORE_PROGRAMS = 300, 75
Figured = tuple[int, int, int]
"""Kind of insider, group, pattern."""
MOST_EXACT = 20
"""Groups of an item up to which counts are tried exactly first; beyond, ranges from the start: nearly all would end there."""


@dataclass
class Telling:
    """How one item is told, group by group: ``rungs`` [G], −1 where an earlier publication fixed it (``fixed`` [G]);
    ``same`` [G] the first group of the same ballots, which is told in the same way."""

    layout: Layout
    counts: Ints
    rungs: Ints
    fixed: list[Shown | None]
    width: int
    same: Ints
    _told: dict[tuple[int, int], Shown | None] = field(default_factory=dict)
    _lines: dict[tuple[int, int], tuple[Ints, Ints]] = field(default_factory=dict)

    @property
    def ballots(self) -> Ints:
        return np.asarray(self.counts.sum(axis=1), np.int64)

    def at(self, group: int, rung: int) -> Shown | None:
        if rung < 0:
            return self.fixed[group]
        if (group, rung) not in self._told:
            self._told[group, rung] = tell(self.counts[group], rung)
        return self._told[group, rung]

    def shown(self) -> list[Shown | None]:
        return [self.at(group, rung) for group, rung in enumerate(self.rungs.tolist())]

    def widths(self, group: int) -> Ints:
        return self._looked_at(group, int(self.rungs[group]))[0]

    def needed(self, group: int) -> Ints:
        """How wide each pattern has to stay, and last how many rated: only where too few did [patterns + 1]."""
        return self._looked_at(group, int(self.rungs[group]))[1]

    def _looked_at(self, group: int, rung: int) -> tuple[Ints, Ints]:
        """What `lines` ask of a group told on ``rung``."""
        if (group, rung) not in self._lines:
            one, ballots = self.at(group, rung), self.counts[[group]].sum(axis=1)
            needed = needed_for([one], ballots, self.width, 1)[0]
            few = one is None and self.counts[group, :STEPS].sum() < needed[0]
            found = widths(one, int(ballots[0])), np.append(needed, needed[0] if few else 0)
            self._lines[group, rung] = found
        return self._lines[group, rung]

    def coarsen(self, groups: Sequence[int], pattern: int) -> bool:
        """Tells the cheapest of ``groups`` so that ``pattern`` becomes wider; False where none can."""
        best: tuple[int, int, int] | None = None
        for group in groups:
            rung = self._wider(group, pattern)
            if rung is not None:
                raters = int(self.counts[group, :STEPS].sum())
                cost = (raters * (rung - int(self.rungs[group])), group, rung)
                best = cost if best is None else min(best, cost)
        if best is None:
            return False
        self.rungs[self.same == self.same[best[1]]] = best[2]
        return True

    def hide(self, groups: Ints) -> None:
        """These, and with each those of the same ballots."""
        self.rungs[np.isin(self.same, self.same[groups])] = HIDDEN

    def _wider(self, group: int, pattern: int) -> int | None:
        now = int(self.rungs[group])
        if now < 0 or now >= HIDDEN:
            return None
        before = self.widths(group)[pattern]
        for rung in rungs_below(now):
            if self._looked_at(group, rung)[0][pattern] > before:
                return rung
        return None


def protect(
    answers: Answers,
    tables: Sequence[Table],
    *,
    earlier: Sequence[Publication] = (),
    width: int = WIDTH,
    k: int = 5,
    on_progress: Callable[[float], None] | None = None,
) -> Publication:
    """``tables`` over ``answers``, as they may be published after ``earlier``, which stays as it is.

    ``answers`` holds the ballots of both. ``width``: answers that a hidden figure has to leave open. ``on_progress``
    hears shares of the work. Raises `TooFew` where a combination of attributes is shared by fewer than ``k`` ballots,
    `BadTable`, and `BadAnswers`. Of what earlier publications told already, nothing more
    is told; if ``Publication.audit`` still didn't pass, don't publish.
    """
    combined = answers.combinations()
    few = int((combined.ballots < k).sum())
    if few:
        raise TooFew(
            f"{few} combinations of attributes are shared by fewer than {k} ballots. Recode first.", few
        )
    items = _items(answers, tables)
    before = [(one, at) for at, publication in enumerate(earlier) for one in publication.tables]
    told: dict[str, list[Shown | None]] = {}
    audits = []
    for at, item in enumerate(items):
        told[item], audited = _item(answers, combined, item, tables, before, width)
        audits.append(audited)
        if on_progress:
            on_progress((at + 1) / len(items))
    return Publication(_published(tables, combined, told), together(audits, width))


def _items(answers: Answers, tables: Sequence[Table]) -> list[str]:
    for table in tables:
        for item in table.items:
            if item not in answers.items:
                raise BadTable(f"{table.name}: there is no item {item!r}.")
    if len({table.name for table in tables}) < len(tables):
        raise BadTable("Two tables have the same name.")
    return [item for item in answers.items if any(item in table.items for table in tables)]


def _item(
    answers: Answers,
    combined: Combinations,
    item: str,
    tables: Sequence[Table],
    before: Sequence[tuple[PublishedTable, int]],
    width: int,
) -> tuple[list[Shown | None], ItemAudit]:
    """What is told of the groups of the new tables with ``item``, in order, and the audit of all."""
    old = [one for one, _ in before if item in one.table.items]
    when = [at for one, at in before if item in one.table.items]
    new = [table for table in tables if item in table.items]
    layout = lay_out([*(one.table for one in old), *new], combined.codes)
    counts = answers.counts(item, combined.of, len(combined.ballots))
    of_groups = np.asarray(layout.members @ layout.summed(counts))
    told = shown_in(layout, old, item)
    telling = _start(layout, of_groups, told, _deciders(answers, combined, item, layout), width)
    system = system_of(layout, counts, telling.shown(), width)
    when += [max(when, default=0) + 1] * len(new)
    proof = settle(telling, Proof(system, told_before(system, layout, told, when)))
    return telling.shown()[len(told) :], concluded(proof, layout, item)


def _start(
    layout: Layout, counts: Ints, told: list[Shown | None], deciders: Callable[[int], int | None], width: int
) -> Telling:
    """Groups of the same ballots start, and stay, alike; as they were told, if they were."""
    same = _same(layout)
    rungs = np.full(len(layout.keys), -1, np.int64)
    fixed = [told[first] if first < len(told) else None for first in same.tolist()]
    ranges = len(rungs) > MOST_EXACT
    for group in np.flatnonzero(same >= len(told)).tolist():
        table = layout.tables[layout.table_of[group]]
        alone = _first(table, counts[group], deciders(group), first_rung(table.detail) + ranges)
        alike = same == same[group]
        rungs[alike] = max(alone, int(rungs[alike].max()))
    return Telling(layout, counts, rungs, fixed, width, same)


def _same(layout: Layout) -> Ints:
    """The first group of the same ballots [G]."""
    first: dict[bytes, int] = {}
    members = layout.members
    classes = [np.sort(members[[group]].indices).tobytes() for group in range(len(layout.keys))]
    return np.array([first.setdefault(one, group) for group, one in enumerate(classes)], np.int64)


def _first(table: Table, counts: Ints, deciders: int | None, start: int) -> int:
    """The rung a group starts from, by itself: the primary suppression."""
    few = counts[:STEPS].sum() < table.least or (deciders is not None and deciders < table.deciders)
    return HIDDEN if few else finest(counts, start)


def _deciders(
    answers: Answers, combined: Combinations, item: str, layout: Layout
) -> Callable[[int], int | None]:
    """How many decided on what the raters of a group rated; None where that is not known of any ballot."""
    if answers.decider is None:
        return lambda group: None
    known = (answers.items[item] >= 0) & (answers.decider >= 0)
    pairs = np.column_stack((layout.class_of[combined.of[known]], answers.decider[known]))
    pairs = np.unique(pairs, axis=0)

    def count(group: int) -> int:
        inside = np.isin(pairs[:, 0], layout.members[[group]].indices)
        return len(np.unique(pairs[inside, 1]))

    return count


def settle(telling: Telling, proof: Proof) -> Proof:
    """Coarsens until everything is proved open, or nothing new is left to coarsen.

    Work is counted in programs, not in seconds. Once there were too many, the item is withheld in one table after another.
    """
    system, found, most = proof.system, list(lines(telling.layout)), MOST_PROGRAMS
    _relax(telling, found)
    proof.retell(_retold(telling, system))
    given_up: set[Figured] = set()
    for turn in range(1, MOST_TURNS + 1):
        if not _mend(telling, proof, given_up, turn, most):
            return proof
        if proof.programs >= most:
            _withhold(telling, proof)
            most = proof.programs + MORE_PROGRAMS
        _relax(telling, found)
        proof.retell(_retold(telling, system))
    telling.hide(np.flatnonzero(telling.rungs >= 0))
    proof.retell(_retold(telling, system))
    return proof


def _withhold(telling: Telling, proof: Proof) -> None:
    """Hides the item in the new table that most of what is unproved lies in, of those that tell anything of it; the
    largest of equals."""
    of, open_to = telling.layout.table_of, (telling.rungs >= 0) & (telling.rungs < HIDDEN)
    if open_to.any():
        missing = sum(proof.missing(kind)[: len(of)].sum(axis=1) for kind in range(len(proof.keeps)))
        score = {
            int(at): (int((missing * (of == at)).sum()), int((of == at).sum()))
            for at in np.unique(of[open_to])
        }
        telling.hide(np.flatnonzero((of == max(score, key=lambda at: score[at])) & (telling.rungs >= 0)))


def _mend(telling: Telling, proof: Proof, given_up: set[Figured], turn: int, most: int) -> bool:
    """Coarsens what the unproved rest on, more of it every ``turn``; False where all is proved, or nothing can be done.
    Stops with True once ``most`` programs were solved.

    Those outside first: what is too narrow for them is for insiders, too.
    """
    before, aside = telling.rungs.copy(), np.zeros(proof.system.members.shape[0], bool)
    for kind in range(len(proof.keeps)):
        proof.search(kind, aside)
        for group, pattern in np.argwhere(proof.missing(kind)).tolist():
            at = (kind, group, pattern)
            if proof.programs >= most:
                return True
            if aside[group] or at in given_up or not proof.missing(kind)[group, pattern]:
                continue
            near = _sharing(telling, group)
            if (before != telling.rungs)[near].any():
                aside[group] = True  # what was just coarsened beside it may be enough
                continue
            rests_on = proof.rests_on(*at)
            if rests_on is None:
                continue
            rests_on = rests_on[rests_on < len(before)]
            if (before != telling.rungs)[rests_on].any() or _coarsen(
                telling, group, (rests_on, near), pattern, turn
            ):
                aside[group] = True
            else:
                given_up.add(at)
        if kind == 0 and (before != telling.rungs).any():
            return True
    return bool((before != telling.rungs).any())


def _coarsen(telling: Telling, group: int, among: tuple[Ints, Ints], pattern: int, times: int) -> bool:
    """``times`` groups or rungs, of the first ``among`` if it can be, but for ``group`` itself where another can do; False where
    not even one can be."""
    first, then = ([int(g) for g in some if 0 <= telling.rungs[g] < HIDDEN] for some in among)
    first = [g for g in first if g != group] or first
    done = 0
    while done < times and (telling.coarsen(first, pattern) or telling.coarsen(then, pattern)):
        done += 1
    return done > 0


def _sharing(telling: Telling, group: int) -> Ints:
    """Groups of tables that share ballots with it."""
    labels = telling.layout.labels[:, telling.layout.members[[group]].indices]
    return np.unique(labels[labels >= 0])


def _relax(telling: Telling, found: list[Line]) -> None:
    relax(found, telling.widths, telling.needed, telling.coarsen)


def _retold(telling: Telling, system: System) -> System:
    shown = telling.shown()
    groups = telling.layout.members.shape[0]
    return system.telling(told_by(shown), needed_for(shown, telling.ballots, telling.width, groups))


def _published(
    tables: Sequence[Table], combined: Combinations, told: dict[str, list[Shown | None]]
) -> tuple[PublishedTable, ...]:
    given = {item: iter(shown) for item, shown in told.items()}
    published = []
    for table in tables:
        keys, label = table.groups(combined.codes)
        ballots = np.bincount(label[label >= 0], combined.ballots[label >= 0], len(keys)).astype(int).tolist()
        by_item = {item: [next(given[item]) for _ in keys] for item in given if item in table.items}
        groups = [
            Group(
                key,
                ballots[at],
                {item: one for item in table.items if (one := by_item[item][at]) is not None},
            )
            for at, key in enumerate(keys)
        ]
        published.append(PublishedTable(table, tuple(groups)))
    return tuple(published)
