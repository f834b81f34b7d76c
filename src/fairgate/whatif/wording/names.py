"""Words for the codes of the engine."""

from fairgate.engines.counterfactual import BY_NAME, policy
from fairgate.shared.translations import Translations, gettext_noop
from fairgate.whatif.wording.numbers import plain

_ = gettext_noop

POLICIES = {
    "today": _("today's checks"),
    "less": _("less checking"),
    "exception": _("checking by exception"),
    "single": _("sampling"),
    "skip": _("skip-lot sampling"),
    "csp1": _("sampling after a good run"),
    "all": _("checking every lot"),
    "more": _("more checking"),
    "nobody": _("nobody checking"),
}
FIGURES = {
    "worth": _("worth (thousand)"),
    "months": _("months in business"),
    "out_first": _("lots out in the first year"),
    "out_early": _("lots out in the first five years"),
    "serious": _("seriously flawed lots out"),
}
COUNTS = {
    "complaints": _("complaints"),
    "stopped": _("lots stopped"),
    "released": _("lots released"),
    "scrapped": _("lots scrapped"),
    "recalls": _("recalls"),
    "letters": _("warning letters"),
}
STAGES = {
    "waits": _("How long lots wait (the first time also compiles: some ten seconds)"),
    "base_rates": _("Does the scenario reproduce what was counted?"),
    "threshold": _("From which rate do checks pay?"),
    "chance": _("Years of business, by chance"),
    "possible": _("Years of business, over what is held possible"),
    "tornado": _("Which assumption matters?"),
    "flips": _("What would flip the ranking?"),
}
# Where each stage begins, in hundredths of the time a usual run takes.
BEGINS = {
    "waits": 0,
    "base_rates": 16,
    "threshold": 30,
    "chance": 44,
    "possible": 50,
    "tornado": 54,
    "flips": 86,
}
SECTIONS = {
    "plant": _("The plant"),
    "quality": _("Quality before any check"),
    "check": _("Today's checks"),
    "outside": _("Customers and the regulator"),
    "demand": _("Demand"),
    "money": _("Money"),
}
KINDS = {
    "measured": _("measured"),
    "estimated": _("estimated"),
    "published": _("published"),
    "assumed": _("assumed"),
}
SEVERITIES = {"minor": _("minor"), "major": _("major"), "critical": _("critical")}
COSTS = {
    "prevention": _("prevention"),
    "appraisal": _("appraisal"),
    "internal": _("internal failure"),
    "external": _("external failure"),
}
ENDS = {"insolvent": _("out of money"), "licence": _("licence lost"), "demand": _("demand lost")}
# The scale of parameters that are told in hundredths.
HUNDREDTHS = "share"


def stage(code: str, say: Translations) -> str:
    return say.gettext(STAGES[code])


def how_far(code: str, done: int, total: int) -> float:
    """How far a run is, from 0 to 1."""
    names = list(BEGINS)
    begin = BEGINS[code]
    end = BEGINS[names[names.index(code) + 1]] if code != names[-1] else 100
    return (begin + (end - begin) * done / max(total, 1)) / 100


def policy_name(name: str, say: Translations) -> str:
    """“less checking (50% of today's lots)”; plans with the numbers they are typed with."""
    kind, _colon, rest = name.partition(":")
    words = say.gettext(POLICIES[kind])
    if kind == "less":
        lots = say.gettext("{share}% of today's lots").format(share=plain(100 * policy(name)["share"]))
        return f"{words} ({lots})"
    if kind == "more":
        return f"{words} ({say.gettext('{n} reviews').format(n=plain(policy(name)['reviews']))})"
    if rest == "licence=ends":
        return say.gettext("nobody checking, and the licence ends")
    return f"{words} ({rest})" if rest else words


def parameter(name: str, say: Translations) -> str:
    """What a parameter is, without the full stop."""
    return say.gettext(BY_NAME[name].says).rstrip(".")


def amount(name: str, value: float) -> str:
    """With its unit: shares in hundredths."""
    return f"{without_unit(name, value)} {unit(name)}".strip()


def unit(name: str) -> str:
    """What stands behind the number; of shares, what they are shares of."""
    spec = BY_NAME[name]
    return spec.unit.removeprefix("share").strip() if spec.scale == HUNDREDTHS else spec.unit


def without_unit(name: str, value: float) -> str:
    return f"{plain(100 * value)}%" if BY_NAME[name].scale == HUNDREDTHS else plain(value)
