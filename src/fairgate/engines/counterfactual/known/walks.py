"""Ruin of an insurer: premiums come steadily, claims at random.

Between claims pass exponential times of mean 1; premiums flow at (1 + θ)/β per unit of time; claims are exponential of mean
1/β. Followed claim by claim, so ruin is caught when it happens (steps of a month would miss some). Ended by level,
not by time: where the chance of later ruin is below 1e-12.
"""

import math

import numpy as np
from numba import uint64
from numpy.typing import NDArray

from fairgate.engines.counterfactual.compiled import kernel
from fairgate.engines.counterfactual.draws import WALKS, block, key_of, share


def ruined(loading: float, claim_rate: float, capital: float, walks: int, seed: int) -> NDArray[np.bool_]:
    """Whether each of ``walks`` insurers is ruined in the end; ``loading`` θ above 0, ``claim_rate`` β."""
    safe = capital + math.log(1e12) * (1 + loading) / (loading * claim_rate)
    out = np.empty(walks, np.bool_)
    _play((1 + loading) / claim_rate, 1 / claim_rate, capital, safe, *key_of(seed), out)
    return out


@kernel
def _play(premium, claim, capital, safe, k0, k1, out):  # type: ignore[no-untyped-def]
    for r in range(out.shape[0]):
        left, step = capital, 0
        while 0.0 <= left < safe:
            w0, w1, w2, w3 = block(step, uint64(r), uint64(0), WALKS, k0, k1)
            step += 1
            left += claim * math.log(share(w1)) - premium * math.log(share(w0))
            if left >= 0.0:
                left += claim * math.log(share(w3)) - premium * math.log(share(w2))
        out[r] = left < 0.0
