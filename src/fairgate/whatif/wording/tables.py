"""The tables of an answer: title, header, rows, all as text, the first column naming the row."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fairgate.engines.counterfactual import Alive, Answer, BreakEven, Difference, Figure, Outcome
from fairgate.shared.translations import Translations
from fairgate.whatif.wording.names import COSTS, ENDS, FIGURES, SEVERITIES, amount, parameter, policy_name
from fairgate.whatif.wording.numbers import maybe, signed, small

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
    yield flawed(found, say)
    yield costs(found, say)
    yield survival(found, say)
    if found.swings:
        yield swings(found, say)


def results(found: Answer, say: Translations) -> Table:
    header = (
        say.gettext("way"), say.gettext("worth (thousand)"), say.gettext("held possible"), say.gettext("lots out, first year"),
        say.gettext("first 5 years"), say.gettext("lots a year"),
    )  # fmt: skip
    rows = [
        [policy_name(one.policy, say), _mean(one.worth), _held(one.worth), _mean(one.out_first), _mean(one.out_early),
         maybe(one.out_a_year)]
        for one in found.outcomes
    ]  # fmt: skip
    title = say.gettext("What each way leads to, over {years} years").format(years=f"{found.years:g}")
    return Table("results", title, header, rows)


def everyday(found: Answer, say: Translations) -> Table:
    header = (
        say.gettext("way"), say.gettext("days at the gate"), say.gettext("stopped a year"), say.gettext("needlessly"),
        say.gettext("complaints a year"), say.gettext("recalls a year"),
    )  # fmt: skip
    rows = []
    for one in found.outcomes:
        rates = (
            one.gate_days,
            one.stopped_a_year,
            one.alarms_a_year,
            one.complaints_a_year,
            one.recalls_a_year,
        )
        rows.append([policy_name(one.policy, say), *map(maybe, rates)])
    return Table("everyday", say.gettext("At the gate and outside, while in business"), header, rows)


def flawed(found: Answer, say: Translations) -> Table:
    header = (
        say.gettext("way"),
        *(say.gettext(words) for words in SEVERITIES.values()),
        say.gettext("serious, held possible"),
    )
    rows = []
    for one in found.outcomes:
        per = one.escaped_per_thousand or {}
        held = _held(one.serious_per_thousand) if one.serious_per_thousand else "–"
        rows.append([policy_name(one.policy, say), *(maybe(per.get(it)) for it in SEVERITIES), held])
    return Table("flawed", say.gettext("Flawed lots that go out, of 1,000 lots out"), header, rows)


def costs(found: Answer, say: Translations) -> Table:
    header = (say.gettext("way"), *(say.gettext(words) for words in COSTS.values()), say.gettext("together"))
    rows = []
    for one in found.outcomes:
        parts = one.quality_cost_a_year
        cells = [small(parts[it]) for it in COSTS] + [small(sum(parts.values()))] if parts else ["–"] * 5
        rows.append([policy_name(one.policy, say), *cells])
    return Table("costs", say.gettext("Cost of quality, thousand a year"), header, rows)


def survival(found: Answer, say: Translations) -> Table:
    last = found.outcomes[0].alive[-1].months
    shown = sorted({at for at in (*YEARS, last) if at <= last and at % 6 == 0})
    years = [say.gettext("year {n}").format(n=f"{at / 12:g}") for at in shown]
    header = (
        say.gettext("way"),
        *years,
        say.gettext("half have ended"),
        *(say.gettext(words) for words in ENDS.values()),
    )
    rows = []
    for one in found.outcomes:
        points = {point.months: point for point in one.alive}
        cells = [_going(points[at]) for at in shown]
        ends = [f"{one.ends[it]:.0%}" for it in ENDS]
        rows.append([policy_name(one.policy, say), *cells, _median(one, say), *ends])
    return Table(
        "survival",
        say.gettext(
            "Still in business (middle and range of what is held possible), and what ended the others"
        ),
        header,
        rows,
    )


def swings(found: Answer, say: Translations) -> Table:
    header = (
        say.gettext("assumption"), say.gettext("from"), say.gettext("to"), say.gettext("worth at from"),
        say.gettext("worth at to"), say.gettext("flips the order"),
    )  # fmt: skip
    title = say.gettext("Worth of {best} over {second}, one assumption at a time").format(
        best=policy_name(found.best, say), second=policy_name(found.second, say)
    )
    rows = []
    for one in found.swings[:MOST_SWINGS]:
        ends = (amount(one.parameter, one.low), amount(one.parameter, one.high))
        flips = say.gettext("yes") if one.flips else ""
        rows.append([parameter(one.parameter, say), *ends, signed(one.at_low), signed(one.at_high), flips])
    return Table("swings", title, header, rows)


def side_by_side(found: Answer, names: tuple[str, str], say: Translations) -> Table:
    """Two policies, figure by figure, and the second less the first."""
    by_name = {one.policy: one for one in found.outcomes}
    a, b = (by_name[name] for name in names)
    header = (
        say.gettext("figure"),
        policy_name(a.policy, say),
        policy_name(b.policy, say),
        say.gettext("difference"),
    )
    rows = [[words, *_pair(x, y)] for words, x, y in _figures(a, b, say)]
    return Table("pair", say.gettext("Two ways side by side"), header, rows)


def _figures(a: Outcome, b: Outcome, say: Translations) -> Iterator[tuple[str, float | None, float | None]]:
    yield say.gettext("worth (thousand)"), a.worth.mean, b.worth.mean
    yield say.gettext("lots out in the first year"), a.out_first.mean, b.out_first.mean
    yield say.gettext("of them seriously flawed"), a.serious_first.mean, b.serious_first.mean
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
    yield (
        say.gettext("still in business at the end, of 100"),
        100 * a.alive[-1].share,
        100 * b.alive[-1].share,
    )


def _pair(a: float | None, b: float | None) -> tuple[str, str, str]:
    apart = "–" if a is None or b is None else signed(b - a)
    return maybe(a), maybe(b), apart


def apart(found: Sequence[Difference], policy: str, say: Translations) -> Table:
    """One policy against the first, with both ranges."""
    header = (
        say.gettext("figure"),
        say.gettext("difference"),
        say.gettext("by chance"),
        say.gettext("held possible"),
    )
    rows = [
        [say.gettext(FIGURES[it.figure]), signed(it.mean), f"{signed(it.chance_low)} … {signed(it.chance_high)}",
         f"{signed(it.low)} … {signed(it.high)}"]
        for it in found if it.policy == policy
    ]  # fmt: skip
    title = say.gettext("{policy} less {today}").format(
        policy=policy_name(policy, say), today=policy_name(found[0].against, say)
    )
    return Table("apart", title[0].upper() + title[1:], header, rows)


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
    """The middle of what is held possible, with its band; that of the values alone may lie outside."""
    return f"{one.share if one.middle is None else one.middle:.0%} ({one.low:.0%}–{one.high:.0%})"


def _median(one: Outcome, say: Translations) -> str:
    if one.median_months is None:
        return say.gettext("no")
    return say.gettext("after {years} years").format(years=small(one.median_months / 12))


def _mean(one: Figure) -> str:
    return f"{one.mean:,.0f} ± {1.96 * one.error:,.0f}"


def _held(one: Figure) -> str:
    band = f"{small(one.low)} to {small(one.high)}"
    return band if one.middle is None else f"{band}, middle {small(one.middle)}"
