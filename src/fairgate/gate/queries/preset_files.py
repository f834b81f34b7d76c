"""The presets that come with the program."""

from functools import cache
from importlib.resources import files

from fairgate.gate.rules.presets import PresetFile, read_preset

_FOLDER = files("fairgate.gate") / "presets"
BUNDLED = ("quality", "compliance", "legal", "audit")
"""Their codes, in the order they are offered."""


def preset_text(code: str) -> str:
    """The file of one of ours. Raises KeyError for another code."""
    if code not in BUNDLED:
        raise KeyError(code)
    return (_FOLDER / f"{code}.toml").read_text(encoding="utf-8")


@cache
def bundled(code: str) -> PresetFile:
    """One of ours, checked. Raises KeyError for another code."""
    return read_preset(preset_text(code), f"{code}.toml")


def all_bundled() -> list[PresetFile]:
    return [bundled(code) for code in BUNDLED]
