"""Policies against each other, and where two are worth the same."""

from collections.abc import Iterator

from fairgate.engines.counterfactual import BY_NAME, BreakEven, Difference, policy
from fairgate.shared.translations import Translations
from fairgate.whatif.wording.names import FIGURES, amount, parameter, policy_name, without_unit
from fairgate.whatif.wording.numbers import signed, small

WORTH_TELLING = 1.5  # a variance factor below saves nobody anything


def difference(one: Difference, say: Translations) -> str:
    text = say.gettext("{figure}: {middle} (chance {low} to {high}; held possible {from_} to {to})")
    told = text.format(
        figure=say.gettext(FIGURES[one.figure]),
        middle=signed(one.middle),
        low=signed(one.chance_low),
        high=signed(one.chance_high),
        from_=signed(one.low),
        to=signed(one.high),
    )
    if one.factor and one.factor >= WORTH_TELLING and not _other_worlds(one):
        told += say.gettext("; pairing saves {factor}-fold").format(factor=f"{one.factor:.1f}")
    return told


def _other_worlds(one: Difference) -> bool:
    """Nobody against somebody: there pairing buys nothing, and nothing is claimed."""
    return "nobody" in (policy(one.policy).kind, policy(one.against).kind)


def break_even(line: BreakEven, say: Translations) -> Iterator[str]:
    """For the command line, with the parameter's name as it is typed."""
    names = {
        "a": policy_name(line.policy, say),
        "b": policy_name(line.against, say),
        "parameter": line.parameter,
    }
    unit = BY_NAME[line.parameter].unit
    if line.shape == "tie":
        text = say.gettext(
            "From {low} to {high} ({unit}), chance hides any difference in worth between {a} and {b}."
        )
        low, high = small(line.values[0]), small(line.values[-1])
        yield text.format(low=low, high=high, unit=f"{line.parameter}, {unit}", a=names["a"], b=names["b"])
        return
    if not line.crossings:
        text = say.gettext("From {low} to {high} ({unit}), the winner is {winner} throughout, over {loser}.")
        loser = line.against if line.throughout == line.policy else line.policy
        yield text.format(
            low=small(line.values[0]), high=small(line.values[-1]), unit=f"{line.parameter}, {unit}",
            winner=policy_name(line.throughout or "", say), loser=policy_name(loser, say),
        )  # fmt: skip
    for crossing in line.crossings:
        text = say.gettext(
            "{a} and {b} are worth the same at {parameter} = {value} ({low} to {high} by chance; {unit}); above it, the "
            "winner is {winner}."
        )
        yield text.format(
            **names, value=small(crossing.value), low=small(crossing.low), high=small(crossing.high), unit=unit,
            winner=policy_name(crossing.above, say),
        )  # fmt: skip


def line_sentence(line: BreakEven, say: Translations) -> str:
    """For a page: one sentence about one pair."""
    a, b = policy_name(line.policy, say), policy_name(line.against, say)
    low, high = (amount(line.parameter, x) for x in (line.values[0], line.values[-1]))
    if line.shape == "tie":
        text = say.gettext("From {low} to {high}, chance hides any difference in worth between {a} and {b}.")
        return text.format(low=low, high=high, a=a, b=b)
    if not line.crossings:
        other = b if line.throughout == line.policy else a
        text = say.gettext("From {low} to {high}, the winner is {winner} throughout, over {loser}.")
        sentence = text.format(
            low=low, high=high, winner=policy_name(line.throughout or "", say), loser=other
        )
        return sentence[0].upper() + sentence[1:]
    told = []
    for one in line.crossings:
        text = say.gettext("above {value} ({from_} to {to} by chance), the winner is {winner}")
        from_, to = (without_unit(line.parameter, x) for x in (one.low, one.high))
        told.append(
            text.format(
                value=amount(line.parameter, one.value),
                from_=from_,
                to=to,
                winner=policy_name(one.above, say),
            )
        )
    return say.gettext("Between {a} and {b}: {lines}.").format(a=a, b=b, lines="; ".join(told))


def line_title(line: BreakEven, say: Translations) -> str:
    return parameter(line.parameter, say)
