"""The answer in a terminal: the threshold, the assumptions, then the illustrations."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from fairgate.cli.whatif import words
from fairgate.engines.counterfactual import Answer, Figure, Outcome, Refused
from fairgate.shared.translations import Translations

WIDE = 200  # of a file or a pipe, where a cut name would be lost


def everything(found: Answer | Refused, say: Translations) -> None:
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    if isinstance(found, Refused):
        console.print(f"[bold]{words.refused(say)}[/bold]\n")
        _list(console, words.base_rates(found.base_rates, say))
        return
    if found.override:
        console.print(f"[bold]{words.overridden(found.override, say)}[/bold]\n")
    console.print(f"[bold]{words.lead(found.threshold, found.scenario, say)}[/bold]\n")
    _list(console, words.thresholds(found.threshold, say))
    console.print(f"\n{words.ranking(found, say)}\n", markup=False)
    _heading(console, say.gettext("Assumptions this hangs on most"))
    _list(console, words.assumptions(found, say))
    _list(console, (words.overload(one, say) for one in found.overloads))
    _heading(console, say.gettext("Does the scenario reproduce what was counted?"))
    _list(console, words.base_rates(found.base_rates, say))
    if found.override:
        console.print(words.overridden(found.override, say), markup=False)
    if told := words.faster(found, say):
        console.print(f"\n{told}", markup=False)
    for title, table in _tables(found, say):
        _heading(console, title)
        Console(highlight=False, width=None if sys.stdout.isatty() else WIDE).print(table)
    _heading(
        console,
        say.gettext("Each way against {today}").format(today=words.policy_name(found.policies[0], say)),
    )
    for name in found.policies[1:]:
        told_of = [words.difference(one, say) for one in found.differences if one.policy == name]
        console.print(f"{words.policy_name(name, say)}: {'; '.join(told_of)}", markup=False)
    _heading(console, say.gettext("How do we know?"))
    _list(console, _basis(found, say))


def _tables(found: Answer, say: Translations) -> Iterable[tuple[str, Table]]:
    yield (
        say.gettext("What each way leads to, over {years} years").format(years=f"{found.years:g}"),
        _results(found, say),
    )
    yield say.gettext("Flawed lots that go out, of 1,000 lots out"), _flawed(found, say)
    yield say.gettext("Cost of quality, thousand a year"), _costs(found, say)
    yield say.gettext("Still in business (held possible)"), _survival(found, say)
    if found.swings:
        yield (
            say.gettext("Worth of {best} over {second}, one assumption at a time").format(
                best=words.policy_name(found.best, say), second=words.policy_name(found.second, say)
            ),
            _swings(found, say),
        )


def _results(found: Answer, say: Translations) -> Table:
    table = _table(
        "", say.gettext("worth (thousand)"), say.gettext("held possible"), say.gettext("lots out, first year"),
        say.gettext("first 5 years"),
        say.gettext("lots a year"), say.gettext("days at the gate"), say.gettext("stopped a year"),
        say.gettext("needlessly"), say.gettext("complaints a year"),
    )  # fmt: skip
    for one in found.outcomes:
        table.add_row(
            words.policy_name(one.policy, say), _mean(one.worth), _held(one.worth), _mean(one.out_first), _mean(one.out_early),
            *(_rate(x) for x in (one.out_a_year, one.gate_days, one.stopped_a_year, one.alarms_a_year, one.complaints_a_year)),
        )  # fmt: skip
    return table


def _flawed(found: Answer, say: Translations) -> Table:
    table = _table(
        "",
        say.gettext("minor"),
        say.gettext("major"),
        say.gettext("critical"),
        say.gettext("serious, held possible"),
    )
    for one in found.outcomes:
        per = one.escaped_per_thousand or {}
        held = _held(one.serious_per_thousand) if one.serious_per_thousand else "–"
        cells = (_rate(per.get(severity)) for severity in ("minor", "major", "critical"))
        table.add_row(words.policy_name(one.policy, say), *cells, held)
    return table


def _costs(found: Answer, say: Translations) -> Table:
    names = ("prevention", "appraisal", "internal failure", "external failure")
    table = _table("", *(say.gettext(name) for name in names), say.gettext("together"))
    for one in found.outcomes:
        costs = one.quality_cost_a_year
        cells = [_rate(cost) for cost in (*costs.values(), sum(costs.values()))] if costs else ["–"] * 5
        table.add_row(words.policy_name(one.policy, say), *cells)
    return table


def _survival(found: Answer, say: Translations) -> Table:
    ends = found.outcomes[0].alive[-1].months
    shown = sorted({at for at in (12, 24, 60, 120, 180, ends) if at <= ends and at % 6 == 0})
    table = _table(
        "",
        *(say.gettext("{n} years").format(n=f"{at / 12:g}") for at in shown),
        say.gettext("half have ended"),
    )
    for one in found.outcomes:
        points = {point.months: point for point in one.alive}
        cells = [f"{points[at].share:.0%} ({points[at].low:.0%}–{points[at].high:.0%})" for at in shown]
        table.add_row(words.policy_name(one.policy, say), *cells, _median(one, say))
    return table


def _swings(found: Answer, say: Translations) -> Table:
    table = _table(
        "", say.gettext("from"), say.gettext("to"), say.gettext("worth at from"), say.gettext("worth at to"),
        say.gettext("flips the order"),
    )  # fmt: skip
    for one in found.swings[:12]:
        flips = say.gettext("yes") if one.flips else ""
        cells = (
            words.small(one.low),
            words.small(one.high),
            words.signed(one.at_low),
            words.signed(one.at_high),
        )
        table.add_row(one.parameter, *cells, flips)
    return table


def _basis(found: Answer, say: Translations) -> Iterable[str]:
    yield say.gettext(
        "{replicates} businesses were lived through for each way of checking, {sets} sets of assumptions for the "
        "ranges; seed {seed}."
    ).format(replicates=f"{found.replicates:,}", sets=found.sets, seed=found.seed)
    yield say.gettext(
        "Ranges “by chance” shrink with more replicates; ranges “held possible” only with better knowledge."
    )
    yield from words.not_told(say)


def _median(one: Outcome, say: Translations) -> str:
    if one.median_months is None:
        return say.gettext("no")
    return say.gettext("after {years} years").format(years=words.small(one.median_months / 12))


def _mean(one: Figure) -> str:
    return f"{one.mean:,.0f} ± {1.96 * one.error:,.0f}"


def _held(one: Figure) -> str:
    return f"{words.small(one.low)} to {words.small(one.high)}"


def _rate(number: float | None) -> str:
    return "–" if number is None else words.small(number)


def _table(*labels: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for place, label in enumerate(labels):
        table.add_column(label, justify="right" if place else "left")
    return table


def _heading(console: Console, text: str) -> None:
    console.print(f"\n[bold]{text}[/bold]")


def _list(console: Console, sentences: Iterable[str]) -> None:
    for sentence in sentences:
        console.print(f"- {sentence}", markup=False)
