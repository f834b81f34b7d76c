"""What decisions do to ratings: what approving everything would add, how outcomes pull, what the comparison hangs on."""

from collections.abc import Mapping
from math import exp
from typing import Any

from fairgate.shared.translations import Translations

Team = Mapping[str, Any]


FEW_NAMES = 3  # of teams, named in a sentence
MANY_TEAMS = 20  # beyond so many, sentences name only those with the largest figures


def approval_effects(scores: Mapping[str, Any], say: Translations) -> list[str]:
    """What approving everything would do to each team: to the raw share, and to the score. Of many teams, to the three that would
    gain or lose most; the table has all."""
    told = [team for team in scores["teams"] if team["approval_effect"] is not None]
    if len(told) > MANY_TEAMS:
        told = sorted(told, key=lambda team: -abs(team["approval_effect"]))[:FEW_NAMES]
    return [_approval_effect(team, say) for team in told]


def _approval_effect(team: Team, say: Translations) -> str:
    gain = round(team["approval_effect"])
    if gain > 0:
        text = say.ngettext(
            "Approving everything would have gained {team} {n} point raw and, on average, nothing here.",
            "Approving everything would have gained {team} {n} points raw and, on average, nothing here.",
            gain,
        )
    elif gain < 0:
        text = say.ngettext(
            "Approving everything would have cost {team} {n} point raw and, on average, nothing here.",
            "Approving everything would have cost {team} {n} points raw and, on average, nothing here.",
            -gain,
        )
    else:
        text = say.gettext(
            "Approving everything would have changed {team} by less than a point raw, and on average not here."
        )
    return text.format(team=team["team"], n=abs(gain))


def outcome_effects(scores: Mapping[str, Any], say: Translations) -> list[str]:
    """How outcomes pull on ratings; the sign is estimated, never assumed."""
    told = []
    for name, effect in scores["outcome_effect"].items():
        low, high = effect["interval"]
        if effect.get("leans"):
            told.append(_unsaid(name, effect["estimate"], scores["outcome_reference"], say))
            continue
        if low <= 0 <= high:
            text = say.gettext(
                "“{outcome}” pulls on ratings no more than chance explains, against “{reference}”"
            )
        elif high < 0:
            text = say.gettext("“{outcome}” pulls ratings down against “{reference}”")
        else:
            text = say.gettext("“{outcome}” pulls ratings up against “{reference}”")
        # On the scale of the logit, differences are logarithms of odds.
        figures = say.gettext(
            "the odds of a better rating are {estimate} times as high (between {low} and {high} times)."
        ).format(estimate=f"{exp(effect['estimate']):.2g}", low=f"{exp(low):.2g}", high=f"{exp(high):.2g}")
        told.append(f"{text.format(outcome=name, reference=scores['outcome_reference'])}: {figures}")
    return told


def _unsaid(name: str, estimate: float, reference: str, say: Translations) -> str:
    if estimate < 0:
        text = say.gettext(
            "“{outcome}” pulls ratings down against “{reference}”: how far, its ratings can’t say, being few or all on one side."
        )
    else:
        text = say.gettext(
            "“{outcome}” pulls ratings up against “{reference}”: how far, its ratings can’t say, being few or all on one side."
        )
    return text.format(outcome=name, reference=reference)


def sensitivity(scores: Mapping[str, Any], say: Translations) -> list[str]:
    """Which assumption the comparison hangs on: the engine's sentences, with odds in place of a scale that nobody knows."""
    found = scores["sensitivity"]
    told = {name: it["sentence"] for name, it in found.items()}
    delta = found.get("tipping_point", {}).get("delta")
    if delta is not None:
        highest, lowest = found["e_value"]["teams"]
        text = say.gettext(
            "{highest} falls to {lowest} if among those who didn’t answer about it the odds of a better rating were {odds} "
            "times what they were among those like them who did."
        )
        told["tipping_point"] = text.format(highest=highest, lowest=lowest, odds=f"{exp(delta):.2g}")
    return list(told.values())
