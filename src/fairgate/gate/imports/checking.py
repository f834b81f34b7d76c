"""Cells become rows in our words, or problems."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from fairgate.gate.imports.grouping import Groups, Told
from fairgate.gate.imports.moments import WRITTEN, Moment, moments
from fairgate.gate.imports.raw import Piece
from fairgate.gate.queries.known import Known, Ours
from fairgate.gate.rules import NAME_LENGTH, REASON_LENGTH, Outcome
from fairgate.gate.rules.faults import readable
from fairgate.gate.rules.pseudonyms import digest
from fairgate.gate.rules.rows import LEFT_OUT, PEOPLE, TIMES, WORDS, DecisionRow
from fairgate.readers.columns import suggestion
from fairgate.readers.flowing import Collects
from fairgate.readers.names import fault, tidy
from fairgate.readers.numbers import amount
from fairgate.readers.problems import listed, quoted
from fairgate.readers.table import Cell, as_text

TEXTS = {
    "item": NAME_LENGTH,
    "asked": REASON_LENGTH,
    "conditions": REASON_LENGTH,
    "note": REASON_LENGTH,
    "follows": NAME_LENGTH,
}
MOST_WORDS = 500  # different unknown words worth asking about
LARGEST = Decimal(10) ** 15
SOON = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a mapping wants cells read. ``always``: fields that say the same in every row."""

    source: str
    gate: int
    columns: Mapping[str, str]
    always: Mapping[str, Ours]
    zone: ZoneInfo
    date_format: str
    decimal: str
    now: datetime
    people_key: bytes
    keeps_names: bool


@dataclass(slots=True)
class Seen:
    """What was met on the way: unknown words with how often, rows left out, people by digest."""

    unknown: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in WORDS})
    left_out: int = 0
    undecided: int = 0
    by_submitter: int = 0
    people: dict[str, str] = field(default_factory=dict)
    zoned: dict[str, bool] = field(default_factory=dict)


class Checker:
    """Checks piece after piece; problems name row and column, and a row with a problem gives no row."""

    def __init__(self, manner: Manner, known: Known, problems: Collects) -> None:
        self.manner, self.known, self.problems = manner, known, problems
        self.seen = Seen()
        self.groups, self.words = Groups(), Groups()
        """What is wrong in many rows the same way, and words nobody here knows."""
        self.present: list[tuple[int, str]] = []
        """Row and key of every row of the piece that isn't left out."""
        self._digests: dict[str, str] = {}

    def rows(self, piece: Piece) -> Iterator[DecisionRow]:
        self.present = []
        texts = {
            name: [as_text(cell) for cell in cells]
            for name, cells in piece.cells.items()
            if name not in TIMES
        }
        times = {name: self._moments(name, piece.cells[name]) for name in TIMES if name in piece.cells}
        words = {name: [self._word(name, text) for text in texts[name]] for name in WORDS if name in texts}
        for at, number in enumerate(piece.rows):
            here = _Row(self, number, {name: column[at] for name, column in texts.items()})
            row = here.read(
                {name: column[at] for name, column in words.items()},
                {name: column[at] for name, column in times.items()},
            )
            if row is not None:
                yield row

    def _moments(self, name: str, cells: list[Cell]) -> list[Moment | str]:
        return moments(cells, self.manner.zone, self.manner.date_format)

    def _word(self, name: str, text: str) -> Ours | None:
        return self.known.ours(name, text) if text else ""

    def digest(self, name: str) -> str:
        """Of one person's name."""
        found = self._digests.get(name)
        if found is None:
            found = self._digests[name] = digest(self.manner.people_key, self.manner.source, name)
            self.seen.people[found] = name if self.manner.keeps_names else ""
        return found


class _Row:
    """One row on its way through the checks."""

    def __init__(self, checker: Checker, number: int, texts: Mapping[str, str]) -> None:
        self.checker, self.number, self.texts = checker, number, texts
        self.faulty = False

    def read(self, words: Mapping[str, Ours | None], times: Mapping[str, Moment | str]) -> DecisionRow | None:
        seen = self.checker.seen
        if any(ours == LEFT_OUT for ours in words.values()):
            seen.left_out += 1
            return None
        if words.get("outcome") == "" and not times.get("decided_at"):
            seen.undecided += 1
            return None
        self.checker.present.append((self.number, tidy(self.texts["key"])))
        ours = {
            **{name: self._known(name, found) for name, found in words.items()},
            **self.checker.manner.always,
        }
        self._check_meaning(ours)
        when = self._when(times)
        said = self._said()
        if self.faulty:
            return None
        row = DecisionRow(row=self.number, **_filled(ours), **when, **said)
        seen.by_submitter += bool(row.decider) and row.decider == row.submitter
        return row

    def fault(self, name: str, found: str, expected: str, hint: str = "") -> None:
        self.faulty = True
        column = self.checker.manner.columns.get(name, name)
        self.checker.problems.add(self.number, column, found, expected, hint)

    def fault_of_many(self, groups: Groups, name: str, what: str, told: Told) -> None:
        """What is likely wrong in many rows the same way: told once."""
        self.faulty = True
        groups.add(self.number, self.checker.manner.columns.get(name, name), what, told)

    def _known(self, name: str, ours: Ours | None) -> Ours | None:
        if ours == "" and name in ("kind", "unit", "outcome"):
            self.fault(name, _("nothing"), EXPECTED[name]())
        if ours is not None:
            return ours
        word = self.texts[name]
        count = self.checker.seen.unknown[name]
        if word in count or len(count) < MOST_WORDS:
            count[word] += 1
        self.fault_of_many(self.checker.words, name, word, lambda: self._of_unknown(name, word))
        return None

    def _of_unknown(self, name: str, word: str) -> tuple[str, str, str]:
        names = [str(one) for one in self.checker.known.names[name].values()]
        expected = _("%(what)s known here, such as %(names)s")
        told = expected % {"what": EXPECTED[name](), "names": listed(names, 6)}
        return quoted(word), told, suggestion(word, names)

    def _check_meaning(self, ours: Mapping[str, Ours | None]) -> None:
        kind, outcome, unit = ours.get("kind"), ours.get("outcome"), ours.get("unit")
        if unit == self.checker.manner.gate:
            self.fault_of_many(self.checker.groups, "unit", "gate", self._of_gate)
        allowed = self.checker.known.outcomes.get(kind) if isinstance(kind, int) else None
        if allowed is not None and outcome and outcome not in allowed:
            what = f"{kind} {outcome}"
            self.fault_of_many(self.checker.groups, "outcome", what, lambda: self._of_outcome(kind, allowed))

    def _of_gate(self) -> tuple[str, str, str]:
        return quoted(self.texts.get("unit", "")), _("another unit than the one that decides"), ""

    def _of_outcome(self, kind: object, allowed: frozenset[str]) -> tuple[str, str, str]:
        known = self.checker.known
        name = quoted(known.text("kind", kind))
        found = _("%(outcome)s for %(kind)s") % {
            "outcome": quoted(self.texts.get("outcome", "")),
            "kind": name,
        }
        told = listed([known.text("outcome", each) for each in Outcome if each in allowed])
        return found, _("an outcome that %(kind)s allows: %(told)s") % {"kind": name, "told": told}, ""

    def _when(self, times: Mapping[str, Moment | str]) -> dict[str, Any]:
        found = {name: self._time(name, moment) for name, moment in times.items()}
        submitted, decided, promised = (
            found.get(name) for name in ("submitted_at", "decided_at", "promised_by")
        )
        if submitted and decided:
            decided = self._in_order(submitted, decided)
        if promised and not promised.has_clock:
            promised = promised.end_of_day(self.checker.manner.zone)
        return {
            "submitted_at": submitted.at if submitted else None,
            "decided_at": decided.at if decided else None,
            "promised_by": promised.at if promised else None,
        }

    def _time(self, name: str, moment: Moment | str) -> Moment | None:
        if isinstance(moment, str):
            if moment or name != "promised_by":
                written = WRITTEN[self.checker.manner.date_format]
                self.fault(name, quoted(moment), _("a time such as %s 14:05") % written)
            return None
        usual = self.checker.seen.zoned.setdefault(name, moment.zoned)
        if usual != moment.zoned:
            found = _("a time with a zone") if moment.zoned else _("a time without a zone")
            self.fault(name, found, _("a zone in every row of this column, or in none"))
        return moment

    def _in_order(self, submitted: Moment, decided: Moment) -> Moment:
        """A day without a clock lies where the other time allows; else the decision comes after its request."""
        zone = self.checker.manner.zone
        if decided.at > self.checker.manner.now + SOON:
            self.fault("decided_at", quoted(decided.shown(zone)), _("a decision that was given already"))
        if decided.at >= submitted.at:
            return decided
        if not decided.has_clock and decided.day(zone) == submitted.day(zone):
            return submitted
        self.fault(
            "decided_at",
            _("%(decided)s, before its request of %(submitted)s")
            % {"decided": decided.shown(zone), "submitted": submitted.shown(zone)},
            _("a decision after its request"),
        )
        return decided

    def _said(self) -> dict[str, Any]:
        texts = {name: self._text(name, most) for name, most in TEXTS.items() if name in self.texts}
        people = {name: self._person(name) for name in PEOPLE if name in self.texts}
        value = {"value": self._value()} if "value" in self.texts else {}
        key = self._text("key", NAME_LENGTH)
        if not key:
            self.fault("key", _("nothing"), EXPECTED["key"]())
        if key and key == texts.get("follows"):
            self.fault("follows", quoted(key), _("another request than itself"))
        texts["asked"] = texts.get("asked") or texts.get("item") or key
        return {"key": key, **texts, **people, **value}

    def _text(self, name: str, most: int) -> str:
        text = tidy(self.texts[name])
        if len(text) > most:
            self.fault(name, _("a text of %s characters") % f"{len(text):,}", _("at most %s") % f"{most:,}")
        elif not text.isprintable():
            if (found := fault(text[:NAME_LENGTH])) is not None:
                self.fault(name, *found)
            elif not readable(text):
                self.fault(name, _("a sign that no spreadsheet can hold"), _("plain text"))
        return text

    def _person(self, name: str) -> str:
        """The digest; the name itself stands in no message."""
        text = tidy(self.texts[name])
        if len(text) > NAME_LENGTH:
            self.fault(name, _("a name of %s characters") % f"{len(text):,}", _("at most %s") % NAME_LENGTH)
        return self.checker.digest(text) if text else ""

    def _value(self) -> Decimal | None:
        text = self.texts["value"]
        if not text:
            return None
        number = amount(text, self.checker.manner.decimal)
        value = None if number is None else Decimal(str(number))
        if value is None or not 0 <= value < LARGEST:
            self.fault("value", quoted(text), _("a number of 0 or more"))
            return None
        return value.quantize(Decimal("0.001"))


def _filled(ours: Mapping[str, Ours | None]) -> dict[str, Any]:
    """Words as a row takes them: no process or team is None, no risk is empty."""
    filled: dict[str, Any] = {name: (found or None) for name, found in ours.items()}
    filled["outcome"] = Outcome(str(ours["outcome"]))
    return filled | {"risk": str(ours.get("risk") or "")}


EXPECTED = {
    "key": lambda: _("the source's own id of the request"),
    "kind": lambda: _("a request kind"),
    "unit": lambda: _("a unit"),
    "outcome": lambda: _("an outcome"),
    "process": lambda: _("a process"),
    "team": lambda: _("a team"),
    "risk": lambda: _("a risk"),
}
