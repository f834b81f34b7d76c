"""What if nobody checked? Arrays in, frozen answers out (DESIGN 4.4).

`ask` gives the whole answer. Below it: `Study` (a scenario and policies, ready to be lived through), `simulate` (the
lot-exact tier), `calibration` (parameters from records), `closed` (known answers).
"""

from fairgate.engines.counterfactual.answer import ANSWERS, STAGES, Answer, Refused, Threshold, ask
from fairgate.engines.counterfactual.base_rates import BaseRates, Checked, Observed, check_base_rates
from fairgate.engines.counterfactual.break_even import BreakEven, Crossing, break_even
from fairgate.engines.counterfactual.crews import Crew, Here, OnCluster, on_cluster
from fairgate.engines.counterfactual.curves import Curve, CurvePoint, curve
from fairgate.engines.counterfactual.differences import Difference
from fairgate.engines.counterfactual.errors import (
    BadParameter,
    BadSeed,
    CannotKeepUp,
    CounterfactualError,
    OldAnswer,
    OldScenario,
    TooManySerious,
    TooMuch,
    UnknownParameter,
    UnknownPolicy,
)
from fairgate.engines.counterfactual.lots import LotRuns, simulate
from fairgate.engines.counterfactual.outcomes import Alive, Outcome
from fairgate.engines.counterfactual.parameters import (
    AUTHOR,
    BY_NAME,
    FROM_RECORDS,
    PARAMETERS,
    SECTIONS,
    Parameter,
)
from fairgate.engines.counterfactual.policies import COMPARED, KINDS, TODAY, Policy, policies, policy
from fairgate.engines.counterfactual.scenario import (
    MEASURED,
    VERSION,
    Belief,
    Scenario,
    from_dict,
    spoken,
    standard,
)
from fairgate.engines.counterfactual.spreads import Figure
from fairgate.engines.counterfactual.stored import from_plain, line, plain
from fairgate.engines.counterfactual.study import Overload, Study
from fairgate.engines.counterfactual.tornado import Swing, Tornado

__all__ = [
    "ANSWERS",
    "AUTHOR",
    "BY_NAME",
    "COMPARED",
    "FROM_RECORDS",
    "KINDS",
    "MEASURED",
    "PARAMETERS",
    "SECTIONS",
    "STAGES",
    "TODAY",
    "VERSION",
    "Alive",
    "Answer",
    "BadParameter",
    "BadSeed",
    "BaseRates",
    "Belief",
    "BreakEven",
    "CannotKeepUp",
    "Checked",
    "CounterfactualError",
    "Crew",
    "Crossing",
    "Curve",
    "CurvePoint",
    "Difference",
    "Figure",
    "Here",
    "LotRuns",
    "Observed",
    "OldAnswer",
    "OldScenario",
    "OnCluster",
    "Outcome",
    "Overload",
    "Parameter",
    "Policy",
    "Refused",
    "Scenario",
    "Study",
    "Swing",
    "Threshold",
    "TooManySerious",
    "TooMuch",
    "Tornado",
    "UnknownParameter",
    "UnknownPolicy",
    "ask",
    "break_even",
    "check_base_rates",
    "curve",
    "from_dict",
    "from_plain",
    "line",
    "on_cluster",
    "plain",
    "policies",
    "policy",
    "simulate",
    "spoken",
    "standard",
]
