"""Between files and the engine: a scenario read, a scenario written with comments, an answer as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fairgate.engines.counterfactual import (
    COMPARED,
    PARAMETERS,
    SECTIONS,
    VERSION,
    Answer,
    BadParameter,
    CounterfactualError,
    Observed,
    OldScenario,
    Policy,
    Refused,
    Scenario,
    plain,
    policies,
    spoken,
    standard,
)
from fairgate.readers.problems import Problem, ReadError
from fairgate.readers.scenario import read_scenario

# Of the invented plant: nobody counted them. Complaints, releases and recalls were not used to set any parameter.
EXAMPLE = "invented with the plant of the examples; nobody counted it"
COUNTED: tuple[Observed, ...] = (
    Observed("stopped", 58, 2, used=True, source=EXAMPLE),
    Observed("complaints", 4, 2, source=EXAMPLE),
    Observed("released", 989, 2, source=EXAMPLE),
    Observed("recalls", 0, 2, source=EXAMPLE),
)


@dataclass(frozen=True)
class Asked:
    scenario: Scenario
    policies: tuple[Policy, ...]
    observed: tuple[Observed, ...]


def asked(path: Path | None, given: Sequence[str], settings: Sequence[str]) -> Asked:
    """The file's scenario (or the plant of the examples) with what was set put over it. Errors: ReadError,
    CounterfactualError."""
    if path is None:
        scenario, observed, named = standard(), COUNTED, COMPARED
    else:
        sheet = read_scenario(path)
        try:
            if not isinstance(sheet.version, int | None) or isinstance(sheet.version, bool):
                expected = f"a number without quotation marks: version = {VERSION}"
                raise BadParameter("version", json.dumps(sheet.version, default=str), expected)
            if sheet.version != VERSION:
                raise OldScenario("none" if sheet.version is None else sheet.version, VERSION)
            scenario = standard(sheet.title).changed(spoken(sheet.entries))
            observed = tuple(Observed(**one) for one in sheet.observed)
            named = policies(sheet.policies)
        except CounterfactualError as error:
            raise _told_with_line(error, sheet.file, sheet.lines) from error
    scenario = scenario.changed({name: {"value": value} for name, value in map(_setting, settings)})
    return Asked(scenario, policies(given) or named or COMPARED, observed)


def span(text: str) -> tuple[str, tuple[float, float] | None]:
    """NAME or NAME=LOW:HIGH."""
    name, equals, rest = text.partition("=")
    if not equals:
        return name.strip(), None
    low, _, high = rest.partition(":")
    try:
        return name.strip(), (float(low), float(high))
    except ValueError:
        raise BadParameter(name, rest, "a span such as 0.001:0.1") from None


def as_json(found: Answer | Refused) -> dict[str, Any]:
    """``refused`` is there either way."""
    told = plain(found)
    if isinstance(found, Refused):
        return told
    names = [curve.against for curve in found.threshold.curves]
    told["threshold"]["per_thousand"] = {name: found.threshold.per_thousand(name) for name in names}
    return told


def write(what: Asked, target: Path, *, over: bool = False) -> None:
    """Not over a file that is there, unless ``over``. Errors: ReadError where the file can't be written."""
    try:
        with target.open("w" if over else "x", encoding="utf-8") as file:
            file.write("\n".join(_document(what)) + "\n")
    except FileExistsError as error:
        found = "a file that is there already"
        raise ReadError(
            [Problem(target.name, None, "", found, "a new name, or --force to write over it")]
        ) from error
    except OSError as error:
        found = f"a place that can't be written to ({error.strerror})"
        raise ReadError([Problem(target.name, None, "", found, "a file")]) from error


def _document(what: Asked) -> Iterator[str]:
    yield from _comment(
        "A scenario for `fairgate whatif`. Every number has a unit, a kind (published or assumed; only a calibration of "
        "records says measured or estimated) and a source; author and date say who assumed it and when. low and high are "
        "the 5% and 95% points of what you hold possible; leave them out where a number is known: it then counts as certain, "
        "but is tried at half and at double. What you delete takes its default."
    )
    yield f"version = {VERSION}"
    yield f"title = {_quoted(what.scenario.title)}"
    yield f"policies = [{', '.join(_quoted(one.name) for one in what.policies)}]"
    for section in SECTIONS:
        yield f"\n[{section}]"
        for parameter in PARAMETERS:
            if parameter.section == section:
                yield from _comment(f"{parameter.says} {parameter.range[0].upper()}{parameter.range[1:]}.")
                yield f"{parameter.name.partition('.')[2]} = {_entry(what.scenario, parameter.name, parameter.unit)}"
    yield ""
    yield from _comment(
        "What was counted, and where (source). Counts that were not used to set a parameter check the scenario: it is refused "
        "if it doesn't reproduce them. what: complaints, stopped, released, scrapped, recalls or letters."
    )
    for one in what.observed:
        used = "true" if one.used else "false"
        source = f"\nsource = {_quoted(one.source)}" if one.source else ""
        yield f"[[observed]]\nwhat = {_quoted(one.what)}\ncount = {one.count}\nyears = {one.years:g}\nused = {used}{source}\n"


def _entry(scenario: Scenario, name: str, unit: str) -> str:
    belief = scenario.belief(name)
    parts = [f"value = {belief.value!r}"]
    if not belief.is_known:
        parts += [f"low = {belief.low!r}", f"high = {belief.high!r}"]
    texts = (
        ("unit", unit),
        ("kind", belief.kind),
        ("source", belief.source),
        ("author", belief.author),
        ("date", belief.date),
    )
    parts += [f"{key} = {_quoted(text)}" for key, text in texts if text or key == "author"]
    return "{ " + ", ".join(parts) + " }"


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text, 100)]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a TOML string


def _setting(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        return name.strip(), float(value)
    except ValueError:
        raise BadParameter(name, value or "nothing", "a number, as in quality.flawed=0.01") from None


def _told_with_line(error: CounterfactualError, file: str, lines: Mapping[str, int]) -> CounterfactualError:
    line = lines.get("policies" if error.parameter == "policy" else error.parameter)
    return CounterfactualError(
        f"{file}, line {line}: {error}" if line else f"{file}: {error}", error.parameter
    )
