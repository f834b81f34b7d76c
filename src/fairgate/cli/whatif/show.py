"""The answer in a terminal: the threshold, the assumptions, then the illustrations."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from fairgate.engines.counterfactual import Answer, Refused
from fairgate.shared.translations import Translations
from fairgate.whatif.wording import answers, assumptions, base_rates, differences, tables, threshold
from fairgate.whatif.wording.names import policy_name

WIDE = 220  # of a file or a pipe, where a cut name would be lost


def everything(found: Answer | Refused, say: Translations) -> None:
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    if isinstance(found, Refused):
        console.print(f"[bold]{base_rates.refused(say)}[/bold]\n")
        _list(console, base_rates.base_rates(found.base_rates, say))
        ways = say.gettext(
            "Change the assumptions, or go on with --despite and a reason, which is then printed on every page."
        )
        console.print(f"\n{ways}", markup=False)
        return
    if found.override:
        console.print(base_rates.overridden(found.override, say) + "\n", style="bold", markup=False)
    console.print(f"[bold]{threshold.lead(found, say)}[/bold]\n")
    if borrowed := assumptions.borrowed(found.scenario, say):
        console.print(borrowed + "\n", markup=False)
    _list(console, threshold.thresholds(found.threshold, say))
    console.print(f"\n{answers.ranking(found, say)}\n", markup=False)
    console.print(answers.worth(found, say), markup=False)
    _heading(console, say.gettext("Assumptions this hangs on most"))
    _list(console, assumptions.assumptions(found, say))
    _list(console, (answers.overload(one, say) for one in found.overloads))
    _heading(console, say.gettext("Does the scenario reproduce what was counted?"))
    _list(console, base_rates.base_rates(found.base_rates, say))
    if found.override:
        console.print(base_rates.overridden(found.override, say), markup=False)
    wells = (answers.faster, answers.lasting, answers.earlier, answers.serious, answers.staying)
    for told in filter(None, (tell(found, say) for tell in wells)):
        console.print(f"\n{told}", markup=False)
    _heading(console, say.gettext("Illustrations"))
    for told in (answers.reading(found, say), answers.severities(say)):
        console.print(told, markup=False)
    for table in tables.tables(found, say):
        _heading(console, table.title)
        Console(highlight=False, width=None if sys.stdout.isatty() else WIDE).print(_drawn(table))
    _differences(console, found, say)
    _heading(console, say.gettext("How do we know?"))
    _list(console, answers.basis(found, say))


def _differences(console: Console, found: Answer, say: Translations) -> None:
    today = policy_name(found.policies[0], say)
    _heading(console, say.gettext("Each way against {today}").format(today=today))
    console.print(answers.apart(say), markup=False)
    for name in found.policies[1:]:
        told = [differences.difference(one, say) for one in found.against(name, found.policies[0])]
        console.print(f"{policy_name(name, say)}: {'; '.join(told)}", markup=False)


def _drawn(table: tables.Table) -> Table:
    made = Table(box=None, pad_edge=False, header_style="dim")
    for place, label in enumerate(table.header):
        made.add_column(label, justify="right" if place else "left")
    for row in table.rows:
        made.add_row(*row)
    return made


def _heading(console: Console, text: str) -> None:
    console.print(f"\n[bold]{text}[/bold]")


def _list(console: Console, sentences: Iterable[str]) -> None:
    for sentence in sentences:
        console.print(f"- {sentence}", markup=False)
