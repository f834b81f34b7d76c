"""The threshold in sentences: the first thing a reader sees. Each shape of a line has a sentence of its own."""

from collections.abc import Iterator

from fairgate.engines.counterfactual import FROM_RECORDS, TODAY, Answer, Scenario, Threshold
from fairgate.shared.translations import Translations
from fairgate.whatif.wording.names import policy_name
from fairgate.whatif.wording.numbers import small

NOBODY = "nobody"
SURE = 0.95  # of the sets held possible: below, a verdict is told as a leaning


def lead(found: Answer, say: Translations) -> str:
    threshold = found.threshold
    shape = threshold.curve(NOBODY).shape
    if shape in ("more", "less", "tie"):
        return _throughout(threshold, shape, say)
    turns = threshold.turns(NOBODY)
    texts = {
        "above": say.gettext(
            "Today's checks pay for themselves if more than {value} ({low} to {high} by chance) in 1,000 lots would be seriously "
            "wrong without them; {known}."
        ),
        "below": say.gettext(
            "Today's checks pay for themselves only if fewer than {value} ({low} to {high} by chance) in 1,000 lots would be "
            "seriously wrong without them: above that, nobody checking is worth more; {known}."
        ),
        "several": say.gettext(
            "Today's checks pay for themselves {stretches} in 1,000 lots seriously wrong without them, not elsewhere; {known}."
        ),
    }
    told = texts[shape].format(
        value=small(turns[0].value),
        low=small(turns[0].low),
        high=small(turns[0].high),
        stretches=stretches(threshold, NOBODY, say),
        known=_known(found, say),
    )
    return f"{told} {_verdict(found, say)}"


def thresholds(threshold: Threshold, say: Translations) -> Iterator[str]:
    """The same line against each other way of checking."""
    for curve in threshold.curves:
        if curve.against != NOBODY:
            yield _against(threshold, curve.against, say)


def stretches(threshold: Threshold, against: str, say: Translations) -> str:
    """Where today's checks are worth more: “below 3”, “above 3”, “from 2 to 3 and above 7”."""
    policy, turns = threshold.curve(against).policy, threshold.turns(against)
    told = []
    if turns[0].above != policy:
        told.append(say.gettext("below {value}").format(value=small(turns[0].value)))
    for place, one in enumerate(turns):
        if one.above == policy and place + 1 < len(turns):
            text = say.gettext("from {low} to {high}")
            told.append(text.format(low=small(one.value), high=small(turns[place + 1].value)))
        elif one.above == policy:
            told.append(say.gettext("above {value}").format(value=small(one.value)))
    return say.gettext(" and ").join(told)


def _against(threshold: Threshold, against: str, say: Translations) -> str:
    texts = {
        "above": say.gettext(
            "Against {other}, today's checks are worth more above {value} in 1,000 ({low} to {high} by chance), and less below."
        ),
        "below": say.gettext(
            "Against {other}, today's checks are worth more below {value} in 1,000 ({low} to {high} by chance), and less above."
        ),
        "several": say.gettext(
            "Against {other}, today's checks are worth more {stretches} in 1,000, and less elsewhere."
        ),
        "more": say.gettext("Against {other}, today's checks are worth more at every rate looked at."),
        "less": say.gettext("Against {other}, today's checks are worth less at every rate looked at."),
        "tie": say.gettext(
            "Against {other}, chance hides any difference in worth at every rate looked at: they can't be told apart."
        ),
    }
    shape, other = threshold.curve(against).shape, policy_name(against, say)
    if shape in ("more", "less", "tie"):
        return texts[shape].format(other=other)
    first = threshold.turns(against)[0]
    return texts[shape].format(
        other=other, value=small(first.value), low=small(first.low), high=small(first.high),
        stretches=stretches(threshold, against, say),
    )  # fmt: skip


def _throughout(threshold: Threshold, shape: str, say: Translations) -> str:
    texts = {
        "more": say.gettext(
            "Today's checks are worth more than none at every rate looked at, from {low} to {high} in 1,000 lots seriously wrong."
        ),
        "less": say.gettext(
            "Less checking wins: today's checks are worth less than none at every rate looked at, from {low} to {high} in "
            "1,000 lots seriously wrong."
        ),
        "tie": say.gettext(
            "Today's checks and none can't be told apart: chance hides any difference in worth at every rate looked at, from "
            "{low} to {high} in 1,000 lots seriously wrong."
        ),
    }
    low, high = threshold.searched()
    return texts[shape].format(low=small(low), high=small(high))


def _known(found: Answer, say: Translations) -> str:
    """What is known of the rate, and by whose word."""
    if found.scenario.belief("quality.flawed").kind not in FROM_RECORDS:
        text = say.gettext("this scenario holds between {low} and {high} possible")
    elif others := list(_others(found.scenario, say)):
        text = say.gettext("your records, together with {others}, say between {low} and {high}")
        text = text.replace("{others}", say.gettext(" and ").join(others))
    else:
        text = say.gettext("your records say between {low} and {high}")
    low, high = found.threshold.records_low, found.threshold.records_high
    return text.format(low=small(low), high=small(high))


def _others(scenario: Scenario, say: Translations) -> Iterator[str]:
    """What goes into the measured rate and was not measured itself."""
    seen = {scenario.belief(f"check.sensitivity_{it}").kind for it in ("minor", "major", "critical")}
    if "assumed" in seen:
        yield say.gettext("assumed figures of what reviews miss")
    elif "published" in seen:
        yield say.gettext("published figures of what reviews miss")
    grave = {scenario.belief(f"quality.{it}").kind for it in ("major", "critical")}
    if not grave <= FROM_RECORDS:
        yield say.gettext("a share of serious flaws that nobody measured")


def _verdict(found: Answer, say: Translations) -> str:
    threshold = found.threshold
    winner = threshold.winner(NOBODY, threshold.records_low, threshold.records_high)
    pays = found.pays
    if winner is None:
        text = say.gettext("So nobody can tell yet")
    elif pays is not None and (pays if winner == TODAY.name else 1 - pays) < SURE:
        text = (
            say.gettext("With every other number at its value they do, but that is not sure")
            if winner == TODAY.name
            else say.gettext("With every other number at its value they do not, but that is not sure")
        )
    elif winner == TODAY.name:
        text = say.gettext("So they do")
    else:
        text = say.gettext("So they do not: less checking is worth more")
    if pays is None:
        return f"{text}."
    degree = say.gettext(
        "of 100 sets of numbers held possible, today's checks are worth more than none in {n}"
    )
    return (
        f"{text}: {degree.format(n=round(100 * pays))}."
        if ":" not in text
        else f"{text}; {degree.format(n=round(100 * pays))}."
    )
