"""Numbers as people read them; below zero with one sign everywhere."""

from fairgate.engines.counterfactual import Figure

MINUS = "\u2212"


def small(number: float) -> str:
    """Two figures that count; whole from ten on."""
    if number < 0:
        told = small(-number)
        return told if told == "0" else MINUS + told
    if number == 0:
        return "0"
    if number >= 10:
        return f"{number:,.0f}"
    return f"{number:.2g}" if number < 1 else f"{number:.1f}".removesuffix(".0")


def signed(number: float) -> str:
    return f"+{small(number)}" if number > 0 else small(number)


def plain(number: float) -> str:
    """Three figures that count; whole from a hundred on."""
    told = f"{abs(number):.3g}" if abs(number) < 999.5 else f"{abs(number):,.0f}"
    return MINUS + told if number < 0 else told


def between(low: float, high: float, to: str) -> str:
    """“3 to 5”; one number where both read alike."""
    first, last = small(low), small(high)
    return first if first == last else f"{first} {to} {last}"


def cell(one: Figure | None, to: str) -> str:
    """The middle of what is held possible, and its band on the line below it."""
    if one is None:
        return "–"
    middle, band = small(one.middle), between(one.low, one.high, to)
    return middle if middle == band else f"{middle}\n{band}"


def share_cell(middle: float, low: float, high: float) -> str:
    """The same of shares, in hundredths."""
    told = f"{middle:.0%}"
    return told if told == f"{low:.0%}" == f"{high:.0%}" else f"{told}\n{100 * low:.0f}–{high:.0%}"
