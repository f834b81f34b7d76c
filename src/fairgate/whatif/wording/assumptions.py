"""What an answer rests on, told above it."""

from collections.abc import Iterator

from fairgate.engines.counterfactual import Answer, Belief, Scenario, Swing, standard
from fairgate.shared.translations import Translations, gettext_noop
from fairgate.whatif.wording.names import KINDS, amount, parameter, without_unit

MOST = 5


def counts(scenario: Scenario, say: Translations) -> str:
    kinds: list[str] = [belief.kind for belief in scenario.beliefs.values()]
    text = say.gettext(
        "Of {all} parameters, {measured} were measured, {published} are published figures and {assumed} are assumed. Everything "
        "below follows from them."
    )
    return text.format(all=len(kinds), **{kind: kinds.count(kind) for kind in KINDS})


def assumptions(answer: Answer, say: Translations) -> Iterator[str]:
    """What stands above every illustration: how many of which kind, and those that matter most."""
    yield counts(answer.scenario, say)
    headline = answer.tornados[0].swings
    if headline:
        yield say.gettext(
            "How much today's checks are worth over nobody checking hangs most on what follows."
        )
    for swing in headline[:MOST]:
        yield _hinge(swing, answer, say)


def borrowed(scenario: Scenario, say: Translations) -> str:
    """Said above the figures where lots are the reader's own and money is not; nothing otherwise."""
    own = scenario.belief("plant.lots_per_month").kind == "measured"
    if not own or scenario.belief("money.price") != standard().belief("money.price"):
        return ""
    text = say.gettext(
        "How many lots there are comes from your records, but money does not: a lot sells for {price}, as in the invented plant "
        "of the examples. Until somebody says what your lots sell for and cost, no figure in money is about you, and neither is "
        "the threshold."
    )
    return text.format(price=amount("money.price", scenario["money.price"]).removesuffix(" per lot"))


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
    return text.format(
        says=parameter(swing.parameter, say),
        value=value(swing.parameter, belief, say),
        origin=origin(belief, say),
    )


_ = gettext_noop

NOT_IDENTIFIED = {
    "sensitivity": _(
        "How many flawed lots pass unseen: no lot that had passed was looked at again, so what reviews see is a published figure."
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
