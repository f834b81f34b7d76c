"""Figure by figure: when it can be shown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from fairgate.shared.translations import ENGLISH, Translations, gettext_noop

if TYPE_CHECKING:
    from fairgate.engines.disclosure.planning import Figure, Length, Planned


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
EACH_TEAM = {
    "score": gettext_noop("fair score of each of the {n} teams"),
    "refusal": gettext_noop("refusal score of each of the {n} teams"),
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


class Row(NamedTuple):
    """A figure, and for each length of a period in order: when it can be shown."""

    figure: str
    cells: tuple[str, ...]


def rows(found: Planned, say: Translations = ENGLISH) -> list[Row]:
    """Figures down, lengths of a period across; teams that are all alike, and many teams, in one row each for both scores."""
    by_figure = zip(*(length.figures for length in found.lengths), strict=True)
    told: list[Row] = []
    for code, group in groupby(by_figure, key=lambda figures: figures[0].code):
        of_code = [_row(found.lengths, figures, say) for figures in group]
        if code in TEAMS and len(of_code) > 1 and len({row.cells for row in of_code}) == 1:
            told.append(Row(say.gettext(EACH_TEAM[code]).format(n=len(of_code)), of_code[0].cells))
        elif code in TEAMS and len(of_code) > MOST_TEAMS:
            told.append(_all_teams(found.lengths, code, say))
        else:
            told += of_code
    return told


def _row(lengths: Sequence[Length], figures: Sequence[Figure], say: Translations) -> Row:
    cells = tuple(when(length, figure, say) for length, figure in zip(lengths, figures, strict=True))
    return Row(name(figures[0], say), cells)


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
