"""Installing a preset for a deciding unit, and a newer version of it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fairgate.gate import queries
from fairgate.gate.actions.editions import keep_edition
from fairgate.gate.models import Clause, Edition, Preset, RequestKind, Severity, Standard
from fairgate.gate.rules import Thing
from fairgate.gate.rules.facts import Expected, Facts
from fairgate.gate.rules.merging import merged
from fairgate.gate.rules.presets import (
    FaultyPreset,
    Name,
    PresetFault,
    PresetFile,
    kept_rows,
    read_preset,
    rows_to_keep,
)
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.organisation.models import Unit
from fairgate.shared.actor import Actor


@dataclass(frozen=True, slots=True)
class Line:
    """One thing an installation is about: what it is called, what it says or said (``old``), and the other side."""

    name: Name
    label: str
    old: Facts
    new: Facts


@dataclass(slots=True)
class Installed:
    """What an installation did. ``kept`` differs from the file because somebody edited it here (``old``: what stays,
    ``new``: what the file says); ``gone`` was in the file before and isn't now: it stays until somebody retires it."""

    preset: int
    title: str
    version: str
    new: list[Line] = field(default_factory=list)
    changed: list[Line] = field(default_factory=list)
    kept: list[Line] = field(default_factory=list)
    gone: list[Line] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        return not (self.new or self.changed)


@transaction.atomic
def install(*, by: Actor, unit: int, code: str, content: str = "", file: str = "") -> Installed:
    """Install the preset ``code`` for a unit, or what is new in it. Ours, or the one in ``content``, the text of a file
    named ``file``. What was edited here stays. Raises ``Unit.DoesNotExist``, PermissionDenied, KeyError for a preset that
    isn't one of ours, FaultyPreset."""
    to = Unit.objects.select_for_update(no_key=True).get(pk=unit)
    if not queries.may_keep_rules(by, unit):
        raise PermissionDenied
    coming = _coming(code, content, file)
    installing = _Installing(by, to, coming)
    done = installing.install()
    if installing.anything:
        ledger.append(
            by=by,
            action="gate.preset-installed",
            subject=Subject("preset", str(done.preset), f"{done.title}, {to.name}"[:200]),
            old={"changed": _told(done.changed, "old")} if done.changed else None,
            new={
                "code": coming.code,
                "version": coming.version,
                "sha256": hashlib.sha256((content or queries.preset_text(code)).encode()).hexdigest(),
                "new": [[line.name.thing.value, line.label] for line in done.new],
                "changed": _told(done.changed, "new"),
                "kept": [[line.name.thing.value, line.label] for line in done.kept],
            },
        )
    return done


def preview_install(*, by: Actor, unit: int, code: str, content: str = "", file: str = "") -> Installed:
    """What `install` would do, by doing it and undoing it."""
    with transaction.atomic():
        done = install(by=by, unit=unit, code=code, content=content, file=file)
        transaction.set_rollback(True)
    return done


def _coming(code: str, content: str, file: str) -> PresetFile:
    if not content:
        return queries.bundled(code)
    coming = read_preset(content.removeprefix("\ufeff"), file or f"{code}.toml")
    if coming.code != code:
        fault = PresetFault(file or f"{code}.toml", "", "code", coming.code, Expected.ITS_OWN_CODE, code)
        raise FaultyPreset([fault])
    return coming


class _Installing:
    """One installation: what is there, what comes, and what becomes of it."""

    def __init__(self, by: Actor, unit: Unit, coming: PresetFile) -> None:
        self.by, self.unit, self.coming = by, unit, coming
        self.preset = Preset.objects.filter(unit=unit, code=coming.code).first()
        self.base = _base(self.preset)
        self.there = _there(self.preset) if self.preset else {}
        self.is_new_file = (
            self.preset is None or self.base != coming.facts() or self.preset.version != coming.version
        )
        self.anything = self.is_new_file
        self.reason = "preset-file" if self.preset is None else "new-file"

    def install(self) -> Installed:
        done = Installed(0, self.coming.title, self.coming.version)
        if self.is_new_file:
            for row in self.coming.rows:
                self._place(row.name, row.facts, done)
        else:
            self._compare(done)
        known = self.coming.facts()
        done.gone = [_line(name, facts, {}) for name, facts in self.base.items() if name not in known]
        done.preset = self.there[Name(Thing.PRESET, self.coming.code)].pk
        return done

    def _compare(self, done: Installed) -> None:
        """The file was installed before: nothing to do but to say what was edited since."""
        for row in self.coming.rows:
            mine = queries.facts_of(row.name.thing, self.there[row.name])
            if mine != row.facts:
                done.kept.append(_line(row.name, mine, row.facts))

    def _place(self, name: Name, theirs: Facts, done: Installed) -> None:
        record = self.there.get(name)
        if record is None:
            self._add(name, theirs)
            done.new.append(_line(name, {}, theirs))
            return
        mine = queries.facts_of(name.thing, record)
        becomes = merged(name.thing, self.base.get(name), mine, theirs)
        if becomes != mine:
            done.changed.append(_line(name, mine, becomes))
        if becomes != theirs:
            done.kept.append(_line(name, becomes, theirs))
        if becomes != mine or name.thing is Thing.PRESET:
            for key, value in becomes.items():
                setattr(record, key, value)
            self._save(name, record)

    def _add(self, name: Name, facts: Facts) -> None:
        record = self._made(name, facts)
        self.there[name] = record
        if name.thing is Thing.PRESET:
            self.preset = record
        self._save(name, record, is_new=True)

    def _made(self, name: Name, facts: Mapping[str, Any]) -> Any:
        if name.thing is Thing.PRESET:
            return Preset(unit=self.unit, code=name.code, **facts)
        if name.thing is Thing.CLAUSE:
            standard = self.there[Name(Thing.STANDARD, name.within)]
            return Clause(standard=standard, number=name.code, **facts)
        if name.thing is Thing.SEVERITY:
            return Severity(preset=self.preset, level=name.code, **facts)
        model = RequestKind if name.thing is Thing.KIND else Standard
        return model(preset=self.preset, code=name.code, **facts)

    def _save(self, name: Name, record: Any, is_new: bool = False) -> None:
        """A preset's edition also keeps the whole file: the next one is compared with it."""
        more: dict[str, Any] = {}
        if name.thing is Thing.PRESET:
            record.version = self.coming.version
            more = {"version": self.coming.version, "file": rows_to_keep(self.coming)}
        record.edition = 1 if is_new else record.edition + 1
        record.save()
        keep_edition(self.by, name.thing, record, self.reason, more)


def _base(preset: Preset | None) -> dict[Name, Facts]:
    """What the file installed last said."""
    if preset is None:
        return {}
    editions = Edition.objects.filter(thing=Thing.PRESET, thing_id=preset.pk, facts__has_key="file")
    last = editions.order_by("-number").first()
    return kept_rows(last.facts["file"]) if last else {}


def _there(preset: Preset) -> dict[Name, Any]:
    """Everything a preset consists of now, by name."""
    found: dict[Name, Any] = {Name(Thing.PRESET, preset.code): preset}
    found |= {Name(Thing.KIND, kind.code): kind for kind in preset.kinds.all()}
    found |= {Name(Thing.STANDARD, standard.code): standard for standard in preset.standards.all()}
    found |= {Name(Thing.SEVERITY, severity.level): severity for severity in preset.severities.all()}
    for clause in Clause.objects.filter(standard__preset=preset).select_related("standard"):
        found[Name(Thing.CLAUSE, clause.number, clause.standard.code)] = clause
    return found


def _line(name: Name, old: Facts, new: Facts) -> Line:
    facts = new or old
    label = str(facts.get("title") or facts.get("name"))
    return Line(name, f"{name.code} {label}" if name.thing is Thing.CLAUSE else label, old, new)


def _told(lines: list[Line], side: str) -> list[list[object]]:
    return [[line.name.thing.value, line.label, dict(getattr(line, side))] for line in lines]
