"""What the pictures show, as plain values and words. `views` has them drawn."""

from collections.abc import Iterator
from typing import NamedTuple

from fairgate.engines.counterfactual import Answer, BreakEven, Figure, Threshold, Tornado
from fairgate.shared.translations import Translations
from fairgate.whatif.wording.names import COSTS, SEVERITIES, amount, parameter, policy_name, without_unit
from fairgate.whatif.wording.numbers import between, signed, small

__all__ = [
    "Answer", "Bar", "BreakEven", "Span", "Threshold", "Tornado", "costs", "edges", "line", "severities", "signed", "survival",
    "swings", "thresholds", "without_unit",
]  # fmt: skip

MOST_SWINGS = 8
LEAST = 0.01  # in 1,000 lots: where the scale of thresholds may begin


class Span(NamedTuple):
    """As `web.figures.spans.Span`."""

    label: str
    says: str
    low: float | None = None
    high: float | None = None
    at: float | None = None
    code: str = "span"


def thresholds(found: Threshold, say: Translations, *, measured: bool) -> list[Span]:
    """What records say, and where each comparison turns: in 1,000 lots seriously wrong without checks."""
    low, high = (max(x, LEAST) for x in (found.records_low, found.records_high))
    label = say.gettext("Your records say") if measured else say.gettext("Held possible")
    told = [Span(label, f"{small(low)} – {small(high)}", low, high, code="records")]
    for curve in found.curves:
        name = say.gettext("Against {other}").format(other=policy_name(curve.against, say))
        nowhere = {
            "more": say.gettext("today's, at every rate"),
            "less": say.gettext("the other, at every rate"),
            "tie": say.gettext("can't be told apart"),
        }
        if curve.shape in nowhere:
            told.append(Span(name, nowhere[curve.shape]))
            continue
        for one in found.turns(curve.against):
            value, from_, to = (max(x, LEAST) for x in (one.value, one.low, one.high))
            text = (
                say.gettext("today's above {value}")
                if one.above == curve.policy
                else say.gettext("today's below {value}")
            )
            told.append(Span(name, text.format(value=small(value)), from_, to, value))
    return told


def edges(spans: list[Span]) -> tuple[float, float]:
    values = [x for span in spans for x in (span.low, span.high, span.at) if x is not None]
    return min(values, default=1.0), max(values, default=10.0)


def swings(found: Tornado, say: Translations) -> list[Span]:
    """Widest first: worth of one way over the other, as one assumption goes from end to end."""
    told = []
    for one in found.swings[:MOST_SWINGS]:
        says = f"{signed(one.at_low)} … {signed(one.at_high)}"
        code = "flips" if one.flips else "crosses" if one.crosses else "span"
        label = parameter(one.parameter, say)
        if one.tried:
            label = say.gettext("{assumption} (half and double)").format(assumption=label)
        told.append(Span(label, says, one.at_low, one.at_high, code=code))
    return told


Bar = tuple[str, float, str, str]
"""As `web.figures.bars.Bar`."""


def severities(found: Answer, say: Translations) -> Iterator[tuple[str, list[Bar]]]:
    """Groups of bars: flawed lots of 1,000 out, by severity."""
    for one in found.outcomes:
        if per := one.escaped_per_thousand:
            bars = [_bar(say.gettext(words), per[it], it, say) for it, words in SEVERITIES.items()]
            yield policy_name(one.policy, say), bars


def costs(found: Answer, say: Translations) -> Iterator[tuple[str, list[Bar]]]:
    """Groups of bars: the four parts of the cost of quality, thousand a year."""
    for one in found.outcomes:
        if parts := one.quality_cost_a_year:
            bars = [_bar(say.gettext(words), parts[it], it, say) for it, words in COSTS.items()]
            yield policy_name(one.policy, say), bars


def _bar(words: str, one: Figure, code: str, say: Translations) -> Bar:
    """The middle at its end; what is held possible beside its words."""
    middle, band = small(one.middle), between(one.low, one.high, say.gettext("to"))
    return words if middle == band else f"{words} ({band})", one.middle, middle, code


def survival(
    found: Answer, say: Translations
) -> Iterator[tuple[str, str, list[tuple[float, float, float, float]]]]:
    """For each way its label, what it ends at, and points (x from 0 to 1, share, low, high)."""
    for one in found.outcomes:
        last = max(one.alive[-1].months, 1)
        points = [(it.months / last, it.middle, it.low, it.high) for it in one.alive]
        end = one.alive[-1]
        share, low, high = (round(100 * x) for x in (end.middle, end.low, end.high))
        says = say.gettext("{share} of 100 ({low} to {high})").format(share=share, low=low, high=high)
        yield policy_name(one.policy, say), says, points


def line(found: BreakEven, say: Translations) -> tuple[str, str, list[tuple[float, float, float, float]]]:
    """As `survival`: worth of one over the other along a parameter, in the even steps it was looked at."""
    steps = max(len(found.values) - 1, 1)
    points = [
        (at / steps, value, value - 1.96 * error, value + 1.96 * error)
        for at, (value, error) in enumerate(zip(found.differences, found.errors, strict=True))
    ]
    label = say.gettext("Against {other}").format(other=policy_name(found.against, say))
    turns = ", ".join(amount(found.parameter, one.value) for one in found.crossings)
    return label, turns or say.gettext("no crossing"), points
