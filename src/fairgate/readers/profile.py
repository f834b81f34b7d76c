"""A small TOML file that keeps how one kind of file is read, so that nobody types it twice.

Its keys are the command line's options::

    unit_from = "org:role"
    value_from = "(case)_Amount"
    reject = "REJECTED"
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from fairgate.readers.choices import NO_CHOICES, Choices
from fairgate.readers.columns import suggestion
from fairgate.readers.problems import Problems, listed, quoted, refuse

MOST_BYTES = 100_000
PATTERNS = ("approve", "reject", "return", "served")
COLUMNS = tuple(one.name for one in fields(Choices))
KEYS = (*COLUMNS, *PATTERNS)


@dataclass(frozen=True, slots=True)
class Profile:
    """`choices` are for the readers, `patterns` (approve, reject, return, served) for the counting."""

    choices: Choices = NO_CHOICES
    patterns: Mapping[str, str] = field(default_factory=dict)

    def with_options(self, **options: str | None) -> "Profile":
        """What was given explicitly wins; None and "" leave the profile's own. Keys as in `KEYS`."""
        given = {key: value for key, value in options.items() if value}
        columns = {key: value for key, value in given.items() if key in COLUMNS}
        patterns = {key: value for key, value in given.items() if key in PATTERNS}
        if unknown := given.keys() - {*columns, *patterns}:
            raise TypeError(f"no such option: {sorted(unknown)}")
        return Profile(replace(self.choices, **columns), {**self.patterns, **patterns})


def read_profile(path: Path) -> Profile:
    """Errors: ReadError for what isn't TOML, unknown keys (naming the nearest), values that aren't text."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        refuse(path, f"a profile that can't be opened ({error.strerror})", "a TOML file")
    if len(content) > MOST_BYTES:
        refuse(path, f"more than {MOST_BYTES:,} bytes", "a small TOML file")
    try:
        held = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        refuse(path, f"text that isn't TOML ({error})", 'lines such as unit_from = "org:role"')
    problems = Problems(path.name)
    for key, value in held.items():
        _check(key, value, problems)
    problems.raise_if_any()
    return Profile().with_options(**held)


def _check(key: str, value: object, problems: Problems) -> None:
    if key not in KEYS:
        problems.add(None, "", f"the key {quoted(key)}", f"one of {listed(KEYS, 40)}", suggestion(key, KEYS))
    elif not isinstance(value, str):
        problems.add(None, "", f"{key} = {value!r:.60}", "text in quotation marks")
    elif key in PATTERNS:
        try:
            re.compile(value)
        except (re.error, RecursionError, OverflowError) as error:
            problems.add(None, "", f"{key} = {quoted(value)}", f"a regular expression ({error})")
