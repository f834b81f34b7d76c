"""An answer as rows for a spreadsheet: figures as numbers, one a row, and every parameter with its kind."""

from collections.abc import Iterable, Iterator, Mapping

from fairgate.engines.counterfactual import BY_NAME, Answer, BreakEven, Figure, Outcome, Refused, Scenario
from fairgate.shared.translations import Translations
from fairgate.whatif.wording import assumptions, base_rates

Cell = str | float | None
Row = list[Cell]
FIGURES = (
    "worth", "out_first", "serious_first", "out_early", "serious_per_thousand", "out_a_year", "stopped_a_year",
    "alarms_a_year", "gate_days", "complaints_a_year", "recalls_a_year", "letters_a_year", "quality_cost_together",
)  # fmt: skip
PARTS = ("escaped_per_thousand", "escaped_a_year", "quality_cost_a_year", "ends")
CHANCE, HELD, SEARCHED, NO_RANGE = "by chance", "held possible", "looked through", "none given"
TRIED = ", tried at half and double as no range was given"
ENDED = "months until half have ended (empty: more than half go on)"
WHERE = {True: "from where today is worth more", False: "from where the other is worth more"}
NOWHERE = {
    "more": "today is worth more from low to high",
    "less": "the other is worth more from low to high",
    "tie": "chance hides any difference from low to high",
}


def header(say: Translations) -> list[str]:
    words = ("part", "of", "figure", "value", "low", "high", "range", "kind", "source")
    return [say.gettext(word) for word in words]


def rows(found: Answer | Refused, lines: Iterable[BreakEven], say: Translations) -> Iterator[Row]:
    """``value`` is the middle of what is held possible, ``low`` and ``high`` its band, as on the page; of break-even lines all
    three are at the scenario's values. ``range`` says whether low and high are by chance or held possible."""
    if isinstance(found, Answer):
        if found.override:
            yield ["override", "", base_rates.overridden(found.override, say), None, None, None, "", "", ""]
        if borrowed := assumptions.borrowed(found.scenario, say):
            yield ["note", "", borrowed, None, None, None, "", "", ""]
        yield from _thresholds(found)
        yield from _outcomes(found)
        yield from _lines(found, lines)
    yield from _counts(found)
    yield from _parameters(found.scenario)


def _thresholds(found: Answer) -> Iterator[Row]:
    told = found.threshold
    yield [
        "threshold",
        "",
        "seriously wrong in 1000 lots",
        None,
        told.records_low,
        told.records_high,
        HELD,
        "estimated",
        "",
    ]
    for curve in told.curves:
        for one in told.turns(curve.against):
            name = f"in 1000 lots, {WHERE[one.above == curve.policy]}"
            yield ["threshold", curve.against, name, one.value, one.low, one.high, CHANCE, "estimated", ""]
        if curve.shape in NOWHERE:
            low, high = told.searched()
            name = f"in 1000 lots, no crossing: {NOWHERE[curve.shape]}"
            yield ["threshold", curve.against, name, None, low, high, SEARCHED, "estimated", ""]


def _outcomes(found: Answer) -> Iterator[Row]:
    for one in found.outcomes:
        for name, figure in _figures(one):
            numbers = (figure.middle, figure.low, figure.high) if figure else (None, None, None)
            yield ["outcome", one.policy, name, *numbers, HELD, "estimated", ""]
        yield [
            "outcome",
            one.policy,
            ENDED,
            one.median_months,
            one.median_low,
            one.median_high,
            HELD,
            "estimated",
            "",
        ]
        for point in one.alive:
            name = f"in business after {point.months} months"
            yield ["outcome", one.policy, name, point.middle, point.low, point.high, HELD, "estimated", ""]
    for apart in found.differences:
        name = f"{apart.figure} less that of {apart.against}"
        yield ["difference", apart.policy, name, apart.middle, apart.low, apart.high, HELD, "estimated", ""]
        by_chance = (apart.middle, apart.chance_low, apart.chance_high)
        yield ["difference", apart.policy, f"{name}, by chance", *by_chance, CHANCE, "estimated", ""]


def _figures(one: Outcome) -> Iterator[tuple[str, Figure | None]]:
    for name in FIGURES:
        yield name, getattr(one, name)
    for name in PARTS:
        parts: Mapping[str, Figure] = getattr(one, name) or {}
        for code, figure in parts.items():
            yield f"{name} {code}", figure


def _lines(found: Answer, lines: Iterable[BreakEven]) -> Iterator[Row]:
    for of in found.tornados:
        name = f"worth of {of.policy} less {of.against}"
        for one in of.swings:
            for at, worth in ((one.low, one.at_low), (one.high, one.at_high)):
                figure = f"{name} at {at:g}{TRIED if one.tried else ''}"
                yield ["one assumption", one.parameter, figure, worth, None, None, "", "estimated", ""]
    for line in lines:
        for at, value, error in zip(line.values, line.differences, line.errors, strict=True):
            name = f"worth of {line.policy} less {line.against} at {at:g}"
            low, high = value - 1.96 * error, value + 1.96 * error
            yield ["line", line.parameter, name, value, low, high, CHANCE, "estimated", ""]


def _counts(found: Answer | Refused) -> Iterator[Row]:
    for one in found.base_rates.checked:
        name = f"in {one.years:.3g} years, expected {one.expected:.3g}"
        yield [
            "check",
            one.what,
            name,
            one.count,
            one.low,
            one.high,
            f"{100 * one.level:.3g} in 100 such cases",
            "agrees" if one.agrees else "disagrees",
            one.source,
        ]


def _parameters(scenario: Scenario) -> Iterator[Row]:
    for name, it in scenario.beliefs.items():
        source = ", ".join(filter(None, (it.source, it.author, it.date)))
        low, high, spread = (None, None, NO_RANGE) if it.is_known else (it.low, it.high, HELD)
        yield ["parameter", name, BY_NAME[name].unit, it.value, low, high, spread, it.kind, source]
