"""Does the scenario reproduce what was counted?"""

from collections.abc import Iterator

from fairgate.engines.counterfactual import BaseRates, Checked
from fairgate.shared.translations import Translations
from fairgate.whatif.wording.names import COUNTS
from fairgate.whatif.wording.numbers import small

TELLING = 0.5  # the power from which on a check says something


def base_rates(rates: BaseRates, say: Translations) -> Iterator[str]:
    if not rates.is_checked:
        yield say.gettext(
            "Nothing that was counted was kept aside, so nothing shows that this scenario fits your records."
        )
        return
    for one in rates.checked:
        yield _checked(one, say)
    yield say.gettext(
        "Each range is as wide as it has to be for a scenario that is right to pass every one of these checks 95 times in 100."
    )
    if rates.agrees and all(max(one.power_if_double, one.power_if_half) < TELLING for one in rates.checked):
        yield say.gettext(
            "Few events pass anything: this check would rarely notice a scenario that is wrong by half or double."
        )


def refused(say: Translations) -> str:
    return say.gettext(
        "This scenario does not reproduce what was counted, so nothing it says about other ways of checking is shown."
    )


def overridden(reason: str, say: Translations) -> str:
    return say.gettext("Shown although the base rates disagree. Reason given: {reason}").format(reason=reason)


def _checked(one: Checked, say: Translations) -> str:
    says = say.gettext("the scenario says {low} to {high} ({level} in 100 such cases; mean {expected})")
    texts = {
        "agree": say.gettext("{what}: {count} in {years} years; {says}. They agree."),
        "silent": say.gettext("{what}: {count} in {years} years; {says}. That does not contradict it."),
        "differ": say.gettext("{what}: {count} in {years} years, but {says}."),
    }
    text = texts[_verdict(one)].replace("{says}", says)
    told = text.format(
        what=say.gettext(COUNTS[one.what]).capitalize(), count=f"{one.count:,}", years=f"{one.years:.3g}",
        low=f"{one.low:,}", high=f"{one.high:,}", expected=small(one.expected), level=f"{100 * one.level:.3g}",
    )  # fmt: skip
    power = say.gettext(
        "Were the truth twice what the scenario says, this check would notice it {double}; were it half of that, {half}."
    )
    often = (_often(share, say) for share in (one.power_if_double, one.power_if_half))
    told += " " + power.format(**dict(zip(("double", "half"), often, strict=True)))
    return told + (say.gettext(" Counted: {source}.").format(source=one.source) if one.source else "")


def _verdict(one: Checked) -> str:
    """A check that would hardly notice anything else has not shown that they agree."""
    if not one.agrees:
        return "differ"
    return "agree" if min(one.power_if_double, one.power_if_half) >= TELLING else "silent"


def _often(share: float, say: Translations) -> str:
    times = round(100 * share)
    if times == 0:
        return say.gettext("hardly ever")
    if times == 100:
        return say.gettext("nearly always")
    return say.gettext("in {n} of 100 such cases").format(n=times)
