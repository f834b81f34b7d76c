"""The audit: is every figure that is hidden or coded still open, after all that was ever told?

One system per item over all publications together, so that tables that overlap, periods that are added up and units that merged
are seen as an attacker sees them: at once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

import numpy as np

from fairgate.engines.disclosure.answers import Answers, Combinations
from fairgate.engines.disclosure.coding import Shown
from fairgate.engines.disclosure.errors import BadTable
from fairgate.engines.disclosure.figures import Figure
from fairgate.engines.disclosure.layout import Layout, lay_out
from fairgate.engines.disclosure.program import Narrowed, Program
from fairgate.engines.disclosure.published import Audit, Finding, Publication, PublishedTable
from fairgate.engines.disclosure.system import PATTERNS, System, Told, system_of, told_by, told_from
from fairgate.engines.disclosure.witnesses import Proof

WIDTH = 5
MOST_FINDINGS = 100


@dataclass(frozen=True)
class ItemAudit:
    checked: int
    insiders: int
    findings: tuple[Finding, ...]


def audit(
    answers: Answers,
    publications: Sequence[Publication],
    *,
    figures: Sequence[Figure] = (),
    width: int = WIDTH,
) -> Audit:
    """Looks at ``publications``, oldest first, and further ``figures`` that were told, as one system.

    ``answers``: the ballots they were made of. Raises `BadTable` where a publication doesn't fit them.
    """
    combined = answers.combinations()
    tables = [(one, at) for at, publication in enumerate(publications) for one in publication.tables]
    found = []
    for item in answers.items:
        about = [(one, at) for one, at in tables if item in one.table.items]
        further = [figure for figure in figures if figure.item == item]
        if about:
            found.append(_item(answers, combined, item, about, further, width))
    return together(found, width)


def together(found: Sequence[ItemAudit], width: int) -> Audit:
    findings = tuple(finding for one in found for finding in one.findings)
    checked, insiders = sum(one.checked for one in found), sum(one.insiders for one in found)
    return Audit(checked, insiders, width, len(findings), findings)


def _item(
    answers: Answers,
    combined: Combinations,
    item: str,
    published: Sequence[tuple[PublishedTable, int]],
    figures: Sequence[Figure],
    width: int,
) -> ItemAudit:
    tables, when = [one for one, _ in published], [at for _, at in published]
    layout = lay_out(
        [one.table for one in tables], combined.codes, [one.inside(combined.codes) for one in figures]
    )
    shown = shown_in(layout, tables, item)
    system = system_of(layout, answers.counts(item, combined.of, len(combined.ballots)), shown, width)
    further = [
        (len(layout.keys) + at, np.array(one.weights), one.low, one.high) for at, one in enumerate(figures)
    ]
    system = system.telling(_joined(system.told, told_from(further)), system.needed)
    if not system.allows(system.truth):
        raise BadTable(f"{item}: what was published doesn't fit these ballots.")
    return concluded(Proof(system, told_before(system, layout, shown, when)), layout, item)


def told_before(
    system: System, layout: Layout, shown: Sequence[Shown | None], when: Sequence[int]
) -> Callable[[int], Program | None]:
    """For each group, the program of all that earlier publications told; ``when`` [tables] each was published."""

    @cache
    def program(at: int) -> Program | None:
        old = [
            one if when[table] < at else None
            for one, table in zip(shown, layout.table_of.tolist(), strict=False)
        ]
        return Program(system.telling(told_by(old), system.needed)) if any(old) else None

    return lambda group: program(when[int(layout.table_of[group])])


def concluded(proof: Proof, layout: Layout, item: str) -> ItemAudit:
    """What ``proof`` leaves unproved, with the linear bounds of it."""
    findings: list[Finding] = []
    for kind in range(len(proof.keeps)):
        for group, pattern, narrowed in islice(proof.conclude(kind), MOST_FINDINGS - len(findings)):
            findings.append(_finding(proof.system, layout, item, (kind, group, pattern), narrowed))
    return ItemAudit(
        int((proof.system.needed > 0).sum()), int((proof.system.truth > 0).sum()), tuple(findings)
    )


def _finding(
    system: System, layout: Layout, item: str, where: tuple[int, int, int], narrowed: Narrowed
) -> Finding:
    kind, group, pattern = where
    table, key = layout.tables[layout.table_of[group]].name, layout.keys[group]
    needed = int(system.needed[group, pattern]) - (kind > 0)
    return Finding(table, key, item, PATTERNS[pattern], narrowed.low, narrowed.high, needed, kind > 0)


def shown_in(layout: Layout, tables: Sequence[PublishedTable], item: str) -> list[Shown | None]:
    """What ``tables`` tell, in the order of the layout's first groups."""
    told: list[Mapping[tuple[int, ...], Shown | None]] = [
        {group.key: group.shown.get(item) for group in one.groups} for one in tables
    ]
    shown: list[Shown | None] = []
    for at, key in zip(layout.table_of, layout.keys, strict=True):
        if at >= len(tables):
            break
        if key not in told[at]:
            raise BadTable(f"{tables[at].table.name}: the group {key} was not published, but has ballots.")
        shown.append(told[at][key])
    return shown


def _joined(one: Told, other: Told) -> Told:
    return Told(
        np.concatenate((one.group, other.group)),
        np.concatenate((one.weights, other.weights)),
        np.concatenate((one.low, other.low)),
        np.concatenate((one.high, other.high)),
    )
