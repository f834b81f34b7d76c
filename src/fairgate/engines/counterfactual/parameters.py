"""Every number both tiers rest on: what it means, its unit, the range it may take, where its default comes from.

One set for both tiers. The defaults describe an invented plant that makes tablets, with figures of the kinds a real one
would have: nobody measured them. *Kind* is where a number comes from:

- ``measured``   counted in records of this installation: only `calibration` says so, no default
- ``estimated``  follows from such records and from something nobody measured, which its source names; no default either
- ``published``  read in the source named; ``reference`` figures conflict, so they are plausibility bands
- ``assumed``    nobody knows; by whom and when is said

``low`` and ``high`` are the 5% and 95% points of what we hold possible (uncertainty, not chance); equal to ``value``
where the number is taken as known. Every guess has them, and so has a published count (chance of its size). Known are a
whole number of people, and that every lot is reviewed.
"""

from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["measured", "estimated", "published", "assumed"]
FROM_RECORDS: frozenset[Kind] = frozenset({"measured", "estimated"})
Scale = Literal["share", "positive", "real", "count"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """``least`` and ``most`` bound what is accepted; ``scale`` says how uncertainty is spread: over log-odds, over
    logarithms, evenly, or not at all (whole numbers)."""

    name: str
    value: float
    unit: str
    says: str
    kind: Kind = "assumed"
    source: str = "a guess"
    author: str = ""
    date: str = ""
    low: float | None = None
    high: float | None = None
    least: float = 0.0
    most: float = 1.0
    scale: Scale = "share"

    @property
    def section(self) -> str:
        return self.name.partition(".")[0]

    @property
    def range(self) -> str:
        """What is accepted, in words."""
        what = "a whole number" if self.scale == "count" else "a number"
        return f"{what} from {self.least:g} to {self.most:g} ({self.unit})"


INVENTED = "invented plant of the examples"
AUTHOR, DATE = "the authors of Fairgate", "2026-11-20"
INSPECTOR = "from published figures of what people miss: 20 to 30% (See & Drury, Sandia, 2017); the split by severity is a guess"
FDA = "FDA report on pharmaceutical quality, fiscal year 2024"
LETTERS = (
    "a guess between published figures: those closed took 238 days, but 17.8% were closed within 17 months "
    "(fdanews 132587, 2010)"
)
DAYS_A_MONTH = 21.0


def _share(name: str, value: float, says: str, unit: str = "share", **more: object) -> Parameter:
    return Parameter(name, value, unit, says, **more)  # type: ignore[arg-type]


def _amount(name: str, value: float, unit: str, says: str, most: float, **more: object) -> Parameter:
    return Parameter(name, value, unit, says, most=most, scale="positive", **more)  # type: ignore[arg-type]


PARAMETERS: tuple[Parameter, ...] = (
    _amount("plant.lots_per_month", 42, "lots per month", "Lots the market asks for.", 100_000, least=0.5,
            source=INVENTED, low=38, high=46.5),
    _amount("plant.production_days", 10, "working days", "Mean time to make a lot.", 1000, least=1e-6,
            source=INVENTED, low=7, high=14),
    _amount("plant.production_variation", 0.3, "standard deviation / mean", "How much the time to make a lot varies.", 5,
            source=INVENTED, low=0.2, high=0.45),
    _amount("plant.lot_items", 10_000, "items", "Items in a lot, for plans that look at a sample.", 1e9, least=1,
            low=5000, high=20_000),
    Parameter("plant.reviewers", 4, "people", "Reviewers who share one queue.", least=1, most=1000, scale="count",
              source=INVENTED),
    _amount("plant.review_days", 0.8, "working days of one reviewer", "Mean time of one full review.", 365, least=1e-6,
            source=INVENTED, low=0.65, high=1.0),
    _amount("plant.review_variation", 0.6, "standard deviation / mean", "How much the time of a review varies.", 5,
            source=INVENTED, low=0.4, high=0.9),
    _share("plant.review_setup", 0.3, "Part of a review that does not shrink with the sample.", low=0.15, high=0.5),
    _share("quality.flawed", 0.05, "Lots that are wrong before any check.", "share of lots",
           source=INVENTED, low=0.035, high=0.07),
    _share("quality.major", 0.33, "Of the lots that are wrong: those that would have to be called back.", "share of flawed lots",
           low=0.2, high=0.5),
    _share("quality.critical", 0.05, "Of the lots that are wrong: those that could harm somebody.",
           "share of flawed lots", low=0.02, high=0.1),
    _share("quality.flawed_items", 0.03, "Items that are wrong in a lot that is wrong.", "share of items", low=0.01, high=0.08),
    Parameter("quality.drift", 0.012, "log-odds per month", "How fast quality slips while nobody is told.",
              low=0.002, high=0.03, least=-1, most=1, scale="real"),
    _amount("quality.noise", 0.05, "log-odds per month", "How much quality wanders by itself.", 2, low=0.02, high=0.12),
    _amount("quality.attention", 0.5, "chance rate per signal",
            "How readily a catch or a complaint makes somebody look for the cause.", 100, low=0.2, high=1.0),
    _share("quality.correction", 0.6, "Part of the slip that is put right then.", low=0.3, high=0.85),
    _share("check.share", 1.0, "Lots reviewed today.", "share of lots", source=INVENTED),
    _share("check.sensitivity_minor", 0.70, "Minor flaws a full review sees.", "share of flawed lots",
           source=INSPECTOR, low=0.6, high=0.8),
    _share("check.sensitivity_major", 0.80, "Major flaws a full review sees.", "share of flawed lots",
           source=INSPECTOR, low=0.7, high=0.88),
    _share("check.sensitivity_critical", 0.80, "Critical flaws a full review sees.", "share of flawed lots",
           source=INSPECTOR, low=0.7, high=0.9),
    _share("check.specificity", 0.98, "Good lots that a review passes.", "share of good lots",
           source=INVENTED, low=0.97, high=0.988),
    _share("check.rework", 0.7, "Lots sent back rather than scrapped, of those a review stops.", "share of stopped lots",
           source=INVENTED, low=0.55, high=0.82),
    _amount("check.rework_days", 5, "working days", "Mean time to put a lot right.", 365, least=1e-6,
            source=INVENTED, low=3.3, high=7.5),
    _share("check.mended", 0.9, "Flawed lots that are right after rework.", "share of reworked lots", low=0.75, high=0.97),
    _share("check.mark_flawed", 0.7, "Flawed lots that carry a sign of risk (a deviation, an odd result).",
           "share of flawed lots", low=0.5, high=0.85),
    _share("check.mark_good", 0.2, "Good lots that carry such a sign all the same.", "share of good lots", low=0.1, high=0.35),
    _share("outside.complaint_minor", 0.15, "Minor escapes that customers complain of.", "share of escapes", low=0.08, high=0.27),
    _share("outside.complaint_major", 0.4, "Major escapes that customers complain of.", "share of escapes",
           low=0.2, high=0.6),
    _share("outside.complaint_critical", 0.6, "Critical escapes that customers complain of.", "share of escapes",
           low=0.4, high=0.78),
    _amount("outside.complaint_months", 4, "months", "Mean delay of a complaint.", 120, least=0.25, low=2.5, high=6.5),
    _amount("outside.recall_major", 0.01, "chance rate per month and open escape", "Recalls for major escapes.", 10,
            low=0.003, high=0.03),
    _amount("outside.recall_critical", 0.15, "chance rate per month and open escape", "Recalls for critical escapes.",
            10, low=0.05, high=0.4),
    _amount("outside.shelf_months", 6, "months", "Mean time a lot stays in use.", 120, least=0.25, low=4, high=9),
    _amount("outside.inspections", 0.214, "per year", "Visits of the regulator.", 50,
            kind="published", source=f"{FDA}: 989 inspections at 4,619 sites", low=0.203, high=0.226),
    _share("outside.letter", 0.106, "Visits that end in a warning letter, at quality as it is today.", "share of visits",
           kind="published", source=f"{FDA}: 105 warning letters, 989 inspections", low=0.091, high=0.123),
    Parameter("outside.letter_slip", 1.2, "log-odds per log-odds", "How much likelier a warning letter gets as quality slips.",
              least=0, most=10, scale="real", low=0.6, high=1.8),
    Parameter("outside.letter_unchecked", 1.5, "log-odds", "How much likelier a warning letter gets where no lot is checked.",
              least=0, most=10, scale="real", low=0.5, high=2.5),
    _amount("outside.letter_months", 18, "months", "How long a letter stays open.", 120, least=1,
            source=LETTERS, low=8, high=60),
    _share("outside.licence_lost", 0.35, "Second letters while one is open that end the licence.", "share",
           low=0.1, high=0.6),
    _share("demand.lost_minor", 0.001, "Demand lost with one minor complaint.", "share of demand", low=0.0004, high=0.0025),
    _share("demand.lost_major", 0.006, "Demand lost with one major complaint.", "share of demand", low=0.002, high=0.015),
    _share("demand.lost_critical", 0.03, "Demand lost with one critical complaint.", "share of demand", low=0.012, high=0.07),
    _share("demand.lost_recall_major", 0.02, "Demand lost with a recall for major flaws.", "share of demand",
           low=0.008, high=0.05),
    _share("demand.lost_recall_critical", 0.15, "Demand lost with a recall for critical flaws.", "share of demand",
           low=0.05, high=0.3),
    _share("demand.lost_letter", 0.3, "Demand that can't be served while a letter is open.", "share of demand",
           low=0.15, high=0.5),
    _share("demand.recovery", 0.03, "Lost demand that comes back in a month.", "share", low=0.015, high=0.06),
    _share("demand.patience", 0.002, "Demand lost with each working day that lots take longer (won, if shorter).",
           "share per day", low=0.001, high=0.004),
    _share("demand.least", 0.4, "Demand below which the business ends.", "share of today's demand", low=0.3, high=0.5),
    _amount("money.price", 100, "thousand per lot", "What a lot sells for.", 1e9,
            source=INVENTED, low=95, high=105),
    _amount("money.material", 45, "thousand per lot", "What a lot costs to make.", 1e9,
            source=INVENTED, low=41, high=49),
    _amount("money.fixed", 1550, "thousand per month", "Costs that run whatever is made.", 1e9,
            source=INVENTED, low=1450, high=1650),
    _amount("money.prevention", 20, "thousand per month", "Training, procedures, looking for causes.", 1e9, low=13, high=30),
    _amount("money.review", 5, "thousand per review", "One full review.", 1e9,
            source=INVENTED, low=3.3, high=7.5),
    _amount("money.rework", 12, "thousand per lot", "Putting a lot right.", 1e9, low=8, high=18),
    _amount("money.complaint", 30, "thousand per complaint", "Answering a complaint, with replacement.", 1e9, low=10, high=80),
    _amount("money.recall_major", 600, "thousand", "A recall for major flaws.", 1e9, low=200, high=2000),
    _amount("money.recall_critical", 6000, "thousand", "A recall for critical flaws.", 1e9, low=2000, high=20_000),
    _amount("money.letter", 8000, "thousand", "Putting right what a warning letter names.", 1e9, low=3000, high=20_000),
    _amount("money.cash", 20_000, "thousand", "What is in the bank and can be borrowed.", 1e12, low=13_000, high=30_000),
    _share("money.discount", 0.09, "What a year's delay takes off the worth of money.", "share per year", low=0.06, high=0.13),
    _amount("money.closing", 5000, "thousand", "What it costs to end the business.", 1e12, low=2500, high=10_000),
)  # fmt: skip

PARAMETERS = tuple(
    replace(one, author=AUTHOR, date=DATE) if one.kind == "assumed" else one for one in PARAMETERS
)
BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}
SECTIONS = tuple(dict.fromkeys(parameter.section for parameter in PARAMETERS))
