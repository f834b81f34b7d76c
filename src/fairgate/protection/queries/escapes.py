"""What the gate let out: per thousand passed, as counted and corrected for what hasn't had time to fail."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, timedelta

from django.db.models import Sum

from fairgate.engines.monitoring import (
    Delays,
    Expected,
    Rate,
    corrected_rate,
    fit_delays,
    plain_rate,
    still_to_show,
)
from fairgate.gate.models import RequestKind, Tally
from fairgate.gate.rules import APPROVING
from fairgate.protection.queries.complaints import links
from fairgate.protection.queries.standing import stands
from fairgate.protection.rules import Level
from fairgate.shared import clock


@dataclass(frozen=True, slots=True)
class Escaped:
    """One request whose approval let something out: when it was decided, when that was first heard of, and how grave it is
    at worst."""

    request: int
    kind: int
    decided: date
    received: date
    severity: Level
    complaints: int

    @property
    def delay(self) -> int:
        """Days until it was heard of."""
        return max(0, (self.received - self.decided).days)


@dataclass(frozen=True, slots=True)
class Line:
    """A part of the escapes: of one severity, or of one kind of request, named by ``code``."""

    code: str
    escapes: int
    passed: int
    plain: Rate | None
    corrected: Rate | None


@dataclass(frozen=True, slots=True)
class EscapeFigures:
    """``delays`` is None while too few are known to say how long it takes; then nothing is corrected."""

    passed: int
    escapes: int
    plain: Rate | None
    corrected: Rate | None
    delays: Delays | None
    by_severity: tuple[Line, ...]
    by_kind: tuple[Line, ...]

    @property
    def still_to_come(self) -> Expected:
        """How many more of those passed so far are to be expected within the horizon, if the rate holds."""
        if self.corrected is None:
            return Expected(0.0, 0.0, 0.0)
        return still_to_show(self.corrected, self.passed)


def escape_figures(unit: int | None = None, today: date | None = None) -> EscapeFigures:
    """Of one deciding unit or of all. Reads running counts and the links, however many decisions there are."""
    day = today or clock.now().date()
    found = [one for one in escaped(unit) if one.decided <= one.received <= day]
    passed = _passed(unit)
    delays = fit_delays([one.delay for one in found], [(day - one.decided).days for one in found])
    total = _Months.of(passed, day)
    named = dict(RequestKind.objects.filter(pk__in={kind for kind, _ in passed}).values_list("pk", "name"))
    by_kind = (
        _line(name, [one for one in found if one.kind == kind], total.of_kind(passed, kind, day), delays)
        for kind, name in sorted(named.items(), key=lambda item: item[1])
    )
    by_severity = (
        _line(level, [one for one in found if one.severity is level], total, delays)
        for level in reversed(Level)
    )
    whole = _line("", found, total, delays)
    return EscapeFigures(
        whole.passed, whole.escapes, whole.plain, whole.corrected, delays, tuple(by_severity), tuple(by_kind)
    )


def escaped(unit: int | None = None) -> list[Escaped]:
    """Every approval that stands and that a standing link names. One that a file corrected in details is the same approval."""
    rows = links().filter(stands("decision"), decision__outcome__in=sorted(APPROVING))
    if unit is not None:
        rows = rows.filter(decision__request__deciding_unit=unit)
    by_request: dict[int, dict[int, Escaped]] = {}
    columns = (
        "decision__request_id", "complaint_id", "decision__request__kind_id", "decision__request__decided_at",
        "complaint__received", "complaint__severity",
    )  # fmt: skip
    for request, complaint, kind, decided, received, severity in rows.values_list(*columns):
        one = Escaped(request, kind, decided.astimezone(UTC).date(), received, Level(severity), 1)
        by_request.setdefault(request, {})[complaint] = one
    return [_together(each.values()) for each in by_request.values()]


def _together(several: Iterable[Escaped]) -> Escaped:
    """Several complaints about one approval are one escape, as old as the first and as grave as the worst."""
    them = list(several)
    first = min(them, key=lambda one: one.received)
    worst = max((one.severity for one in them), key=list(Level).index)
    return Escaped(first.request, first.kind, first.decided, first.received, worst, len(them))


def _passed(unit: int | None) -> dict[tuple[int, date], int]:
    """Approving decisions that stand, by kind and month."""
    tallies = Tally.objects.filter(outcome__in=sorted(APPROVING))
    if unit is not None:
        tallies = tallies.filter(deciding_unit=unit)
    rows = tallies.order_by().values_list("kind_id", "month").annotate(n=Sum("decisions"))
    return {(kind, month): n for kind, month, n in rows if n}


@dataclass(frozen=True, slots=True)
class _Months:
    """What was passed, and between how many days ago: the engine's columns. A month's youngest were passed on the day before
    the next began; what was passed on its first day isn't a day older yet."""

    passed: tuple[int, ...]
    youngest: tuple[int, ...]
    oldest: tuple[int, ...]

    @classmethod
    def of(cls, passed: Mapping[tuple[int, date], int], day: date) -> "_Months":
        months: Counter[date] = Counter()
        for (_, month), n in passed.items():
            months[month] += n
        begun = sorted(month for month in months if month <= day)
        ends = [(month + timedelta(days=32)).replace(day=1) for month in begun]
        return cls(
            tuple(months[month] for month in begun),
            tuple(max(0, (day - end).days + 1) for end in ends),
            tuple((day - month).days + 1 for month in begun),
        )

    def of_kind(self, passed: Mapping[tuple[int, date], int], kind: int, day: date) -> "_Months":
        return _Months.of({key: n for key, n in passed.items() if key[0] == kind}, day)


def _line(code: str, found: list[Escaped], months: _Months, delays: Delays | None) -> Line:
    passed = sum(months.passed)
    corrected = None
    if delays is not None and passed:
        within = sum(one.delay <= delays.horizon for one in found)
        corrected = corrected_rate(within, months.passed, months.youngest, months.oldest, delays)
    return Line(code, len(found), passed, plain_rate(len(found), passed), corrected)
