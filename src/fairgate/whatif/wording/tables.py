"""The tables of an answer: title, header, rows, all as text, the first column naming the row. A figure is the middle of what
is held possible with its band on the line below: the same on pages, on paper and in a terminal."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fairgate.engines.counterfactual import Alive, Answer, BreakEven, Figure, Outcome, Tornado
from fairgate.shared.translations import Translations
from fairgate.whatif.wording.names import (
    COSTS,
    ENDS,
    FIGURES,
    SEVERITIES,
    amount,
    parameter,
    policy_name,
    unit,
    without_unit,
)
from fairgate.whatif.wording.numbers import cell, share_cell, signed, small

YEARS = (12, 24, 60, 120, 180)
MOST_SWINGS = 12


class Table(NamedTuple):
    code: str
    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]


def tables(found: Answer, say: Translations) -> Iterator[Table]:
    yield results(found, say)
    yield everyday(found, say)
    yield survival(found, say)
    yield ends(found, say)
    yield flawed(found, say)
    yield costs(found, say)
    for one in found.tornados:
        if one.swings:
            yield swings(found, one, say)


def results(found: Answer, say: Translations) -> Table:
    header = (
        say.gettext("way"), say.gettext("worth (thousand)"), say.gettext("lots out, first year"),
        say.gettext("lots out, first 5 years"), say.gettext("lots a year, while in business"),
    )  # fmt: skip
    rows = [
        _row(one, (one.worth, one.out_first, one.out_early, one.out_a_year), say) for one in found.outcomes
    ]
    title = say.gettext("What each way leads to, over {years} years").format(years=f"{found.years:g}")
    return Table("results", title, header, rows)


def everyday(found: Answer, say: Translations) -> Table:
    header = (
        say.gettext("way"), say.gettext("days at the gate"), say.gettext("flawed lots stopped a year"),
        say.gettext("good lots stopped a year"), say.gettext("complaints a year"), say.gettext("recalls a year"),
    )  # fmt: skip
    names = ("gate_days", "stopped_a_year", "alarms_a_year", "complaints_a_year", "recalls_a_year")
    rows = [_row(one, [getattr(one, name) for name in names], say) for one in found.outcomes]
    return Table("everyday", say.gettext("At the gate and outside, while in business"), header, rows)


def flawed(found: Answer, say: Translations) -> Table:
    header = (
        say.gettext("way"),
        *(say.gettext(words) for words in SEVERITIES.values()),
        say.gettext("serious, together"),
    )
    rows = []
    for one in found.outcomes:
        per = one.escaped_per_thousand or {}
        rows.append(_row(one, [*(per.get(it) for it in SEVERITIES), one.serious_per_thousand], say))
    return Table("flawed", say.gettext("Flawed lots that go out, of 1,000 lots out"), header, rows)


def costs(found: Answer, say: Translations) -> Table:
    header = (say.gettext("way"), *(say.gettext(words) for words in COSTS.values()), say.gettext("together"))
    rows = []
    for one in found.outcomes:
        parts = one.quality_cost_a_year or {}
        rows.append(_row(one, [*(parts.get(it) for it in COSTS), one.quality_cost_together], say))
    return Table("costs", say.gettext("Cost of quality, thousand a year"), header, rows)


def _row(one: Outcome, figures: Sequence[Figure | None], say: Translations) -> list[str]:
    to = say.gettext("to")
    return [policy_name(one.policy, say), *(cell(figure, to) for figure in figures)]


def survival(found: Answer, say: Translations) -> Table:
    last = found.outcomes[0].alive[-1].months
    shown = sorted({at for at in (*YEARS, last) if at <= last and at % 6 == 0})
    years = [say.gettext("year {n}").format(n=f"{at / 12:g}") for at in shown]
    header = (say.gettext("way"), *years, say.gettext("years until half have ended"))
    rows = []
    for one in found.outcomes:
        points = {point.months: point for point in one.alive}
        cells = [_going(points[at]) for at in shown]
        rows.append([policy_name(one.policy, say), *cells, _median(one, last, say)])
    return Table("survival", say.gettext("Still in business"), header, rows)


def ends(found: Answer, say: Translations) -> Table:
    header = (say.gettext("way"), *(say.gettext(words) for words in ENDS.values()))
    rows = []
    for one in found.outcomes:
        cells = [share_cell(it.middle, it.low, it.high) for it in (one.ends[code] for code in ENDS)]
        rows.append([policy_name(one.policy, say), *cells])
    title = say.gettext("What ended businesses within {years} years").format(years=f"{found.years:g}")
    return Table("ends", title, header, rows)


def swings(found: Answer, of: Tornado, say: Translations) -> Table:
    """Of one comparison, which the title names."""
    header = (
        say.gettext("assumption"), say.gettext("hardly below"), say.gettext("worth then"), say.gettext("hardly above"),
        say.gettext("worth then"), say.gettext("turns the order"),
    )  # fmt: skip
    rows = []
    for one in of.swings[:MOST_SWINGS]:
        words, spelled = parameter(one.parameter, say), unit(one.parameter)
        label = f"{words}\n({spelled})" if spelled else words
        low, high = (without_unit(one.parameter, it) for it in (one.low, one.high))
        if one.tried:
            label += "\n" + say.gettext("half and double, as no range was given")
        flips = say.gettext("yes") if one.flips else say.gettext("within chance") if one.crosses else ""
        rows.append([label, low, signed(one.at_low), high, signed(one.at_high), flips])
    return Table("swings", swings_title(found, of, say), header, rows)


def swings_title(found: Answer, of: Tornado, say: Translations) -> str:
    text = (
        say.gettext("What it hangs on: worth of {a} over {b} (thousand), one assumption at a time")
        if of is found.tornados[0]
        else say.gettext(
            "What the two worth most hang on: worth of {a} over {b} (thousand), one assumption at a time"
        )
    )
    return text.format(a=policy_name(of.policy, say), b=policy_name(of.against, say))


def side_by_side(found: Answer, names: tuple[str, str], say: Translations) -> Table:
    """Two policies, figure by figure. How far they differ, `apart` tells: middles can't be subtracted."""
    by_name = {one.policy: one for one in found.outcomes}
    a, b = (by_name[name] for name in names)
    header = (say.gettext("figure"), policy_name(a.policy, say), policy_name(b.policy, say))
    to = say.gettext("to")
    rows = [[words, cell(x, to), cell(y, to)] for words, x, y in _figures(a, b, say)]
    going = (share_cell(it.middle, it.low, it.high) for it in (a.alive[-1], b.alive[-1]))
    rows.append([say.gettext("still in business at the end"), *going])
    return Table("pair", say.gettext("Two ways side by side"), header, rows)


def _figures(a: Outcome, b: Outcome, say: Translations) -> Iterator[tuple[str, Figure | None, Figure | None]]:
    yield say.gettext("worth (thousand)"), a.worth, b.worth
    yield say.gettext("lots out in the first year"), a.out_first, b.out_first
    yield say.gettext("of them seriously flawed"), a.serious_first, b.serious_first
    yield say.gettext("working days at the gate"), a.gate_days, b.gate_days
    for code, words in SEVERITIES.items():
        name = say.gettext("flawed lots out of 1,000: {severity}").format(severity=say.gettext(words))
        x, y = ((one.escaped_per_thousand or {}).get(code) for one in (a, b))
        yield name, x, y
    yield say.gettext("complaints a year"), a.complaints_a_year, b.complaints_a_year
    yield say.gettext("recalls a year"), a.recalls_a_year, b.recalls_a_year
    for code, words in COSTS.items():
        name = say.gettext("cost of quality, thousand a year: {part}").format(part=say.gettext(words))
        x, y = ((one.quality_cost_a_year or {}).get(code) for one in (a, b))
        yield name, x, y


def apart(found: Answer, policy: str, other: str, say: Translations) -> Table:
    """One policy less another, with both ranges."""
    header = (
        say.gettext("figure"),
        say.gettext("difference"),
        say.gettext("by chance"),
        say.gettext("held possible"),
    )
    rows = [
        [say.gettext(FIGURES[it.figure]), signed(it.middle), _from_to(it.chance_low, it.chance_high, say),
         _from_to(it.low, it.high, say)]
        for it in found.against(policy, other)
    ]  # fmt: skip
    title = say.gettext("{policy} compared with {other}").format(
        policy=policy_name(policy, say), other=policy_name(other, say)
    )
    return Table("apart", title[0].upper() + title[1:], header, rows)


def _from_to(low: float, high: float, say: Translations) -> str:
    first, last = signed(low), signed(high)
    return first if first == last else f"{first} {say.gettext('to')} {last}"


def line(found: BreakEven, say: Translations) -> Table:
    """Along a parameter: worth of one policy over the other."""
    title = say.gettext("Worth of {a} over {b}, thousand").format(
        a=policy_name(found.policy, say), b=policy_name(found.against, say)
    )
    rows = [
        [amount(found.parameter, at), signed(difference), small(1.96 * error)]
        for at, difference, error in zip(found.values, found.differences, found.errors, strict=True)
    ]
    header = (parameter(found.parameter, say), say.gettext("worth (thousand)"), say.gettext("± by chance"))
    return Table("line", title, header, rows)


def _going(one: Alive) -> str:
    return share_cell(one.middle, one.low, one.high)


def _median(one: Outcome, months: int, say: Translations) -> str:
    """In years; what lies beyond the time looked at is told so."""
    beyond = say.gettext("over {years}").format(years=small(months / 12))
    low, middle, high = (
        beyond if at is None else small(at / 12)
        for at in (one.median_low, one.median_months, one.median_high)
    )
    if low == high:
        return middle
    return f"{middle}\n{low} {say.gettext('to')} {high}"
