"""Which levels a rating has, by the numbers people gave. The page proposes what the command line takes."""

import re
from collections.abc import Sequence

from fairgate.readers.numbers import amounts

FIVE = [1, 2, 3, 4, 5]
GOOD_OF_FIVE = 4
LONGEST_RUN = 11  # 0 to 10
_WHOLE = re.compile(r"(0|[1-9]\d?)((?:[.,]0+)?)")  # some programs write 4.0 where cells are empty


def numbers_in_order(names: Sequence[str]) -> tuple[str, ...] | None:
    """Names that are all numbers, by size; None where one isn't."""
    values, _ = amounts(list(names))
    if any(value is None for value in values):
        return None
    order = sorted(zip(values, names, strict=True), key=lambda pair: (pair[0] or 0.0, pair[1]))
    return tuple(name for _, name in order)


def likely_levels(names: Sequence[str]) -> tuple[str, ...] | None:
    """The levels behind these ratings, lowest first, with those in between that nobody gave; 1 to 5 where nobody gave more than 5
    and somebody gave 5. (Where the highest is 3, the scale may well end there.) None where a name isn't a number."""
    ordered = numbers_in_order(names)
    run = _whole(ordered or ())
    if ordered is None or run is None:
        return ordered
    numbers, ending = run
    first, last = (FIVE[0] if set(numbers) <= set(FIVE) and FIVE[-1] in numbers else numbers[0]), numbers[-1]
    if last - first >= LONGEST_RUN:
        return ordered
    return tuple(f"{number}{ending}" for number in range(first, last + 1))


def good_level(levels: Sequence[str]) -> str:
    """The lowest level that counts as good, where that is agreed: 4 of 1 to 5. "" elsewhere."""
    run = _whole(levels)
    return levels[FIVE.index(GOOD_OF_FIVE)] if run is not None and run[0] == FIVE else ""


def _whole(names: Sequence[str]) -> tuple[list[int], str] | None:
    """Whole numbers and how all of them end; None where they are none, or end differently."""
    found = [match for name in names if (match := _WHOLE.fullmatch(name))]
    endings = {match[2] for match in found}
    if len(found) < len(names) or len(endings) != 1:
        return None
    return [int(match[1]) for match in found], endings.pop()
