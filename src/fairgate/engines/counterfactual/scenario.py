"""A scenario: a value for every parameter, what we hold possible for it, and who says so."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, Self, get_args

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.counterfactual.errors import BadParameter, OldScenario, TooManySerious, UnknownParameter
from fairgate.engines.counterfactual.parameters import BY_NAME, FROM_RECORDS, PARAMETERS, Kind, Parameter

VERSION = 2
"""Of documents. 2: numbers that follow from records and from something nobody measured are *estimated*; guesses have ranges."""
MEASURED: Kind = "measured"
ROUNDING = 1e-9  # what two medians may add up to above 1
Z95 = 1.6448536269514722


@dataclass(frozen=True, slots=True)
class Belief:
    """One number: its value, the 5% and 95% points of what is held possible, and where it comes from. ``author`` and
    ``date`` say by whom and when it was assumed."""

    value: float
    low: float
    high: float
    kind: Kind
    source: str = ""
    author: str = ""
    date: str = ""

    @property
    def is_known(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True)
class Scenario:
    """``beliefs`` holds one for each of `PARAMETERS`. ``joint`` holds draws of parameters that are uncertain together
    (float64 columns of equal length, from a calibration): where present they replace low and high."""

    title: str
    beliefs: Mapping[str, Belief]
    joint: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> float:
        return self.belief(name).value

    def belief(self, name: str) -> Belief:
        """Errors: UnknownParameter."""
        if name not in self.beliefs:
            raise UnknownParameter(name, get_close_matches(name, BY_NAME, 3, 0.5))
        return self.beliefs[name]

    def values(self) -> dict[str, float]:
        return {name: belief.value for name, belief in self.beliefs.items()}

    def uncertain(self) -> tuple[str, ...]:
        """Names of the parameters that are not taken as known, in the order of `PARAMETERS`."""
        return tuple(p.name for p in PARAMETERS if p.name in self.joint or not self.beliefs[p.name].is_known)

    def certain(self) -> tuple[str, ...]:
        """Names of the others: what no range was given for counts as certain."""
        unsure = set(self.uncertain())
        return tuple(p.name for p in PARAMETERS if p.name not in unsure)

    def with_values(self, **values: float) -> Self:
        """Other values, taken as known; dots in names are written ``__``. For tests and for curves."""
        return self.changed({name.replace("__", "."): {"value": value} for name, value in values.items()})

    def changed(self, entries: Mapping[str, Mapping[str, Any]]) -> Self:
        """The scenario with these entries put over it (keys of `Belief`); a value without ``low`` and ``high``
        is taken as known. Errors: UnknownParameter, BadParameter."""
        beliefs = dict(self.beliefs)
        for name, entry in entries.items():
            old = self.belief(name)
            beliefs[name] = _checked(BY_NAME[name], name, old, entry)
        made = replace(
            self,
            beliefs=MappingProxyType(beliefs),
            joint={k: v for k, v in self.joint.items() if k not in entries},
        )
        _check_together(made)
        return made

    def to_dict(self) -> dict[str, Any]:
        """The document: plain numbers and text, as stored and as written to a file."""
        beliefs = {name: asdict(belief) for name, belief in self.beliefs.items()}
        return {"version": VERSION, "title": self.title, "parameters": beliefs}


def spoken(entries: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Mapping[str, Any]]:
    """The entries, as somebody gives them by hand. Errors: BadParameter for one that says it comes from records."""
    for name, entry in entries.items():
        kind = entry.get("kind")
        if kind in FROM_RECORDS:
            expected = f"assumed or published: {kind} is only said by a calibration from records"
            raise BadParameter(name, f"kind “{kind}”", expected)
    return entries


def standard(title: str = "An invented plant") -> Scenario:
    """The defaults of `PARAMETERS`."""
    return Scenario(title, MappingProxyType({p.name: _default(p) for p in PARAMETERS}))


def from_dict(document: Mapping[str, Any]) -> Scenario:
    """A document, over the defaults. Errors: OldScenario, UnknownParameter, BadParameter."""
    if document.get("version") != VERSION:
        raise OldScenario(document.get("version", "none"), VERSION)
    return standard(str(document.get("title", "Untitled"))).changed(document.get("parameters", {}))


def quantile(parameter: Parameter, belief: Belief, z: float | NDArray[np.float64]) -> NDArray[np.float64]:
    """What is held possible, at the standard normal point ``z``: normal over log-odds (shares), logarithms
    (amounts) or the number itself, through the 5% and 95% points."""
    to, back = _SCALES[parameter.scale]
    low, high = to(belief.low), to(belief.high)
    held = back((low + high) / 2 + np.asarray(z) * (high - low) / (2 * Z95))
    return np.asarray(np.clip(held, parameter.least, parameter.most))


def _default(p: Parameter) -> Belief:
    low, high = (p.value if p.low is None else p.low), (p.value if p.high is None else p.high)
    return Belief(float(p.value), float(low), float(high), p.kind, p.source, p.author, p.date)


def _checked(parameter: Parameter, name: str, old: Belief, entry: Mapping[str, Any]) -> Belief:
    if entry.get("unit", parameter.unit) != parameter.unit:
        raise BadParameter(name, f"the unit “{entry['unit']}”", f"“{parameter.unit}”")
    value = _number(parameter, name, entry.get("value", old.value))
    given = {
        key: _number(parameter, f"{name}, {key}", entry[key])
        for key in ("low", "high")
        if entry.get(key) is not None
    }
    if len(given) == 1:
        raise BadParameter(name, f"only {next(iter(given))}", "both low and high, or neither")
    low, high = (given["low"], given["high"]) if given else (value, value)
    if not low <= value <= high:
        raise BadParameter(name, f"low {low:g}, value {value:g}, high {high:g}", "low ≤ value ≤ high")
    if low < high:
        _check_spread(parameter, name, low, high)
    kind = entry.get("kind", "assumed")
    if kind not in get_args(Kind):
        raise BadParameter(name, f"kind {kind!r}", "measured, estimated, published or assumed")
    text = {key: str(entry.get(key, "")) for key in ("source", "author", "date")}
    return Belief(value, low, high, kind, **text)


def _number(parameter: Parameter, name: str, found: object) -> float:
    if isinstance(found, bool) or not isinstance(found, (int, float)) or not math.isfinite(found):
        raise BadParameter(name, repr(found), parameter.range)
    whole = parameter.scale != "count" or float(found).is_integer()
    if not (whole and parameter.least <= found <= parameter.most):
        raise BadParameter(name, f"{found:g}", parameter.range)
    return float(found)


def _check_spread(parameter: Parameter, name: str, low: float, high: float) -> None:
    if parameter.scale == "count":
        raise BadParameter(
            name, f"low {low:g}, high {high:g}", "no low and high: a whole number is taken as known"
        )
    if (parameter.scale == "share" and (low <= 0 or high >= 1)) or (
        parameter.scale == "positive" and low <= 0
    ):
        inside = "above 0 and below 1" if parameter.scale == "share" else "above 0"
        raise BadParameter(name, f"low {low:g}, high {high:g}", f"low and high {inside}")


def _check_together(scenario: Scenario) -> None:
    serious = scenario["quality.major"] + scenario["quality.critical"]
    if serious > 1 + ROUNDING:
        raise TooManySerious(serious)


def _odds(p: float) -> float:
    return math.log(p / (1 - p)) if 0 < p < 1 else 0.0


_SCALES: dict[str, tuple[Any, Any]] = {
    "share": (_odds, lambda x: 1 / (1 + np.exp(-x))),
    "positive": (lambda x: math.log(x) if x > 0 else 0.0, np.exp),
    "real": (float, np.asarray),
    "count": (float, np.asarray),
}
