"""What will be publishable when, in sentences that page and command line share. Handed an engine's `Planned`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from fairgate.shared.translations import ENGLISH, Translations, gettext_noop

if TYPE_CHECKING:
    from fairgate.engines.disclosure.planning import Figure, Length, Plan, Planned

MOST_TEAMS = 12  # named one by one
NAMES = {
    ("response", ""): gettext_noop("how many of those asked answered"),
    ("response", "approving"): gettext_noop("how many answered, of those approved"),
    ("response", "not-approving"): gettext_noop("how many answered, of those not approved"),
    ("items", ""): gettext_noop("treatment, item by item"),
    ("items-by-outcome", "approving"): gettext_noop("treatment of those approved"),
    ("items-by-outcome", "not-approving"): gettext_noop("treatment of those not approved"),
    ("gap", "approving"): gettext_noop("juniors against seniors, of those approved"),
    ("gap", "not-approving"): gettext_noop("juniors against seniors, of those not approved"),
}
BANDS = {
    "junior": gettext_noop("juniors"),
    "middle": gettext_noop("people in the middle"),
    "senior": gettext_noop("seniors"),
}
CLASSES = {
    "approving": gettext_noop("treatment of {band} who were approved"),
    "not-approving": gettext_noop("treatment of {band} who were not approved"),
}
TEAMS = {
    "score": gettext_noop("fair score of {team}"),
    "refusal": gettext_noop("refusal score of {team}"),
}
ALL_TEAMS = {
    "score": gettext_noop("teams with a fair score within a year"),
    "refusal": gettext_noop("teams with a refusal score within a year"),
}
BECAUSE = {
    "deciders": gettext_noop("never: fewer than 3 people decide"),
    "one-team": gettext_noop("never: no other team to compare with"),
    "no-decisions": gettext_noop("never: no such decisions"),
}
PERIODS = {
    1: gettext_noop("every month"),
    3: gettext_noop("every quarter"),
    6: gettext_noop("every half year"),
    12: gettext_noop("every year"),
}


class Row(NamedTuple):
    """A figure, and for each length of a period in order: when it can be shown."""

    figure: str
    cells: tuple[str, ...]


def lead(found: Planned, say: Translations = ENGLISH) -> str:
    """The sentence to take away."""
    words = {"people": f"{found.people:,}", "decisions": f"{found.decisions:,.0f}"}
    if found.verdict == "conversations":
        text = say.gettext(
            "With {people} people and {decisions} decisions a year: conversations first. Too few answers would come in for "
            "figures that protect who gave them."
        )
    elif found.verdict == "tables":
        text = say.gettext(
            "With {people} people and {decisions} decisions a year you can publish how people were treated, but no score of "
            "a team within a year."
        )
    else:
        text = say.gettext(
            "With {people} people and {decisions} decisions a year you can publish how people were treated, and fair scores of "
            "teams within a year."
        )
    return text.format(**words)


def advice(found: Planned, say: Translations = ENGLISH) -> list[str]:
    """What to do about it."""
    told = []
    if found.verdict != "scores":
        told.append(
            say.gettext(
                "Interviews need no numbers: thirty minutes, six open questions, a page brought back to the team, promises kept. "
                "The map, what was caught and promised answers need none either."
            )
        )
    if found.advised is not None:
        told.append(_close(found, say).format(period=say.gettext(PERIODS[found.advised])))
    elif found.verdict == "conversations":
        told.append(
            say.gettext(
                "No period up to a year shows treatment by outcome at its first closing with a probability of 90 in 100. You can "
                "ask nevertheless: what can’t be shown stays hidden."
            )
        )
    return told


def _close(found: Planned, say: Translations) -> str:
    if found.verdict == "conversations":
        return say.gettext(
            "If you ask nevertheless, close {period}: nothing shorter shows treatment by outcome at its first closing with a "
            "probability of 90 in 100."
        )
    return say.gettext(
        "Close {period}: that is the shortest period whose first closing shows treatment by outcome, with a probability of 90 in "
        "100."
    )


def expected(length: Length, say: Translations = ENGLISH) -> str:
    """What comes in of one period."""
    return say.gettext(
        "Closing {period}: about {asked} people asked, {answers} answers, {kept} of them in groups of five or more that can "
        "be counted."
    ).format(
        period=say.gettext(PERIODS[length.months]),
        asked=f"{length.asked:,.0f}",
        answers=f"{length.answers:,.0f}",
        kept=f"{length.kept:,.0f}",
    )


def rows(found: Planned, say: Translations = ENGLISH) -> list[Row]:
    """Figures down, lengths of a period across; many teams in one row each for both scores."""
    by_figure = zip(*(length.figures for length in found.lengths), strict=True)
    told, teams = [], {"score": 0, "refusal": 0}
    many = len(found.lengths[0].of("score")) > MOST_TEAMS
    for figures in by_figure:
        code = figures[0].code
        if many and code in teams:
            teams[code] += 1
            if teams[code] == 1:
                told.append(_all_teams(found.lengths, code, say))
            continue
        cells = tuple(
            when(length, figure, say) for length, figure in zip(found.lengths, figures, strict=True)
        )
        told.append(Row(name(figures[0], say), cells))
    return told


def _all_teams(lengths: Sequence[Length], code: str, say: Translations) -> Row:
    cells = []
    for length in lengths:
        of_teams = length.of(code)
        soon = sum((length.months_until(figure) or 99) <= 12 for figure in of_teams)
        cells.append(say.gettext("{n} of {all}").format(n=soon, all=len(of_teams)))
    return Row(say.gettext(ALL_TEAMS[code]), tuple(cells))


def name(figure: Figure, say: Translations = ENGLISH) -> str:
    if figure.code in TEAMS:
        return say.gettext(TEAMS[figure.code]).format(team=figure.about)
    if figure.code == "items-by-seniority-and-outcome":
        band, _, of_class = figure.about.partition(" ")
        return say.gettext(CLASSES[of_class]).format(band=say.gettext(BANDS[band]))
    return say.gettext(NAMES[figure.code, figure.about])


def when(length: Length, figure: Figure, say: Translations = ENGLISH) -> str:
    """“after 3 months (97 in 100)”: by when it can be shown with 90 in 100, and the chance at the first closing."""
    if figure.because:
        return say.gettext(BECAUSE[figure.because])
    months = length.months_until(figure)
    chance = chance_in_words(figure.chance, say)
    if months is None:
        return say.gettext("not within 5 years ({chance})").format(chance=chance)
    return say.ngettext("after {n} month ({chance})", "after {n} months ({chance})", months).format(
        n=months, chance=chance
    )


def chance_in_words(chance: float, say: Translations = ENGLISH) -> str:
    """Whole figures in 100; what isn't certain is never told as if it were."""
    if chance < 0.005:
        return say.gettext("under 1 in 100")
    if chance > 0.995:
        return say.gettext("over 99 in 100")
    return say.gettext("{n} in 100").format(n=f"{100 * chance:.0f}")


def legend(say: Translations = ENGLISH) -> str:
    return say.gettext(
        "After so many months it can be shown with a probability of 90 in 100; in brackets the chance at the first closing, "
        "which is 14 days after the period’s end."
    )


def assumptions(plan: Plan, say: Translations = ENGLISH) -> Iterator[str]:
    """What the figures hang on: assumed, every one of them."""
    yield say.gettext("{n} in 100 of those asked answer, whatever was decided.").format(
        n=f"{100 * plan.response:.0f}"
    )
    yield say.gettext(
        "Requests come at random. {alike} Each person is asked about one decision a period; one that didn’t approve is "
        "{times} times as likely to be picked."
    ).format(alike=_alike(plan, say), times=f"{plan.oversampling:g}")
    yield say.gettext(
        "Everybody who asks has an account. {juniors} in 100 are juniors, {seniors} in 100 seniors; a team’s deciders decide "
        "equally often."
    ).format(juniors=f"{100 * plan.seniority[0]:.0f}", seniors=f"{100 * plan.seniority[2]:.0f}")
    yield say.gettext(
        "Shown is what at least {raters} answers and {deciders} deciders are behind, by seniority {by_seniority}; a fair "
        "score needs {ballots} answers of one team, a refusal score {refused} of them about decisions that didn’t approve, "
        "which together count over periods. Where fewer than {share} answers are about one team’s approvals, or about the rest "
        "of its decisions, they are dropped."
    ).format(
        raters=plan.rules.raters,
        deciders=plan.rules.deciders,
        by_seniority=plan.rules.by_seniority,
        ballots=plan.rules.ballots,
        refused=plan.rules.not_approved,
        share=plan.rules.share,
    )
    yield say.gettext(
        "What has to be hidden to protect another figure isn’t counted: a little less may be shown."
    )


def _alike(plan: Plan, say: Translations) -> str:
    if plan.concentration == 0:
        return say.gettext("Everybody asks equally often.")
    return say.gettext(
        "Some ask more often than others (concentration {n}: 0 is all alike, 1 as different as waiting times)."
    ).format(n=f"{plan.concentration:g}")
