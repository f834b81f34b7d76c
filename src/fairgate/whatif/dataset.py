"""Recorded lots as the arrays a calibration takes, what was counted beside them, and the scenario that follows."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.counterfactual import Observed, Scenario, from_dict
from fairgate.engines.counterfactual.calibration import Calibrated, Records, calibrate
from fairgate.engines.counterfactual.calibration.sources import HERE
from fairgate.engines.counterfactual.parameters import DAYS_A_MONTH
from fairgate.gate.rules import Outcome
from fairgate.protection.rules import WouldHave
from fairgate.whatif.queries.lots import A_MONTH, Judged, Lot, Lots
from fairgate.whatif.rules import SETTLING, Window

# Working days in a day of the calendar: 21 a month, as the engine counts them.
WORKING = DAYS_A_MONTH / (A_MONTH / timedelta(days=1))
SHORTEST = 0.05  # working days: systems that note a day and no hour would say that nothing took any time
SEVERITY = {WouldHave.HARM: 2, WouldHave.RECALL: 1, WouldHave.REWORK: 0, WouldHave.COSMETIC: 0}
TIMES = ("ages", "delays", "reworks", "at_gate", "waiting")
COUNTED = (
    "submitted", "reviewed", "stopped", "judged", "real", "reworked", "second_looks", "second_looks_wrong", "deciders",
)  # fmt: skip
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """``split`` catches were judged, but the sides differ on whether there was anything: they count for neither."""

    records: Records
    observed: tuple[Observed, ...]
    split: int


def counted(found: Lots, window: Window) -> Counted:
    """First reviews tell what comes in and what is stopped; those after rework only take time. What both sides call something
    is real, as grave as the milder of them says; an overturned refusal was not (see `_as_sampled`). Errors: BadParameter where
    nothing was reviewed."""
    first = [lot for lot in found.lots if lot.is_first and lot.outcome is not None]
    stopped = [lot for lot in first if not lot.has_passed or lot.pk in found.overturned]
    again = {lot.follows: lot for lot in found.lots if lot.follows is not None}
    pairs = [found.judged[lot.pk] for lot in stopped if lot.pk in found.judged]
    real = [pair for pair in pairs if WouldHave.NOTHING not in (pair.function, pair.customer)]
    nothing = [pair for pair in pairs if pair.function is pair.customer is WouldHave.NOTHING]
    overturned = sum(lot.pk in found.overturned for lot in stopped)
    judged = len(real) + len(nothing)
    records = Records(
        months=(found.until - found.since) / A_MONTH,
        submitted=len(first),
        reviewed=len(first),
        stopped=len(stopped),
        judged=judged + _as_sampled(overturned, judged, len(stopped) - overturned),
        real=len(real),
        severity=np.array([_severity(pair) for pair in real], dtype=np.int64),
        reworked=sum(lot.outcome is Outcome.RETURNED or lot.pk in again for lot in stopped),
        deciders=found.deciders,
        ages=_days(found.until - lot.decided for lot in found.lots if lot.has_passed and lot.decided),
        delays=_delays(found),
        reworks=_days(_way_back(lot, again) for lot in stopped if lot.pk in again),
        at_gate=_days(lot.decided - lot.submitted for lot in first if lot.decided),
        waiting=_days(
            found.until - lot.submitted for lot in found.lots if lot.is_first and lot.outcome is None
        ),
    )
    return Counted(records, _observed(found, records, window), len(pairs) - len(real) - len(nothing))


def _as_sampled(overturned: int, judged: int, others: int) -> int:
    """Overturned refusals are all known to have been for nothing, of other stops only those ``judged`` are known: so they count
    as far as those are sampled, or the share of real catches would be too low."""
    return round(overturned * judged / others) if others else overturned


def _severity(pair: Judged) -> int:
    return min(SEVERITY[pair.function], SEVERITY[pair.customer])


def _way_back(lot: Lot, again: Mapping[int, Lot]) -> timedelta:
    return again[lot.pk].submitted - (lot.decided or lot.submitted)


def _days(spans: Iterable[timedelta]) -> Array:
    """Working days."""
    return np.array([max(span / timedelta(days=1) * WORKING, SHORTEST) for span in spans])


def _delays(found: Lots) -> Array:
    """Of complaints about lots of the window."""
    mine = {lot.pk for lot in found.lots}
    escapes = [one for one in found.escapes if one.request in mine and one.received <= found.until.date()]
    return np.array([max(one.delay * WORKING, SHORTEST) for one in escapes])


def _observed(found: Lots, records: Records, window: Window) -> tuple[Observed, ...]:
    years = records.months / 12
    heard, told = found.since.date(), HERE
    if not found.earlier:  # the first complaints are about lots from before the records
        told = f"{HERE}; the first months' complaints are about lots from before, and left out"
        heard = (found.since + min(SETTLING, records.months / 2) * A_MONTH).date()
    complaints = sum(heard <= one.received <= found.until.date() for one in found.escapes)
    out = len(records.ages)
    span = (found.until.date() - heard) / A_MONTH / 12
    made = [
        Observed("complaints", complaints, max(span, 1 / 12), used=window.use_complaints, source=told),
        # How many come in was counted, and so nearly how many go out: that proves nothing of the scenario.
        Observed("released", out, max(years, 1 / 12), used=True, source=HERE),
        # Without judged catches no parameter follows from the stops: then they check the scenario.
        Observed("stopped", records.stopped, max(years, 1 / 12), used=bool(records.judged), source=HERE),
    ]
    return tuple(made)


def kept(records: Records) -> dict[str, Any]:
    """As stored: counts, and times to the hundredth of a day with how many there were of each."""
    plain: dict[str, Any] = {"months": records.months, "severity": records.severity.tolist()}
    plain |= {name: getattr(records, name) for name in COUNTED}
    plain["times"] = {
        name: sorted(Counter(np.round(getattr(records, name), 2).tolist()).items()) for name in TIMES
    }
    return plain


def records_of(plain: Mapping[str, Any]) -> Records:
    """What `kept` kept."""
    times: dict[str, Any] = {
        name: np.repeat(*(np.array(part) for part in zip(*pairs, strict=True))) if pairs else np.empty(0)
        for name, pairs in plain["times"].items()
    }
    counts = {name: plain[name] for name in COUNTED}
    severity = np.array(plain["severity"], dtype=np.int64)
    return Records(months=plain["months"], severity=severity, **counts, **times)


def calibrated(
    said: Mapping[str, Any], records: Mapping[str, Any] | None, own: Sequence[str]
) -> tuple[Scenario, Calibrated | None]:
    """The scenario that follows from what people say and what was recorded: the same for the same input. Errors: those of
    `from_dict`, `calibrate`."""
    scenario = from_dict(said)
    if records is None:
        return scenario, None
    made = calibrate(
        scenario,
        records_of(records["figures"]),
        use_complaints=records["window"]["use_complaints"],
        author=records["by"],
        date=records["date"],
    )
    entries = said["parameters"]
    mine = {name: entries[name] for name in own if name in made.measured}
    return made.scenario.changed(mine), made


def observed_of(counts: Iterable[Mapping[str, Any]]) -> tuple[Observed, ...]:
    return tuple(Observed(**one) for one in counts)
