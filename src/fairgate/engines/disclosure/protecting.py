"""What of the tables may be shown: the least is hidden that passes the audit.

    `primary` suppression → `complementary` suppression, until all is proved open → what is told, and its audit

Deterministic: no limit on time, fixed seeds.
"""

from collections.abc import Callable, Sequence

import numpy as np

from fairgate.engines.disclosure.answers import Answers, Combinations
from fairgate.engines.disclosure.auditing import WIDTH, ItemAudit, concluded, shown_in, together, told_before
from fairgate.engines.disclosure.coding import Shown
from fairgate.engines.disclosure.complementary import settle
from fairgate.engines.disclosure.errors import BadTable, TooFew
from fairgate.engines.disclosure.layout import lay_out
from fairgate.engines.disclosure.primary import deciders_in, start
from fairgate.engines.disclosure.published import Group, Publication, PublishedTable
from fairgate.engines.disclosure.system import system_of
from fairgate.engines.disclosure.tables import Table
from fairgate.engines.disclosure.witnesses import Proof


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
    telling = start(layout, of_groups, told, deciders_in(answers, combined, item, layout), width)
    system = system_of(layout, counts, telling.shown(), width)
    when += [max(when, default=0) + 1] * len(new)
    proof = settle(telling, Proof(system, told_before(system, layout, told, when)))
    return telling.shown()[len(told) :], concluded(proof, layout, item)


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
