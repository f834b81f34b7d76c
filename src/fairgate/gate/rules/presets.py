"""A preset as its file says it. See docs/reference/presets.md for the format."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from fairgate.gate.rules.codes import Level, Thing
from fairgate.gate.rules.facts import CODE, FIELDS, Expected, FactFault, Facts, facts_faults, shown, text

LARGEST = 1_000_000
"""Characters of a preset's file. Ours have about forty thousand."""
_TOP = ("code", "title", "version", "vocabulary", "kinds", "standards", "severities")
_VERSION_LENGTH, _CODE_LENGTHS, _NUMBER_LENGTH = 20, {Thing.PRESET: 50}, 50


class PresetFault(NamedTuple):
    """What is wrong in which file, table and key (``kinds 2 (batch-disposition)``, ``promise_days``)."""

    file: str
    table: str
    key: str
    found: str
    expected: Expected
    detail: str = ""


class FaultyPreset(Exception):
    """Nothing was saved: ``faults`` says everything that is wrong."""

    def __init__(self, faults: Sequence[PresetFault]) -> None:
        super().__init__("; ".join(f"{it.file} {it.table} {it.key}: {it.expected}" for it in faults[:5]))
        self.faults = tuple(faults)


class Name(NamedTuple):
    """Which thing of a preset: its code, for a clause within its standard's."""

    thing: Thing
    code: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing and what the file says about it."""

    name: Name
    facts: Facts


@dataclass(frozen=True, slots=True)
class PresetFile:
    """A whole file, checked. The preset itself is the first row; a standard comes before its clauses."""

    code: str
    version: str
    rows: tuple[Row, ...]

    @property
    def title(self) -> str:
        return str(self.rows[0].facts["title"])

    @property
    def counts(self) -> dict[str, int]:
        """How many kinds, standards, clauses and so on there are."""
        return {thing.name.lower(): sum(row.name.thing is thing for row in self.rows) for thing in Thing}

    def facts(self) -> dict[Name, Facts]:
        return {row.name: row.facts for row in self.rows}


def read_preset(content: str, file: str) -> PresetFile:
    """The preset in the text of a TOML file named ``file``. Raises `FaultyPreset` with every fault there is."""
    found = _toml(content, file)
    reading = _Reading(file)
    rows = tuple(reading.rows(found))
    if reading.faults:
        raise FaultyPreset(reading.faults)
    return PresetFile(found["code"], found["version"], rows)


def kept_rows(rows: Sequence[Sequence[Any]]) -> dict[Name, Facts]:
    """Rows as an edition keeps them, back again; see `rows_to_keep`."""
    return {Name(Thing(thing), code, within): facts for thing, code, within, facts in rows}


def rows_to_keep(preset: PresetFile) -> list[list[Any]]:
    return [[row.name.thing.value, row.name.code, row.name.within, dict(row.facts)] for row in preset.rows]


def _toml(content: str, file: str) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise FaultyPreset([PresetFault(file, "", "", f"{len(content)}", Expected.SHORTER, str(LARGEST))])
    try:
        return tomllib.loads(content)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FaultyPreset([PresetFault(file, "", "", shown(str(error)), Expected.TOML)]) from error


class _Reading:
    """Goes through one file from top to bottom and collects what is wrong."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[PresetFault] = []
        self._seen: set[Name] = set()

    def rows(self, found: dict[str, Any]) -> Iterator[Row]:
        self._only(found, _TOP, "")
        self._text(found, "version", _VERSION_LENGTH)
        code = self._code(Thing.PRESET, found, "code", "")
        title = {"title": found.get("title"), "vocabulary": self._vocabulary(found)}
        yield self._row(Name(Thing.PRESET, code), title, "")
        yield from self._severities(found.get("severities", {}))
        for at, kind in self._tables(found, "kinds", ""):
            yield self._named(Thing.KIND, "code", kind, f"kinds {at}", defaults={"warn_days": 1})
        for at, standard in self._tables(found, "standards", ""):
            yield from self._standard(at, standard)

    def _standard(self, at: int, standard: dict[str, Any]) -> Iterator[Row]:
        place = f"standards {at}"
        clauses = list(self._tables(standard, "clauses", place))
        rest = {key: value for key, value in standard.items() if key != "clauses"}
        row = self._named(Thing.STANDARD, "code", rest, place)
        yield row
        for nth, clause in clauses:
            within = f"{place} ({row.name.code}), clauses {nth}"
            yield self._named(Thing.CLAUSE, "number", clause, within, standard=row.name.code)

    def _severities(self, found: object) -> Iterator[Row]:
        if not isinstance(found, dict):
            self._fault("", "severities", found, Expected.TABLE)
            return
        self._only(found, tuple(Level), "severities")
        for level in Level:
            said = found.get(level.value)
            if isinstance(said, dict):
                yield self._row(Name(Thing.SEVERITY, level.value), said, f"severities.{level}")
            else:
                self._fault("severities", level.value, said, Expected.TABLE)

    def _vocabulary(self, found: dict[str, Any]) -> object:
        """Words of single kinds stand in tables of their own; they are kept as ``kind.word``."""
        said = found.get("vocabulary", {})
        if not isinstance(said, dict):
            return said
        flat: dict[str, object] = {}
        codes = {kind.get("code") for kind in _dicts(found.get("kinds"))}
        for key, value in said.items():
            if isinstance(value, dict):
                if key not in codes:
                    self._fault("vocabulary", key, key, Expected.KNOWN_KEY, ", ".join(map(str, codes)))
                flat |= {f"{key}.{word}": own for word, own in value.items()}
            else:
                flat[key] = value
        return flat

    def _named(
        self,
        thing: Thing,
        key: str,
        table: dict[str, Any],
        place: str,
        defaults: Mapping[str, object] | None = None,
        standard: str = "",
    ) -> Row:
        name = Name(thing, self._code(thing, table, key, place), standard)
        here = f"{place} ({name.code})" if name.code else place
        if name.code and name in self._seen:
            self._fault(here, key, name.code, Expected.ONCE)
        self._seen.add(name)
        facts = {**(defaults or {}), **{other: value for other, value in table.items() if other != key}}
        return self._row(name, facts, here)

    def _row(self, name: Name, facts: dict[str, Any], place: str) -> Row:
        """With all fields there, so that what a file leaves out is known to be left out."""
        whole = {**{field: _left_out(field) for field in FIELDS[name.thing]}, **facts}
        self._add(place, facts_faults(name.thing, whole))
        return Row(name, whole)

    def _code(self, thing: Thing, table: dict[str, Any], key: str, place: str) -> str:
        found = table.get(key)
        fits = isinstance(found, str) and len(found) <= _CODE_LENGTHS.get(thing, 80)
        if thing is Thing.CLAUSE:  # a number as the standard writes it, such as 5(1)(c)
            fits = text(_NUMBER_LENGTH)(found) is None and str(found).strip() == found
        elif fits:
            fits = CODE.fullmatch(str(found)) is not None
        if not fits:
            self._fault(place, key, found, Expected.TEXT if thing is Thing.CLAUSE else Expected.CODE)
        return found if isinstance(found, str) else ""

    def _text(self, table: dict[str, Any], key: str, most: int) -> None:
        if wrong := text(most)(table.get(key)):
            self._fault("", key, table.get(key), *wrong)

    def _tables(self, within: dict[str, Any], key: str, place: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """The tables of an array, counted from 1; at least one is expected."""
        found = within.get(key)
        if not isinstance(found, list) or not found or len(_dicts(found)) != len(found):
            self._fault(place, key, found, Expected.TABLES)
            return
        yield from enumerate(_dicts(found), start=1)

    def _only(self, table: dict[str, Any], known: Sequence[str], place: str) -> None:
        for key in table:
            if key not in known:
                self._fault(place, key, table[key], Expected.KNOWN_KEY, ", ".join(known))

    def _fault(self, place: str, key: str, found: object, expected: Expected, detail: str = "") -> None:
        self._add(place, [FactFault(key, shown(found), expected, detail)])

    def _add(self, place: str, faults: Sequence[FactFault]) -> None:
        self.faults += [PresetFault(self.file, place, *fault) for fault in faults]


def _dicts(found: object) -> list[dict[str, Any]]:
    return [it for it in found if isinstance(it, dict)] if isinstance(found, list) else []


def _left_out(field: str) -> object:
    return {"examples": [], "description": "", "summary": ""}.get(field)
