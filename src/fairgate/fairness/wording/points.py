"""Points and shares as they are shown. Whole: anything finer would pretend."""

from collections.abc import Sequence

from fairgate.shared.translations import Translations

EDGE = 10  # shares below it, or above 100 less it, are shown as at the edge

LONGEST = 22  # characters of a name in the picture; the table has the whole


def between(interval: Sequence[float] | None, say: Translations) -> str:
    if interval is None:
        return "–"
    return say.gettext("{low} to {high}").format(low=points(interval[0]), high=points(interval[1]))


def points(value: float | None) -> str:
    """Whole points; a dash where there are none."""
    return "–" if value is None else f"{value:.0f}"


def signed(value: float | None) -> str:
    return "–" if value is None else f"{round(value):+d}".replace("+0", "0")


def shown(share: float | None) -> float | None:
    """Where a share may stand in a picture: in whole points, none beyond the edges."""
    return None if share is None else float(min(max(round(share), EDGE), 100 - EDGE))


def shortened(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"


def at_edges(share: float | None) -> str:
    """A share of answers in 100: near nobody and near everybody it would say what single people said."""
    if share is None:
        return "–"
    if round(share) <= EDGE:
        return f"≤{EDGE}"
    return f"≥{100 - EDGE}" if round(share) >= 100 - EDGE else f"{share:.0f}"


def number(value: int) -> str:
    return f"{value:,}"
