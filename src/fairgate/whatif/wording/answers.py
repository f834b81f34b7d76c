"""The answer in sentences, below the threshold (see `threshold`)."""

from collections.abc import Iterator, Sequence

from fairgate.engines.counterfactual import Alive, Answer, CannotKeepUp, Figure, Outcome, Overload
from fairgate.shared.translations import Translations
from fairgate.whatif.wording.names import amount, parameter, policy_name, without_unit
from fairgate.whatif.wording.numbers import small

EARLY = 0.1  # of businesses: when so many have ended, it has begun to go wrong


def ranking(answer: Answer, say: Translations) -> str:
    """Which is worth most, and which assumption flips that."""
    best, second = policy_name(answer.best, say), policy_name(answer.second, say)
    if answer.best == answer.second:
        return say.gettext("Only one way of checking was compared.")
    by_name = {one.policy: one for one in answer.outcomes}
    text = (
        say.gettext(
            "{best} and {second} can't be told apart, as another seed may turn their order ({first}; {next}); nothing else is "
            "worth more."
        )
        if not answer.apart
        else say.gettext("Worth most: {best} ({first}); then {second} ({next}).")
    )
    worth, less = (_with_band(by_name[name].worth, say) for name in (answer.best, answer.second))
    told = text.format(best=best, second=second, first=worth, next=less)
    told = told[0].upper() + told[1:]
    flips = list(_flips(answer, say))
    if flips:
        return told + " " + say.gettext("What flips that order: {flips}.").format(flips="; ".join(flips))
    if not answer.apart:
        return told
    return told + " " + say.gettext("No single assumption, within what is held possible, changes that order.")


def faster(answer: Answer, say: Translations) -> str:
    """More product faster, beside what is wrong with it: today against nobody, in the first year."""
    by_name = {one.policy: one for one in answer.outcomes}
    if "nobody" not in by_name or "today" not in by_name:
        return ""
    now, then = by_name["today"], by_name["nobody"]
    text = say.gettext(
        "If nobody checked, {out} lots would go out in the first year (today {out_now}), {serious} of them seriously flawed "
        "(today {serious_now}), after {days} working days at the gate (today {days_now}). Each is the middle of what is held "
        "possible; the tables show how far that goes."
    )
    return text.format(
        out=small(then.out_first.middle), serious=small(then.serious_first.middle), days=_days(then),
        out_now=small(now.out_first.middle), serious_now=small(now.serious_first.middle), days_now=_days(now),
    )  # fmt: skip


def _days(one: Outcome) -> str:
    return "0" if one.gate_days is None else small(one.gate_days.middle)


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
            text = say.gettext("{words}, half of all such businesses have ended after {years} years{band}")
            band = _median_band(one, end.months, say)
            told.append(text.format(words=words, years=small(one.median_months / 12), band=band))
        else:
            text = say.gettext(
                "{words}, {share} in 100 are still in business after {years} years ({low} to {high} held possible)"
            )
            share, low, high = (round(100 * x) for x in (end.middle, end.low, end.high))
            told.append(
                text.format(words=words, share=share, low=low, high=high, years=small(end.months / 12))
            )
    sentence = "; ".join(told)
    return sentence[0].upper() + sentence[1:] + "."


def earlier(answer: Answer, say: Translations) -> str:
    """How much earlier it goes wrong if nobody checked: when one in ten has ended, against today."""
    by_name = {one.policy: one for one in answer.outcomes}
    if "nobody" not in by_name or "today" not in by_name:
        return ""
    text = say.gettext(
        "One in ten such businesses has ended after {then} if nobody checked; as it is today, after {now}."
    )
    then, now = (_when(by_name[name].alive, say) for name in ("nobody", "today"))
    return text.format(then=then, now=now)


def _when(alive: Sequence[Alive], say: Translations) -> str:
    """“3.5 years (1 to more than 15 held possible)”: where middle and range of those still going fall to nine in ten."""
    beyond = say.gettext("more than {years}").format(years=small(alive[-1].months / 12))
    low, middle, high = (
        next((small(it.months / 12) for it in alive if getattr(it, name) <= 1 - EARLY), beyond)
        for name in ("low", "middle", "high")
    )
    text = (
        say.gettext("{middle} years")
        if low == high
        else say.gettext("{middle} years ({low} to {high} held possible)")
    )
    return text.format(middle=middle, low=low, high=high)


def serious(answer: Answer, say: Translations) -> str:
    """What goes out seriously flawed under each way, in one sentence."""
    told = []
    for one in answer.outcomes:
        if it := one.serious_per_thousand:
            text = say.gettext("{value} under {way} ({low} to {high})")
            way = policy_name(one.policy, say)
            told.append(text.format(value=small(it.middle), way=way, low=small(it.low), high=small(it.high)))
    if not told:
        return ""
    text = say.gettext("Of 1,000 lots that go out, seriously flawed are: {ways}.")
    return text.format(ways=", ".join(told))


def staying(answer: Answer, say: Translations) -> str:
    """Why more checking can let more lots out although each waits longer; nothing where it doesn't."""
    for one in answer.outcomes:
        for other in answer.outcomes:
            if (
                one.gate_days is None
                or other.gate_days is None
                or one.gate_days.middle <= other.gate_days.middle
            ):
                continue
            if one.out_early.middle > other.out_early.middle and "nobody" not in (one.policy, other.policy):
                return _staying(one, other, say)
    return ""


def _staying(one: Outcome, other: Outcome, say: Translations) -> str:
    text = say.gettext(
        "Over five years more lots go out under {more} than under {less}, although each waits longer: fewer flawed ones reach "
        "customers, so demand stays and fewer businesses end."
    )
    return text.format(more=policy_name(one.policy, say), less=policy_name(other.policy, say))


def worth(answer: Answer, say: Translations) -> str:
    """What the figure means that ways are ranked by; told once."""
    text = say.gettext(
        "Worth is what the business brings in over {years} years less all it pays, and less the cost of closing if it ends "
        "before; a year’s delay takes {discount} off (net present value). It is in thousands of the money that prices and "
        "costs are given in. What lies beyond those years counts for nothing."
    )
    discount = without_unit("money.discount", answer.scenario["money.discount"])
    return text.format(years=f"{answer.years:g}", discount=discount)


def _median_band(one: Outcome, months: int, say: Translations) -> str:
    """“ (1.5 to 6 held possible)”; an end that may not come in the time looked at is told so."""
    if one.median_low is None:  # then more than half go on in every set, and this isn't asked
        return ""
    low = small(one.median_low / 12)
    if one.median_high is None:
        text = say.gettext(" ({low} to more than {years} held possible)")
        return text.format(low=low, years=small(months / 12))
    return say.gettext(" ({low} to {high} held possible)").format(low=low, high=small(one.median_high / 12))


def _with_band(one: Figure, say: Translations) -> str:
    text = say.gettext("{middle} thousand, {low} to {high} held possible")
    return text.format(middle=small(one.middle), low=small(one.low), high=small(one.high))


def overload(one: Overload | CannotKeepUp, say: Translations) -> str:
    text = say.gettext(
        "Under {policy} reviewers can't keep up: {load} hours of review come for every hour they have. Lots pile up, the wait "
        "grows month by month, and customers leave. {reviewers} reviewers are there; at least {needed} would be needed."
    )
    name = policy_name(one.policy, say)
    return text.format(policy=name, load=f"{one.load:.2f}", reviewers=one.reviewers, needed=one.needed)


def reading(answer: Answer, say: Translations) -> str:
    """How the figures below are to be read."""
    text = say.gettext(
        "Every figure is the middle of what is held possible: of 100 sets of numbers that may be true, 50 give more. Below it "
        "stands the range of 90 of them, or what chance leaves open of the middle where that is wider. A figure without a "
        "range was the same in all {sets} sets; a middle at the edge of its range means that most sets lie there. Middles of "
        "parts need not add up."
    )
    return text.format(sets=f"{answer.sets:,}")


def apart(say: Translations) -> str:
    """How differences are to be read."""
    return say.gettext(
        "Each pair lives through the same lots and months. “By chance” is what another seed would change, “held possible” what "
        "better knowledge would. Differences are worked out pair by pair: they need not be those of the middles above."
    )


def severities(say: Translations) -> str:
    return say.gettext(
        "Critical: could harm somebody. Major: would have to be called back. Minor: wrong, but neither of these. Critical and "
        "major together are serious."
    )


def swinging(say: Translations) -> str:
    """How a picture of swings is to be read."""
    return say.gettext(
        "Each bar goes from the worth with the number at what it could hardly be below to that at what it could hardly be above, "
        "the others at their values. Dashed: the order turns on the way, by more than chance explains (1.96 standard errors at "
        "both ends). Dotted: the bar crosses zero, but that may be chance. Where no range was given, half and double were tried."
    )


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
        "Without them it rests on what is said of reviews here; the examples take it from published figures of "
        "what people miss."
    )
    yield say.gettext("Complaints tell only how many escape times how many complain; silence is no proof.")
    yield say.gettext(
        "How fast quality slips when nobody looks was never seen here, because somebody always looked."
    )


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
