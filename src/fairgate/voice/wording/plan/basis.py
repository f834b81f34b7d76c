"""What a plan hangs on: counted or assumed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fairgate.shared.translations import ENGLISH, Translations
from fairgate.voice.wording.dates import day

if TYPE_CHECKING:
    from fairgate.engines.disclosure.planning import Plan
    from fairgate.voice.rules.deciding import DecidedLately


def source(lately: DecidedLately, say: Translations = ENGLISH) -> str:
    """Where the numbers in the form come from, before anybody changed them."""
    return say.ngettext(
        "Counted from your decisions, last month ({n} up to {until}) and made a year’s; how many will answer is assumed. "
        "Change what will be different.",
        "Counted from your decisions, last {months} months ({n} up to {until}) and made a year’s; how many will answer "
        "is assumed. Change what will be different.",
        lately.months,
    ).format(months=lately.months, n=f"{sum(lately.decisions.values()):,}", until=day(lately.until, say))


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
