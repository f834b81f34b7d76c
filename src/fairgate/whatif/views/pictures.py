"""The pictures of an answer, drawn."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from fairgate.web.figures import bars, panels, spans
from fairgate.whatif.wording import pictures
from fairgate.whatif.wording.names import policy_name

Drawn = tuple[str, str, list[tuple[float, float, float, float]]]
BELOW = "The numbers are in the table below."


def threshold(found: pictures.Threshold, *, measured: bool) -> str:
    lines = pictures.thresholds(found, translation, measured=measured)
    return spans.draw(
        [spans.Span(*line) for line in lines],
        spans.decades(*pictures.edges(lines)),
        title=_("From how many seriously wrong lots in 1,000 today’s checks are worth more"),
        description=_("The numbers stand in the lines, and in the sentences below."),
    )


def swings(found: pictures.Tornado) -> str:
    lines = pictures.swings(found, translation)
    low, high = pictures.edges(lines)
    low, high = min(low, 0.0), max(high, 0.0)
    ticks = [spans.Tick(value, pictures.signed(value)) for value in dict.fromkeys((low, 0.0, high))]
    return spans.draw(
        [spans.Span(*line) for line in lines],
        spans.Scale(low, high, _apart(ticks, high - low)),
        title=_("Worth of %(a)s over %(b)s, one assumption at a time, widest first")
        % {"a": policy_name(found.policy, translation), "b": policy_name(found.against, translation)},
        description=_(BELOW),
        zero=0.0,
    )


def _apart(ticks: list[spans.Tick], length: float) -> list[spans.Tick]:
    """Without ends so near to zero that their words would run into it."""
    return [tick for tick in ticks if tick.value == 0 or abs(tick.value) > length / 6]


def severities(found: pictures.Answer) -> str:
    return _bars(pictures.severities(found, translation), _("Flawed lots of 1,000 that go out, by severity"))


def costs(found: pictures.Answer) -> str:
    return _bars(pictures.costs(found, translation), _("Cost of quality in four parts, thousand a year"))


def _bars(groups: Iterable[tuple[str, list[tuple[str, float, str, str]]]], title: str) -> str:
    made = [bars.Group(name, [bars.Bar(*each) for each in several]) for name, several in groups]
    return bars.draw(made, title=title, description=_(BELOW)) if made else ""


def survival(found: pictures.Answer) -> str:
    years = found.outcomes[0].alive[-1].months / 12
    return _panels(
        list(pictures.survival(found, translation)),
        low=0,
        high=1,
        across=[
            panels.Mark(0, "0"),
            panels.Mark(0.5, f"{years / 2:g}"),
            panels.Mark(1, _("%(n)s years") % {"n": f"{years:g}"}),
        ],
        up=[panels.Mark(0, "0%"), panels.Mark(1, "100%")],
        title=_("Still in business, with what is held possible"),
    )


def lines(found: Iterable[pictures.BreakEven]) -> str:
    every = list(found)
    if not every:
        return ""
    drawn = [pictures.line(one, translation) for one in every]
    values = [x for *_labels, points in drawn for _x, _value, *ends in points for x in ends]
    low, high = min(*values, 0.0), max(*values, 0.0)
    first, middle, last = (every[0].values[at] for at in (0, len(every[0].values) // 2, -1))
    short = partial(pictures.without_unit, every[0].parameter)
    return _panels(
        drawn,
        low=low,
        high=high if high > low else low + 1,
        across=[
            panels.Mark(0, short(first)),
            panels.Mark(0.5, short(middle)),
            panels.Mark(1, short(last)),
        ],
        up=[
            panels.Mark(value, pictures.signed(value))
            for value in dict.fromkeys((low, 0.0, high))
            if value == 0 or abs(value) > (high - low) / 6  # else its words would run into those of zero
        ],
        title=_("Worth of today’s checks over each other way, with chance"),
        zero=True,
    )


def _panels(drawn: Sequence[Drawn], *, title: str, **scales: Any) -> str:
    """A picture for each, all on the same scales: the page sets them side by side where there is room."""
    return "".join(
        panels.draw(
            [panels.Panel(label, says, [panels.Point(*each) for each in points])],
            title=f"{title}: {label}",
            description=_(BELOW),
            **scales,
        )
        for label, says, points in drawn
    )
