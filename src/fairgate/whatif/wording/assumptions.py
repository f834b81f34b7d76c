"""What an answer rests on, told above it."""

from collections.abc import Iterator

from fairgate.engines.counterfactual import (
    AUTHOR,
    BY_NAME,
    FROM_RECORDS,
    PARAMETERS,
    Answer,
    Belief,
    Scenario,
    Swing,
)
from fairgate.shared.translations import Translations, gettext_noop
from fairgate.whatif.wording.names import KINDS, amount, parameter, without_unit

MOST = 5
NAMED = 3  # as many numbers without a range are named; more are counted
MONEY = "money"


def counts(scenario: Scenario, say: Translations) -> str:
    kinds: list[str] = [belief.kind for belief in scenario.beliefs.values()]
    text = say.gettext(
        "Of {all} parameters, {measured} were measured, {estimated} estimated from records, {published} are published figures "
        "and {assumed} are assumed. Everything below follows from them."
    )
    return text.format(all=len(kinds), **{kind: kinds.count(kind) for kind in KINDS})


def assumptions(answer: Answer, say: Translations) -> Iterator[str]:
    """What stands above every illustration: how many of which kind, and those that matter most."""
    yield counts(answer.scenario, say)
    if told := certain(answer.scenario, say):
        yield told
    headline = answer.tornados[0].swings
    if headline:
        yield say.gettext(
            "How much today's checks are worth over nobody checking hangs most on what follows."
        )
    for swing in headline[:MOST]:
        yield _hinge(swing, answer, say)


def certain(scenario: Scenario, say: Translations) -> str:
    """Which numbers no range was given for; nothing where all have one."""
    names = scenario.certain()
    if not names:
        return ""
    text = say.ngettext(
        "{n} assumption has no range and counts as certain in “of 100 sets”{named}. Below it is tried at half and at double.",
        "{n} assumptions have no range and count as certain in “of 100 sets”{named}. Below they are tried at half and at double.",
        len(names),
    )
    named = "; ".join(f"“{parameter(name, say)}”" for name in names) if len(names) <= NAMED else ""
    told = text.format(n=len(names), named=f": {named}" if named else "")
    if any(_can_have_range(scenario, name) for name in names):
        told += " " + say.gettext("To give a number a range, say what it could hardly be below and above.")
    return told


def _can_have_range(scenario: Scenario, name: str) -> bool:
    """Not a number of people, and nothing at an end of what it may be."""
    spec = BY_NAME[name]
    return spec.scale != "count" and spec.least < scenario[name] < spec.most


def without_range(scenario: Scenario, section: str) -> int:
    """How many numbers of a section have none and could have one."""
    return sum(
        name.startswith(f"{section}.") and _can_have_range(scenario, name) for name in scenario.certain()
    )


def is_from_records(scenario: Scenario, name: str) -> bool:
    """Whether records tell it, alone or with what nobody measured."""
    return scenario.belief(name).kind in FROM_RECORDS


def borrowed(scenario: Scenario, say: Translations) -> str:
    """Said above the figures where lots are the reader's own and money is not, or not all; nothing otherwise."""
    if not is_from_records(scenario, "plant.lots_per_month"):
        return ""
    money = [one.name for one in PARAMETERS if one.section == MONEY]
    theirs = [name for name in money if scenario.belief(name).author == AUTHOR]
    if not theirs:
        return ""
    if len(theirs) == len(money):
        text = say.gettext(
            "How many lots there are comes from your records, but money does not: all {n} numbers in money are those of the "
            "invented plant of the examples; a lot sells for {price}. Until somebody says what is true of you, no figure in "
            "money is about you, and neither is the threshold."
        )
        price = amount("money.price", scenario["money.price"]).removesuffix(" per lot")
        return text.format(n=len(money), price=price)
    text = say.gettext(
        "How many lots there are comes from your records, but {n} of {all} numbers in money are still those of the invented "
        "plant of the examples: {names}. As far as they matter, figures in money and the threshold are not about you."
    )
    return text.format(n=len(theirs), all=len(money), names=", ".join(_briefly(name) for name in theirs))


def _briefly(name: str) -> str:
    """The last part of a parameter's name: short, and the same word as in files."""
    return name.partition(".")[2].replace("_", " ")


def origin(belief: Belief, say: Translations) -> str:
    """Kind and source: “assumed: a guess, by A. Smith, 2026-11-02”."""
    return f"{say.gettext(KINDS[belief.kind])}: {source(belief, say)}"


def source(belief: Belief, say: Translations) -> str:
    """“a guess, A. Smith, 2026-11-02”."""
    return ", ".join(filter(None, (belief.source, belief.author, belief.date))) or say.gettext("nobody named")


def value(name: str, belief: Belief, say: Translations) -> str:
    """“5% of lots (3.5% to 7%)”."""
    told = amount(name, belief.value)
    if belief.is_known:
        return told
    low, high = (without_unit(name, x) for x in (belief.low, belief.high))
    return say.gettext("{value}, held possible: {low} to {high}").format(value=told, low=low, high=high)


def _hinge(swing: Swing, answer: Answer, say: Translations) -> str:
    belief = answer.scenario.belief(swing.parameter)
    text = say.gettext("{says}: {value} ({origin}).")
    if swing.tried:
        text = say.gettext("{says}: {value}, tried at {low} to {high} because no range was given ({origin}).")
    return text.format(
        says=parameter(swing.parameter, say),
        value=value(swing.parameter, belief, say),
        low=without_unit(swing.parameter, swing.low),
        high=without_unit(swing.parameter, swing.high),
        origin=origin(belief, say),
    )


_ = gettext_noop

NOT_IDENTIFIED = {
    "sensitivity": _(
        "How many flawed lots pass unseen: no lot that had passed was looked at again, so what reviews see was not measured."
    ),
    "second_looks": _("Second looks at passed lots are taken as the truth."),
    "complaints": _(
        "How many escapes nobody complains of: complaints tell escapes times complaining, never the two apart."
    ),
    "severity": _(
        "How much easier grave faults are to see: without second looks at passed lots, figures of what reviews see have to tell."
    ),
    "share": _(
        "Whether lots go out unreviewed: the records hold only lots that were handed in and decided on."
    ),
    "mended": _("Whether lots that came back are right now: nothing recorded tells."),
    "hands_on": _(
        "How long a review takes by itself: it follows from the time at the gate and the number of people who decide."
    ),
}


def not_identified(codes: list[str], say: Translations) -> list[str]:
    """What records can't tell, for the codes of a calibration."""
    return [say.gettext(NOT_IDENTIFIED[code]) for code in codes]
