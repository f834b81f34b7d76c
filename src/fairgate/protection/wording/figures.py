"""The figures in sentences; each says whether it is measured or estimated. Handed `queries` results, which this file stands
below: it names only what it reads."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from fairgate.engines.monitoring import difference
from fairgate.protection.rules import WORST_FIRST, WouldHave
from fairgate.protection.wording.names import SEVERITIES, WOULD_HAVE
from fairgate.shared import clock
from fairgate.shared.translations import Translations

DAYS_A_MONTH = 30.44
FEW = 10
"""Below so many judged by both, agreement is not put in figures."""


def lead(page: Any, say: Translations) -> str:
    """The sentence to take away: caught, let out, stopped needlessly."""
    caught, escapes, needless = page.caught, page.guardrails.escapes, page.guardrails.needless
    if not (escapes.passed or caught.refusals):
        return say.gettext("Nothing was decided yet, so nothing was caught and nothing was let out.")
    parts = [
        say.ngettext("The gate stopped {n} request", "The gate stopped {n} requests", caught.refusals).format(
            n=number(caught.refusals)
        ),
        say.gettext("passed {n}").format(n=number(escapes.passed)),
    ]
    first = say.gettext("{stopped} and {passed}.").format(stopped=parts[0], passed=parts[1])
    out = say.ngettext(
        "{n} of those passed proved wrong later.", "{n} of those passed proved wrong later.", escapes.escapes
    ).format(n=number(escapes.escapes) if escapes.escapes else say.gettext("None"))
    return " ".join([first, out, *_needless_short(needless, say)])


def _needless_short(needless: Any, say: Translations) -> Iterator[str]:
    if needless.looked_at:
        yield say.gettext("Of {n} refusals that were looked at again, {range} weren’t needed.").format(
            n=number(needless.looked_at), range=between(needless.low, needless.high, say)
        )


def escapes(found: Any, say: Translations) -> list[str]:
    """The rate, corrected and as counted, and what can't be known."""
    if not found.passed:
        return [say.gettext("Nothing was passed yet.")]
    lines = []
    if found.corrected is not None:
        lines.append(_corrected(found, say))
    lines.append(_as_counted(found, say))
    lines += list(_limits(found, say))
    return lines


def _corrected(found: Any, say: Translations) -> str:
    return say.gettext(
        "Estimated: {rate} of 1,000 passed prove wrong within {months} months (between {low} and {high}, 95% interval), "
        "counting those that haven’t had time to. On average {more} more (between {least} and {most}) are to be expected of what "
        "was passed so far, if that holds."
    ).format(
        rate=per_thousand(found.corrected.value),
        low=per_thousand(found.corrected.low),
        high=per_thousand(found.corrected.high),
        months=months(found.delays.horizon),
        more=number(round(found.still_to_come.value)),
        least=number(round(found.still_to_come.low)),
        most=number(round(found.still_to_come.high)),
    )


def _as_counted(found: Any, say: Translations) -> str:
    return say.gettext(
        "Measured, uncorrected: {n} of {passed} passed, or {rate} of 1,000 (between {low} and {high}). "
        "It leaves out what hasn’t shown yet."
    ).format(
        n=number(found.escapes),
        passed=number(found.passed),
        rate=per_thousand(found.plain.value),
        low=per_thousand(found.plain.low),
        high=per_thousand(found.plain.high),
    )


def _limits(found: Any, say: Translations) -> Iterator[str]:
    if found.delays is None:
        yield say.gettext(
            "Too few have proved wrong, or all of them today, to say how long it takes, so nothing can be corrected yet."
        )
        return
    yield say.gettext(
        "What shows later than {months} months after the decision is not estimated: too little has been watched that long."
    ).format(months=months(found.delays.horizon))
    if found.delays.later:
        yield say.ngettext(
            "{n} that showed later than that is left out of the estimate.",
            "{n} that showed later than that are left out of the estimate.",
            found.delays.later,
        ).format(n=number(found.delays.later))
    if found.delays.method == "exponential":
        yield say.gettext(
            "Too little is known to see how delays are spread, so they are taken to be exponential; that shape is assumed."
        )


def needless(found: Any, refusals: int, say: Translations) -> list[str]:
    """Refusals that weren't needed, as a range: where only one side says so, nobody knows."""
    if not found.looked_at:
        return [
            say.gettext("No refusal was looked at again yet, so nobody can say whether one wasn’t needed."),
        ]
    low, high = found.share_low, found.share_high
    return [
        say.gettext(
            "Measured, of {n} refusals judged by both sides or given a second look. Overturned by a second look: {overturned}. "
            "Both sides say that nothing would have happened: {both}. Only one side says so: {one}."
        ).format(
            n=number(found.looked_at),
            overturned=number(found.overturned),
            both=number(found.both),
            one=number(found.one),
        ),
        say.gettext(
            "So between {low} and {high} of those looked at weren’t needed (with chance, between {least} and {most})."
        ).format(
            low=percent(low.value), high=percent(high.value), least=percent(low.low), most=percent(high.high)
        ),
        say.gettext(
            "{n} of {all} refusals were looked at. Second looks are asked for where there is doubt, so the others may be "
            "better than these."
        ).format(n=number(found.looked_at), all=number(refusals)),
    ]


def standing_out(kinds: Any, say: Translations) -> str:
    """The gate where refusals are needless more often than at the others together, beyond chance; or nothing."""
    for one in kinds:
        if one.stands_out:
            return say.gettext(
                "One gate stands out: of {n} refusals of “{kind}” that were looked at, {range} weren’t needed."
            ).format(
                n=number(one.needless.looked_at),
                kind=one.kind,
                range=between(one.needless.low, one.needless.high, say),
            )
    return ""


def caught(found: Any, say: Translations) -> list[str]:
    """What both sides say was kept from happening, and how far they agree."""
    if not found.judged:
        return [
            say.gettext("No refusal was judged by both sides yet, so what was caught is not known."),
        ]
    same = found.judged - found.differ
    lines = [
        say.gettext("Measured: both sides judged {n} of {all} refusals, and say the same of {same}.").format(
            n=number(found.judged), all=number(found.refusals), same=number(same)
        )
    ]
    serious = found.agreed[WouldHave.HARM] + found.agreed[WouldHave.RECALL]
    if serious:
        lines.append(
            say.gettext("Of {n} both say that it kept harm or a recall from happening.").format(
                n=number(serious)
            )
        )
    return [*lines, *agreement(found, say)]


def agreement(found: Any, say: Translations) -> list[str]:
    """Whether they agree that anything would have happened at all: words first, then the figures."""
    if found.judged < FEW:
        return [
            say.gettext(
                "With fewer than {n} judged by both, how far they agree isn’t put in figures."
            ).format(n=FEW)
        ]
    lines = []
    positive, negative = found.specific.positive, found.specific.negative
    if positive is not None:
        lines.append(
            say.gettext("Where one side says that something would have happened, the other agrees {share} of the time.")
            .format(share=percent(positive))
        )  # fmt: skip
    if negative is not None:
        lines.append(
            say.gettext(
                "Where one side says nothing would have happened, the other agrees {share} of the time."
            ).format(share=percent(negative))
        )
    return [*lines, _kappa(found.kappa, say)]


def _kappa(found: Any, say: Translations) -> str:
    if found.kappa is None:
        return say.gettext(
            "One of the two sides says the same of everything, something or nothing, so agreement can’t be told from chance."
        )
    if found.low is None:
        return say.gettext(
            "Beyond chance, agreement on something or nothing is kappa {kappa}: they never differ, so nothing says how sure "
            "that is."
        ).format(kappa=f"{found.kappa:.2f}")
    return say.gettext(
        "Beyond chance, agreement on something or nothing is kappa {kappa} (between {low} and {high}; 1 is full agreement, 0 "
        "what chance gives)."
    ).format(kappa=f"{found.kappa:.2f}", low=f"{found.low:.2f}", high=f"{found.high:.2f}")


def drift(quarters: Any, say: Translations, today: date | None = None) -> str:
    """Whether the share approved moved, from the first quarter to the last that is over."""
    over = [it for it in quarters if _next_quarter(it.start) <= (today or clock.now().date())]
    if len(over) < 2:
        return say.gettext("Whether the share approved drifts shows once two quarters are over.")
    first, last = over[0].approved, over[-1].approved
    moved = difference(last, first)
    if moved.low > 0:
        text = say.gettext(
            "More is approved than in the first quarter: {last}, from {first}. Chance alone would hardly give that."
        )
    elif moved.high < 0:
        text = say.gettext(
            "Less is approved than in the first quarter: {last}, from {first}. Chance alone would hardly give that."
        )
    else:
        text = say.gettext(
            "The share approved is {last}, {first} in the first quarter. Between {low} and {high} points of change fit what was "
            "seen, so it may not have moved."
        )
    points = {"low": f"{100 * moved.low:+.1f}", "high": f"{100 * moved.high:+.1f}"}
    return text.format(last=percent(last.value), first=percent(first.value), **points)


def _next_quarter(start: date) -> date:
    return (start + timedelta(days=100)).replace(day=1)


def bars(page: Any, say: Translations) -> list[tuple[str, list[tuple[str, float, str, str]]]]:
    """The picture's groups: each a heading and its bars (label, value, what stands at its end, class)."""
    caught_, escapes_, needless_ = page.caught, page.guardrails.escapes, page.guardrails.needless
    stopped = [
        (say.gettext(WOULD_HAVE[it]), caught_.agreed[it], number(caught_.agreed[it]), str(it))
        for it in WORST_FIRST
    ]
    stopped.append((say.gettext("the two sides differ"), caught_.differ, number(caught_.differ), "differ"))
    out = [
        (line_name(line.code, say), line.escapes, number(line.escapes), line.code)
        for line in escapes_.by_severity
    ]
    if escapes_.corrected is not None:
        more = escapes_.still_to_come
        shown = say.gettext("about {n} ({least}–{most})").format(
            n=number(round(more.value)), least=number(round(more.low)), most=number(round(more.high))
        )
        out.append((say.gettext("still to come (estimated)"), round(more.value), shown, "estimated"))
    vain = [
        (
            say.gettext("overturned by a second look"),
            needless_.overturned,
            number(needless_.overturned),
            "nothing",
        ),
        (say.gettext("nothing, both sides say"), needless_.both, number(needless_.both), "nothing"),
        (say.gettext("nothing, one side says"), needless_.one, number(needless_.one), "differ"),
    ]
    return [
        (say.gettext("Caught: what refusals kept from happening"), stopped),
        (say.gettext("Let out: passed, and wrong"), out),
        (say.gettext("Stopped needlessly"), vain),
    ]


def line_name(code: str, say: Translations) -> str:
    known = {str(level): name for level, name in SEVERITIES.items()}
    return say.gettext(known[code]) if code in known else code


def between(low: int, high: int, say: Translations) -> str:
    if low == high:
        return number(low) if low else say.gettext("none")
    return say.gettext("between {low} and {high}").format(low=number(low), high=number(high))


def share_range(needless: Any) -> str:
    """What share wasn't needed, from what is sure to what is possible."""
    low, high = percent(needless.share_low.value), percent(needless.share_high.value)
    return low if low == high else f"{low}–{high}"


def number(value: int) -> str:
    return f"{value:,}"


def per_thousand(share: float) -> str:
    value = 1000 * share
    return f"{value:.1f}" if value < 100 else f"{value:.0f}"


def percent(share: float) -> str:
    value = 100 * share
    return f"{value:.1f}%" if 0 < value < 10 or 99 < value < 100 else f"{value:.0f}%"


def months(days: float) -> str:
    value = days / DAYS_A_MONTH
    return f"{value:.1f}" if value < 3 else f"{value:.0f}"
