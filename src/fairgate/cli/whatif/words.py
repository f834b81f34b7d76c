"""Results of the counterfactual engine as plain sentences: pure functions, handed the translations.

The room `whatif` will own this file; until it exists, the command line does.
"""

from __future__ import annotations

from collections.abc import Iterator

from fairgate.engines.counterfactual import (
    BY_NAME,
    Answer,
    BaseRates,
    BreakEven,
    Checked,
    Difference,
    Overload,
    Scenario,
    Swing,
    Threshold,
)
from fairgate.shared.translations import Translations, gettext_noop

_ = gettext_noop

POLICIES = {
    "today": _("today's checks"),
    "less": _("less checking"),
    "exception": _("checking by exception"),
    "single": _("sampling"),
    "skip": _("skip-lot sampling"),
    "csp1": _("sampling after a good run"),
    "all": _("checking every lot"),
    "more": _("more checking"),
    "nobody": _("nobody checks"),
}
FIGURES = {
    "worth": _("worth (thousand)"),
    "months": _("months in business"),
    "out_first": _("lots out in the first year"),
    "out_early": _("lots out in the first five years"),
    "serious": _("seriously flawed lots out"),
}
COUNTS = {
    "complaints": _("complaints"),
    "stopped": _("lots stopped"),
    "released": _("lots released"),
    "scrapped": _("lots scrapped"),
    "recalls": _("recalls"),
    "letters": _("warning letters"),
}
STAGES = {
    "waits": _("How long lots wait (the first time also compiles: some ten seconds)"),
    "base_rates": _("Does the scenario reproduce what was counted?"),
    "threshold": _("From which rate do checks pay?"),
    "chance": _("Years of business, by chance"),
    "possible": _("Years of business, over what is held possible"),
    "tornado": _("Which assumption matters?"),
    "flips": _("What would flip the ranking?"),
}


def stage(code: str, say: Translations) -> str:
    return say.gettext(STAGES[code])


def policy_name(name: str, say: Translations) -> str:
    """“less checking (share=0.5)”."""
    kind, _colon, rest = name.partition(":")
    words = say.gettext(POLICIES[kind])
    if rest == "licence=ends":
        return say.gettext("nobody checks, and the licence ends")
    return f"{words} ({rest})" if rest else words


def lead(threshold: Threshold, scenario: Scenario, say: Translations) -> str:
    """The threshold sentence: the first thing a reader sees."""
    found = threshold.per_thousand("nobody")
    if found is None:
        return _no_threshold(threshold, say)
    value, low, high = found
    measured = scenario.belief("quality.flawed").kind == "measured"
    text = (
        say.gettext(
            "Today's checks pay for themselves if more than {value} in 1,000 lots would be seriously wrong without them; "
            "your records say between {low} and {high}."
        )
        if measured
        else say.gettext(
            "Today's checks pay for themselves if more than {value} in 1,000 lots would be seriously wrong without them; "
            "this scenario holds between {low} and {high} possible."
        )
    )
    told = text.format(
        value=small(value), low=small(threshold.records_low), high=small(threshold.records_high)
    )
    return f"{told} {_verdict(threshold, low, high, say)}"


def thresholds(threshold: Threshold, say: Translations) -> Iterator[str]:
    """The same line against each other way of checking."""
    for curve in threshold.curves:
        if curve.against == "nobody":
            continue
        other = policy_name(curve.against, say)
        found = threshold.per_thousand(curve.against)
        if found:
            text = say.gettext(
                "Against {other}, the line is at {value} in 1,000 ({low} to {high} by chance)."
            )
            yield text.format(other=other, value=small(found[0]), low=small(found[1]), high=small(found[2]))
        elif curve.throughout == curve.policy:
            yield say.gettext(
                "Against {other}, today's checks are worth more at every rate looked at."
            ).format(other=other)
        else:
            yield say.gettext(
                "Against {other}, today's checks are worth less at every rate looked at."
            ).format(other=other)


def base_rates(rates: BaseRates, say: Translations) -> Iterator[str]:
    if not rates.is_checked:
        yield say.gettext(
            "Nothing that was counted was kept aside, so nothing shows that this scenario fits your records."
        )
        return
    for one in rates.checked:
        yield _checked(one, say)
    if rates.agrees and all(max(one.power_if_double, one.power_if_half) < 0.5 for one in rates.checked):
        yield say.gettext(
            "Few events pass anything: this check would rarely notice a scenario that is wrong by half or double."
        )


def refused(say: Translations) -> str:
    return say.gettext(
        "This scenario does not reproduce what was counted, so nothing it says about other ways of checking is shown. Change the "
        "assumptions, or go on with --despite and a reason, which is then printed on every page."
    )


def overridden(reason: str, say: Translations) -> str:
    return say.gettext("Shown although the base rates disagree. Reason given: {reason}").format(reason=reason)


def assumptions(answer: Answer, say: Translations) -> Iterator[str]:
    """What stands above every illustration."""
    kinds = [belief.kind for belief in answer.scenario.beliefs.values()]
    text = say.gettext(
        "Of {all} parameters, {measured} were measured, {published} are published figures and {assumed} are assumed. Everything "
        "below follows from them."
    )
    counts = {kind: kinds.count(kind) for kind in ("measured", "published", "assumed")}
    yield text.format(all=len(kinds), **counts)
    for swing in answer.swings[:5]:
        yield _assumption(swing, answer, say)


def ranking(answer: Answer, say: Translations) -> str:
    """Which is worth most, and which assumption flips that."""
    best, second = policy_name(answer.best, say), policy_name(answer.second, say)
    if answer.best == answer.second:
        return say.gettext("Only one way of checking was compared.")
    told = say.gettext("Worth most: {best}; then {second}.").format(best=best, second=second)
    flips = list(_flips(answer, say))
    if not flips:
        return (
            told
            + " "
            + say.gettext("No single assumption, within what is held possible, changes that order.")
        )
    return told + " " + say.gettext("What flips that order: {flips}.").format(flips="; ".join(flips))


def faster(answer: Answer, say: Translations) -> str:
    """More product faster, beside what is wrong with it: today against nobody, in the first year."""
    by_name = {one.policy: one for one in answer.outcomes}
    if "nobody" not in by_name or "today" not in by_name:
        return ""
    now, then = by_name["today"], by_name["nobody"]
    text = say.gettext(
        "If nobody checked: in the first year {out} lots out, of them {serious} seriously flawed, {days} working days at the "
        "gate; today {out_now}, {serious_now}, {days_now}."
    )
    return text.format(
        out=f"{then.out_first.mean:,.0f}", serious=small(then.serious_first.mean), days=small(then.gate_days or 0.0),
        out_now=f"{now.out_first.mean:,.0f}", serious_now=small(now.serious_first.mean), days_now=small(now.gate_days or 0.0),
    )  # fmt: skip


def difference(one: Difference, say: Translations) -> str:
    text = say.gettext("{figure}: {mean} (chance {low} to {high}; held possible {from_} to {to})")
    told = text.format(
        figure=say.gettext(FIGURES[one.figure]),
        mean=signed(one.mean),
        low=signed(one.chance_low),
        high=signed(one.chance_high),
        from_=signed(one.low),
        to=signed(one.high),
    )
    if one.factor and one.factor >= 1.5:
        told += say.gettext("; pairing saves {factor}-fold").format(factor=f"{one.factor:.1f}")
    return told


def break_even(line: BreakEven, say: Translations) -> Iterator[str]:
    names = {
        "a": policy_name(line.policy, say),
        "b": policy_name(line.against, say),
        "parameter": line.parameter,
    }
    unit = BY_NAME[line.parameter].unit
    if not line.crossings:
        text = say.gettext("From {low} to {high} ({unit}), {winner} is worth more throughout than {loser}.")
        loser = line.against if line.throughout == line.policy else line.policy
        yield text.format(
            low=small(line.values[0]), high=small(line.values[-1]), unit=f"{line.parameter}, {unit}",
            winner=policy_name(line.throughout or "", say), loser=policy_name(loser, say),
        )  # fmt: skip
    for crossing in line.crossings:
        text = say.gettext(
            "{a} and {b} are worth the same at {parameter} = {value} ({low} to {high} by chance; {unit}); above it, {winner} is "
            "worth more."
        )
        yield text.format(
            **names, value=small(crossing.value), low=small(crossing.low), high=small(crossing.high), unit=unit,
            winner=policy_name(crossing.above, say),
        )  # fmt: skip


def overload(one: Overload, say: Translations) -> str:
    text = say.gettext(
        "Under {policy} reviewers can't keep up: {load} hours of review come for every hour they have. Lots pile up, the wait "
        "grows month by month, and customers leave. {reviewers} reviewers are there; at least {needed} would be needed."
    )
    name = policy_name(one.policy, say)
    return text.format(policy=name, load=f"{one.load:.2f}", reviewers=one.reviewers, needed=one.needed)


def not_told(say: Translations) -> Iterator[str]:
    """What no record can tell, said under every answer."""
    yield say.gettext(
        "How many flawed lots pass unseen can't be read from catches: only second looks at passed lots, or escapes, tell. "
        "Without them it rests on published figures of what people miss."
    )
    yield say.gettext("Complaints tell only how many escape times how many complain; silence is no proof.")
    yield say.gettext(
        "How fast quality slips when nobody looks was never seen here, because somebody always looked."
    )


def small(number: float) -> str:
    """Two figures that count; whole from ten on."""
    if number == 0:
        return "0"
    if abs(number) >= 10:
        return f"{number:,.0f}"
    return f"{number:.2g}" if abs(number) < 1 else f"{number:.1f}".removesuffix(".0")


def signed(number: float) -> str:
    return ("+" if number > 0 else "\u2212" if number < 0 else "") + small(abs(number))


def _verdict(threshold: Threshold, low: float, high: float, say: Translations) -> str:
    if threshold.records_low > high:
        return say.gettext("So they do.")
    if threshold.records_high < low:
        return say.gettext("So they do not: with so few flawed lots, less checking is worth more.")
    return say.gettext("So nobody can tell yet.")


def _no_threshold(threshold: Threshold, say: Translations) -> str:
    low, high = threshold.searched()
    curve = next(one for one in threshold.curves if one.against == "nobody")
    text = (
        say.gettext(
            "Today's checks are worth more than none at every rate looked at, from {low} to {high} in 1,000 lots seriously wrong."
        )
        if curve.throughout == curve.policy
        else say.gettext(
            "Less checking wins: today's checks are worth less than none at every rate looked at, from {low} to {high} in "
            "1,000 lots seriously wrong."
        )
    )
    return text.format(low=small(low), high=small(high))


def _checked(one: Checked, say: Translations) -> str:
    text = (
        say.gettext("{what}: {count} in {years} years; the scenario says {low} to {high}. They agree.")
        if one.agrees
        else say.gettext(
            "{what}: {count} in {years} years, but the scenario says {low} to {high} (mean {expected})."
        )
    )
    told = text.format(
        what=say.gettext(COUNTS[one.what]).capitalize(), count=f"{one.count:,}", years=f"{one.years:g}",
        low=f"{one.low:,}", high=f"{one.high:,}", expected=small(one.expected),
    )  # fmt: skip
    power = say.gettext("Twice as many would be noticed {double} times in 100, half as many {half} times.")
    return f"{told} " + power.format(
        double=round(100 * one.power_if_double), half=round(100 * one.power_if_half)
    )


def _assumption(swing: Swing, answer: Answer, say: Translations) -> str:
    belief = answer.scenario.belief(swing.parameter)
    text = say.gettext("{says}: {value} ({low} to {high} held possible; {unit}; {kind}: {source}).")
    return text.format(
        says=say.gettext(BY_NAME[swing.parameter].says).rstrip("."), value=small(belief.value), low=small(swing.low),
        high=small(swing.high), unit=BY_NAME[swing.parameter].unit, kind=belief.kind,
        source=", ".join(filter(None, (belief.source, belief.author, belief.date))) or say.gettext("nobody named"),
    )  # fmt: skip


def _flips(answer: Answer, say: Translations) -> Iterator[str]:
    for line in answer.flips:
        for crossing in line.crossings[:1]:
            value = answer.scenario[line.parameter]
            beyond = crossing.value > value
            text = (
                say.gettext("“{says}” above {at} instead of {value}")
                if beyond
                else say.gettext("“{says}” below {at} instead of {value}")
            )
            yield text.format(
                says=say.gettext(BY_NAME[line.parameter].says).rstrip("."),
                at=small(crossing.value),
                value=small(value),
            )
