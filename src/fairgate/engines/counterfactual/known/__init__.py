"""Known answers, played: worlds simple enough that `closed` knows the result.

They use the same draws as both tiers. What the tiers themselves can play (queues, CSP-1, skip-lot, ruin by month)
is tested there.
"""

from fairgate.engines.counterfactual.known.items import SampledLots, sample_lots
from fairgate.engines.counterfactual.known.walks import ruined

__all__ = ["SampledLots", "ruined", "sample_lots"]
