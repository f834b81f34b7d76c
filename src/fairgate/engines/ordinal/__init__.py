"""Ratings in ordered levels: cumulative link mixed models by Laplace's approximation (DESIGN 4.2).

`Ratings` in, a frozen `Fit` out::

    Ratings ─ prepare ─ Prepared ─ arrange ─ Arrangement ─ Laplace ─ search ─ present ─ Fit

Peers: R's ``ordinal::clmm`` (the answer to agree with), ``lme4``, statsmodels' ``OrderedModel``. The fair score is built
on it in `fairgate.engines.ordinal.fair`.
"""

from fairgate.engines.ordinal.cutpoints import LINKS, Link
from fairgate.engines.ordinal.errors import (
    BadRatings,
    NoRatings,
    NothingToCompare,
    NotSolved,
    OneLevel,
    OrdinalError,
    TooManyLevels,
    UnknownName,
)
from fairgate.engines.ordinal.fitting import fit
from fairgate.engines.ordinal.joint import Draws, Joint
from fairgate.engines.ordinal.ratings import Category, Interaction, Measure, Ratings, Term, rated
from fairgate.engines.ordinal.result import Deviation, Estimate, Fit
from fairgate.engines.ordinal.summary import summary

__all__ = [
    "LINKS",
    "BadRatings",
    "Category",
    "Deviation",
    "Draws",
    "Estimate",
    "Fit",
    "Interaction",
    "Joint",
    "Link",
    "Measure",
    "NoRatings",
    "NotSolved",
    "NothingToCompare",
    "OneLevel",
    "OrdinalError",
    "Ratings",
    "Term",
    "TooManyLevels",
    "UnknownName",
    "fit",
    "rated",
    "summary",
]
