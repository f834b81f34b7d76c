"""A scenario for `whatif`, kept as a TOML file by people.

::

    version = 1
    title = "Our plant"
    policies = ["today", "less:share=0.5", "nobody"]

    [plant]
    lots_per_month = 42
    reviewers = { value = 4, kind = "assumed", source = "staff list", author = "A. Smith", date = "2026-11-02" }

    [quality]
    flawed = { value = 0.05, low = 0.035, high = 0.07, kind = "assumed", author = "A. Smith" }

    [[observed]]
    what = "complaints"
    count = 4
    years = 2
    used = false

Only its form is checked here; which parameters there are, and their ranges, the engine knows. ``lines`` tells where each
one stands, so that its refusals can be told with their line.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from fairgate.readers.columns import suggestion
from fairgate.readers.problems import Problems, listed, quoted, refuse

MOST_BYTES = 1_000_000
TOP = ("version", "title", "policies", "observed")
ENTRY = ("value", "low", "high", "unit", "kind", "source", "author", "date")
OBSERVED = ("what", "count", "years", "used", "source")
NUMBERS = ("value", "low", "high")


@dataclass(frozen=True, slots=True)
class ScenarioSheet:
    """``entries``: by dotted name ("plant.reviewers") the keys that were given, dates as text. ``version`` is None where the
    file has none. ``policies`` is empty where the file names none."""

    file: str
    version: object
    title: str
    policies: tuple[str, ...]
    entries: Mapping[str, Mapping[str, Any]]
    observed: tuple[Mapping[str, Any], ...]
    lines: Mapping[str, int] = field(default_factory=dict)


def read_scenario(path: Path) -> ScenarioSheet:
    """Errors: ReadError, naming file and line, for what isn't TOML or has another form."""
    text = _text(path)
    try:
        held = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        refuse(path, f"text that isn't TOML ({error})", "a scenario as --write-scenario writes it")
    problems = Problems(path.name, place="line")
    lines = _lines(text)
    entries = {}
    for key, value in held.items():
        if isinstance(value, dict):
            for name, entry in value.items():
                dotted = f"{key}.{name}"
                entries[dotted] = _entry(dotted, entry, lines.get(dotted), problems)
        elif key not in TOP:
            expected = f"one of {listed(TOP)}, or a section such as [plant]"
            problems.add(lines.get(key), "", f"the key {quoted(key)}", expected, suggestion(key, TOP))
    policies = _texts(held.get("policies", []), lines.get("policies"), problems)
    observed = _observed(held.get("observed", []), problems)
    problems.raise_if_any()
    title = str(held.get("title", path.stem))
    return ScenarioSheet(path.name, held.get("version"), title, policies, entries, observed, lines)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        refuse(path, f"a scenario that can't be opened ({error.strerror})", "a TOML file")
    if len(content) > MOST_BYTES:
        refuse(path, f"more than {MOST_BYTES:,} bytes", "a scenario as --write-scenario writes it")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        refuse(path, f"a sign that isn't UTF-8 (at byte {error.start:,})", "text saved as UTF-8")


def _entry(name: str, found: object, line: int | None, problems: Problems) -> dict[str, Any]:
    """A number alone, or a table with some of the keys of an entry."""
    if isinstance(found, (int, float)) and not isinstance(found, bool):
        return {"value": found}
    if not isinstance(found, dict):
        problems.add(line, "", f"{name} = {found!r:.60}", "a number, or { value = …, source = … }")
        return {}
    made: dict[str, Any] = {}
    for key, value in found.items():
        if key not in ENTRY:
            problems.add(
                line, "", f"{name}: the key {quoted(key)}", f"one of {listed(ENTRY)}", suggestion(key, ENTRY)
            )
        elif key in NUMBERS and (isinstance(value, bool) or not isinstance(value, (int, float))):
            problems.add(line, "", f"{name}: {key} = {value!r:.60}", "a number")
        elif key not in NUMBERS and not isinstance(value, (str, date, datetime)):
            problems.add(line, "", f"{name}: {key} = {value!r:.60}", "text in quotation marks")
        else:
            made[key] = value if key in NUMBERS else str(value)
    if "value" not in found:
        problems.add(line, "", f"{name} without value", "{ value = … }")
    return made


def _texts(found: object, line: int | None, problems: Problems) -> tuple[str, ...]:
    if isinstance(found, list) and all(isinstance(one, str) for one in found):
        return tuple(found)
    problems.add(line, "", f"policies = {found!r:.60}", 'a list such as ["today", "nobody"]')
    return ()


def _observed(found: object, problems: Problems) -> tuple[dict[str, Any], ...]:
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        problems.add(None, "", f"observed = {found!r:.60}", "sections headed [[observed]]")
        return ()
    for place, one in enumerate(found, 1):
        _one_observed(place, one, problems)
    return tuple(found)


def _one_observed(place: int, one: dict[str, Any], problems: Problems) -> None:
    where = f"observed {place}"
    for key in one.keys() - set(OBSERVED):
        problems.add(
            None,
            "",
            f"{where}: the key {quoted(key)}",
            f"one of {listed(OBSERVED)}",
            suggestion(key, OBSERVED),
        )
    types: tuple[tuple[str, type | tuple[type, ...], str], ...] = (
        ("what", str, "text in quotation marks"), ("count", int, "a whole number"), ("years", (int, float), "a number"),
    )  # fmt: skip
    for key, kind, expected in types:
        if key not in one:
            problems.add(None, "", f"{where} without {key}", expected)
        elif not isinstance(one[key], kind) or isinstance(one[key], bool):
            problems.add(None, "", f"{where}: {key} = {one[key]!r:.60}", expected)
    if not isinstance(one.get("source", ""), str):
        problems.add(None, "", f"{where}: source = {one['source']!r:.60}", "text in quotation marks")
    if not isinstance(one.get("used", False), bool):
        problems.add(None, "", f"{where}: used = {one['used']!r:.60}", "true or false")


def _lines(text: str) -> dict[str, int]:
    """Where keys stand, well enough for a message: plain keys under plain sections."""
    found: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if heading := re.match(r"\s*\[([A-Za-z0-9_.-]+)\]", line):
            section = heading[1] + "."
        elif line.lstrip().startswith("[["):
            section = "?"
        elif (key := re.match(r"\s*([A-Za-z0-9_.-]+)\s*=", line)) and section != "?":
            found.setdefault(section + key[1], number)
    return found
