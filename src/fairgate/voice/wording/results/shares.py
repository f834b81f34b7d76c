"""Shares of those who could judge, as exactly as they may be told."""

from math import ceil, floor

from fairgate.shared.translations import Translations
from fairgate.voice.rules import ShownPart, ShownRow


def good(row: ShownRow) -> tuple[float, float]:
    """At least and at most which share agree: the steps 4 and 5."""
    raters, parts = row.raters or 1, row.parts or ()
    low = sum(part.low for part in parts if part.steps[0] >= 4)
    high = sum(part.high for part in parts if part.steps[-1] >= 4)
    others = sum(part.low for part in parts if part.steps[-1] < 4)
    return low / raters, min(high, raters - others) / raters


def in_100(low: float, high: float, say: Translations) -> str:
    if round(100 * low) == round(100 * high):
        return say.gettext("{n} in 100").format(n=round(100 * low))
    return say.gettext("{low} to {high} in 100").format(low=floor(100 * low), high=ceil(100 * high))


def share(part: ShownPart, raters: int) -> str:
    """A part as a share of those who could judge: exact, or as it is coded."""
    low, high = 100 * part.low / raters, 100 * part.high / raters
    if part.low == part.high:
        return f"{low:.0f}%"
    if part.coding == "at-most" or not part.low:
        return f"≤{ceil(high)}%"
    if part.coding == "at-least":
        return f"≥{floor(low)}%"
    return f"{floor(low)}–{ceil(high)}%"
