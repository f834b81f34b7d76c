"""A weak normal prior on fixed effects, for fits whose figures are drawn from their covariance.

Where an outcome parts the ratings (every refusal got a 1), likelihood alone puts its effect at infinity and its standard error
beyond any use. So any two categories of a column are taken to differ by a normal law around 0; a number, by the same law for
two of its standard deviations. On the logit its deviation is `APART`: two categories five apart, which turns 1
pleased in 100 into 60 in 100, are two deviations out. Where there are ratings enough to tell, it says next to nothing: an
effect with a standard error of .15 moves by less than half a hundredth of itself. Standard deviations of random factors
have a half normal law of the same scale, for where teams part the ratings.

Gelman, Jakulin, Pittau & Su 2008, *A weakly informative default prior distribution for logistic and other regression
models*, with their scale of 2.5 and a normal law in place of Cauchy's, whose tails are too heavy under
separation (Ghosh, Li & Mitra 2018).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.ordinal.coding import Coded
from fairgate.engines.ordinal.cutpoints import Link
from fairgate.engines.ordinal.ratings import Measure, Term

APART = 2.5
PROBIT = 1.7  # logits in a probit, about


def apart(link: Link) -> float:
    """The prior's standard deviation of the difference between two categories, on the scale of the link."""
    return APART if link == "logit" else APART / PROBIT


class Prior(NamedTuple):
    """``precision`` float64[p, p] of the effects of centred, scaled columns; ``spread``, the scale of the half normal law of the
    random factors' standard deviations."""

    precision: NDArray[np.float64]
    spread: float


def weak(coded: Coded, terms: tuple[Term, ...], link: Link) -> Prior:
    """The prior for these columns.

    The effects of k categories, the reference's among them, are alike and independent around a mean of any size: so it makes no
    difference which one is the reference.
    """
    made = np.zeros((len(coded.names), len(coded.names)))
    for number, term in enumerate(terms):
        at = np.flatnonzero(coded.term == number)
        if isinstance(term, Measure):
            block = 4.0 * np.diag(coded.scale[at] ** 2)
        else:
            block = 2.0 * (np.eye(len(at)) - 1.0 / (len(at) + 1))
        made[np.ix_(at, at)] = block / apart(link) ** 2
    return Prior(np.asarray(made / np.outer(coded.scale, coded.scale)), apart(link))
