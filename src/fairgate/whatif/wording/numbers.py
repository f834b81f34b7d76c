"""Numbers as people read them."""


def small(number: float) -> str:
    """Two figures that count; whole from ten on."""
    if number == 0:
        return "0"
    if number < 0:
        return "\u2212" + small(-number)
    if abs(number) >= 10:
        return f"{number:,.0f}"
    return f"{number:.2g}" if abs(number) < 1 else f"{number:.1f}".removesuffix(".0")


def signed(number: float) -> str:
    return ("+" if number > 0 else "\u2212" if number < 0 else "") + small(abs(number))


def maybe(number: float | None) -> str:
    return "–" if number is None else small(number)


def plain(number: float) -> str:
    """Three figures that count; whole from a hundred on."""
    return f"{number:.3g}" if abs(number) < 1000 else f"{number:,.0f}"
