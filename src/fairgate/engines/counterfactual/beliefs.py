"""Sets of values drawn from what we hold possible: the uncertainty, as against chance.

Value of parameter k in set s: its quantile at a keyed normal number, parameters independent; those a calibration found
together are taken as one row of its draws. The middle set (`central`) has every parameter at its value.
"""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.counterfactual.acting import Values
from fairgate.engines.counterfactual.draws import PARAMETERS as TIER
from fairgate.engines.counterfactual.draws import shares, words
from fairgate.engines.counterfactual.elementary import normals
from fairgate.engines.counterfactual.parameters import BY_NAME, PARAMETERS
from fairgate.engines.counterfactual.scenario import Scenario, quantile

JOINT = len(PARAMETERS)  # the purpose whose words choose a row of joint draws


def central(scenario: Scenario, overrides: Iterable[Mapping[str, float]] = ({},)) -> Values:
    """The scenario's values with each of ``overrides`` put over them: arrays with one entry for each."""
    every = list(overrides)
    values = {name: np.full(len(every), value) for name, value in scenario.values().items()}
    for place, over in enumerate(every):
        for name, value in over.items():
            values[name][place] = value
    return values


def possible(scenario: Scenario, sets: int, seed: int) -> Values:
    """``sets`` draws of all uncertain parameters."""
    values = {name: np.full(sets, value) for name, value in scenario.values().items()}
    for purpose, parameter in enumerate(PARAMETERS):
        belief = scenario.belief(parameter.name)
        if parameter.name not in scenario.joint and not belief.is_known:
            z = np.empty(sets)
            normals(words(sets, 0, purpose << 16, TIER, seed)[0], z)
            values[parameter.name] = quantile(parameter, belief, z)
    if scenario.joint:
        row = _rows(scenario, sets, seed)
        for name, column in scenario.joint.items():
            values[name] = np.clip(column[row], BY_NAME[name].least, BY_NAME[name].most)
    _keep_shares(values)
    return values


def _rows(scenario: Scenario, sets: int, seed: int) -> NDArray[np.int64]:
    size = len(next(iter(scenario.joint.values())))
    return np.asarray(shares(words(sets, 0, JOINT << 16, TIER, seed)[0]) * size, dtype=np.int64)


def _keep_shares(values: dict[str, NDArray[np.float64]]) -> None:
    """Major and critical together stay a share."""
    serious = values["quality.major"] + values["quality.critical"]
    over = np.maximum(serious, 1.0)
    values["quality.major"], values["quality.critical"] = (
        values["quality.major"] / over,
        values["quality.critical"] / over,
    )
