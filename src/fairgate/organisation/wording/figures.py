"""Numbers as people read them."""

from collections.abc import Sequence

from fairgate.organisation.wording.translations import Translations


def percent(share: float) -> str:
    """A share of one as per cent; with a decimal below 10 and above 99, where rounding would hide which side of a tenth,
    or of everything, it is on."""
    value = 100 * share
    if 0 < abs(value) < 10 or 99 < value < 100:
        return f"{value:.1f}%"
    return f"{value:.0f}%"


def rate(share: float) -> str:
    """A rate, always with one decimal."""
    return f"{100 * share:.1f}%"


def listed(names: Sequence[str], say: Translations, most: int = 8) -> str:
    """“a”, “a and b”, “a, b and c”, “a, b and 3 more”."""
    names = list(names)
    if len(names) > most:
        rest = len(names) - most + 1
        more = say.ngettext("{rest} more", "{rest} more", rest).format(rest=rest)
        names = [*names[: most - 1], more]
    if len(names) < 2:
        return "".join(names)
    return say.gettext("{several} and {last}").format(several=", ".join(names[:-1]), last=names[-1])
