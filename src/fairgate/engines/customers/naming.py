"""Finding a unit by the name a person typed."""

from collections.abc import Sequence
from difflib import get_close_matches

from fairgate.engines.customers.errors import UnknownUnit


def find(unit: str, names: Sequence[str]) -> str:
    """The name itself if it is one; else raises `UnknownUnit` with up to three that look alike."""
    if unit in names:
        return unit
    plain = {name.strip().casefold(): name for name in names}
    near = get_close_matches(unit.strip().casefold(), plain, n=3, cutoff=0.5)
    raise UnknownUnit(unit, [plain[name] for name in near])
