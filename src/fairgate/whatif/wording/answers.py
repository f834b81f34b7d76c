"""The answer in sentences: the threshold first."""

from collections.abc import Iterator

from fairgate.engines.counterfactual import Answer, Overload, Scenario, Threshold
from fairgate.shared.translations import Translations
from fairgate.whatif.wording.names import amount, parameter, policy_name
from fairgate.whatif.wording.numbers import small


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


def lasting(answer: Answer, say: Translations) -> str:
    """How long manufacturing would go on being successful if nobody checked, against today."""
    by_name = {one.policy: one for one in answer.outcomes}
    if "nobody" not in by_name or "today" not in by_name:
        return ""
    told = []
    for name, words in (
        ("nobody", say.gettext("if nobody checked")),
        ("today", say.gettext("as it is today")),
    ):
        one = by_name[name]
        end = one.alive[-1]
        if one.median_months is not None:
            text = say.gettext("{words}, half of all such businesses have ended after {years} years")
            told.append(text.format(words=words, years=small(one.median_months / 12)))
        else:
            text = say.gettext(
                "{words}, {share} in 100 are still in business after {years} years ({low} to {high} held possible)"
            )
            share, low, high = (round(100 * x) for x in (end.share, end.low, end.high))
            years = small(end.months / 12)
            told.append(text.format(words=words, share=share, low=low, high=high, years=years))
    sentence = "; ".join(told)
    return sentence[0].upper() + sentence[1:] + "."


def overload(one: Overload, say: Translations) -> str:
    text = say.gettext(
        "Under {policy} reviewers can't keep up: {load} hours of review come for every hour they have. Lots pile up, the wait "
        "grows month by month, and customers leave. {reviewers} reviewers are there; at least {needed} would be needed."
    )
    name = policy_name(one.policy, say)
    return text.format(policy=name, load=f"{one.load:.2f}", reviewers=one.reviewers, needed=one.needed)


def basis(answer: Answer, say: Translations) -> Iterator[str]:
    """How do we know?"""
    yield say.gettext(
        "{replicates} businesses were lived through for each way of checking, {sets} sets of assumptions for the "
        "ranges; seed {seed}."
    ).format(replicates=f"{answer.replicates:,}", sets=answer.sets, seed=answer.seed)
    yield say.gettext(
        "Ranges “by chance” shrink with more replicates; ranges “held possible” only with better knowledge."
    )
    yield from not_told(say)


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


def _flips(answer: Answer, say: Translations) -> Iterator[str]:
    for line in answer.flips:
        for crossing in line.crossings[:1]:
            value = answer.scenario[line.parameter]
            text = (
                say.gettext("“{says}” above {at} instead of {value}")
                if crossing.value > value
                else say.gettext("“{says}” below {at} instead of {value}")
            )
            yield text.format(
                says=parameter(line.parameter, say),
                at=amount(line.parameter, crossing.value),
                value=amount(line.parameter, value),
            )
