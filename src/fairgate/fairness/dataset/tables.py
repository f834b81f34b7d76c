"""Counted cells as the decisions the engine takes. No database here: the command line goes this way too."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np

from fairgate.engines.ordinal import Category, OrdinalError
from fairgate.engines.ordinal.fair import Decisions
from fairgate.fairness.dataset.levels import numbers_in_order
from fairgate.fairness.rules import CASES, Part, Said
from fairgate.readers.cells import Cells, count_cells, row_of
from fairgate.readers.choices import Choices
from fairgate.readers.problems import Problems, listed, quoted

SCORED = (Part.RATING, Part.OUTCOME, Part.TEAM, *CASES, Part.ITEM, Part.BALLOT)


class CantBeScored(ValueError):
    """The table can be read, but nothing can be worked out from it; says why."""


@dataclass(frozen=True, slots=True, eq=False)
class Rated:
    """``left_out`` rows name no team or no outcome. ``deciders`` by team are those of answered ballots, None where no column
    names them; of closed periods only whether they are enough is known: `FEWEST_DECIDERS`, or 0. ``inputs`` is a hash of the
    cells."""

    decisions: Decisions
    rows: int
    left_out: int
    deciders: dict[str, int] | None
    inputs: str


def rated(path: Path, said: Said, choices: Choices) -> Rated:
    """Read and count the table. Errors: `ReadError` with every problem found in it, `CantBeScored`."""
    wanted = {said.columns[part]: part.value for part in SCORED if part in said.columns}
    cells = count_cells(path, wanted, choices=choices)
    _refuse_unknown(path, said, cells, choices)
    team, outcome = (category(said.columns[part], cells) for part in (Part.TEAM, Part.OUTCOME))
    keep = (team.codes >= 0) & (outcome.codes >= 0)
    if not keep.any():
        raise CantBeScored("No row names both a team and an outcome.")

    def column(part: Part) -> Category | None:
        return _kept(category(said.columns[part], cells), keep) if part in said.columns else None

    cases = [category(said.columns[part], cells) for part in CASES if part in said.columns]
    decisions = Decisions(
        rating=_codes(cells, said)[keep],
        levels=said.levels,
        good=said.levels.index(said.good),
        team=_kept(team, keep),
        outcome=_kept(outcome, keep),
        approving=said.approving,
        cases=tuple(_kept(with_blank(each), keep) for each in cases),
        item=column(Part.ITEM),
        ballot=column(Part.BALLOT),
        count=cells.count[keep],
    )
    try:
        decisions.check()
    except OrdinalError as error:
        raise CantBeScored(str(error)) from error
    left_out = round(float(cells.count[~keep].sum()))
    return Rated(decisions, cells.rows, left_out, _deciders(path, said, choices), _hash(cells))


def only_teams(decisions: Decisions, wanted: Collection[str]) -> Decisions:
    """The decisions of these teams, as if there were no others."""
    names = tuple(name for name in decisions.team.names if name in wanted)
    place = np.array(
        [names.index(name) if name in wanted else -1 for name in decisions.team.names], dtype=np.int32
    )
    codes = place[decisions.team.codes]
    keep = codes >= 0
    return replace(
        decisions,
        rating=decisions.rating[keep],
        team=Category(decisions.team.name, codes[keep], names),
        outcome=_kept(decisions.outcome, keep),
        cases=tuple(_kept(each, keep) for each in decisions.cases),
        item=_kept(decisions.item, keep) if decisions.item else None,
        ballot=_kept(decisions.ballot, keep) if decisions.ballot else None,
        count=decisions.counts[keep],
    )


def team_counts(decisions: Decisions) -> dict[tuple[str, str, str], int]:
    """Rows by team, outcome and rating ("" where nobody answered)."""
    names = ("", *decisions.levels)
    counts: dict[tuple[str, str, str], int] = {}
    rows = zip(decisions.team.codes, decisions.outcome.codes, decisions.rating, decisions.counts, strict=True)
    for team, outcome, rating, number in rows:
        key = (decisions.team.names[team], decisions.outcome.names[outcome], names[rating + 1])
        counts[key] = counts.get(key, 0) + round(float(number))
    return counts


def category(name: str, cells: Cells) -> Category:
    """Names in alphabetical order, numbers by size: the first is the reference."""
    column = cells.columns[name]
    names = numbers_in_order(column.names) or column.names
    place = {text: code for code, text in enumerate(names)}
    codes = np.array([*(place[text] for text in column.names), -1], dtype=np.int32)
    return Category(name, codes[column.codes], tuple(names))


def with_blank(column: Category) -> Category:
    """Empty cells as a category of their own."""
    if (column.codes >= 0).all():
        return column
    codes = np.where(column.codes < 0, np.int32(len(column.names)), column.codes).astype(np.int32)
    return Category(column.name, codes, (*column.names, "(empty)"))


def _kept(column: Category, keep: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Category:
    return replace(column, codes=column.codes[keep])


def _codes(cells: Cells, said: Said) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    column = cells.columns[said.columns[Part.RATING]]
    place = {level: code for code, level in enumerate(said.levels)}
    return np.array([*(place[name] for name in column.names), -1], dtype=np.int32)[column.codes]


def _refuse_unknown(path: Path, said: Said, cells: Cells, choices: Choices) -> None:
    """Every rating that is none of the levels, and every approving outcome that never occurs."""
    problems = Problems(path.name)
    rating, outcome = said.columns[Part.RATING], said.columns[Part.OUTCOME]
    for name in cells.columns[rating].names:
        if name not in said.levels:
            problems.add(
                row_of(path, rating, name, choices), rating, quoted(name), f"one of {listed(said.levels)}"
            )
    known = cells.columns[outcome].names
    for name in said.approving:
        if name not in known:
            problems.add(
                None, outcome, f"no outcome {quoted(name)}, said to approve", f"some of {listed(known)}"
            )
    problems.raise_if_any()


def _deciders(path: Path, said: Said, choices: Choices) -> dict[str, int] | None:
    """How many people decided, by team; who they are is forgotten at once."""
    if Part.DECIDER not in said.columns:
        return None
    parts = (Part.TEAM, Part.DECIDER, Part.RATING)
    cells = count_cells(path, {said.columns[part]: part.value for part in parts}, choices=choices)
    team, decider, rating = (cells.columns[said.columns[part]] for part in parts)
    there = (team.codes >= 0) & (decider.codes >= 0) & (rating.codes >= 0)
    pairs = set(zip(team.codes[there].tolist(), decider.codes[there].tolist(), strict=True))
    found = dict.fromkeys(team.names, 0)
    for code, _ in pairs:
        found[team.names[code]] += 1
    return found


def _hash(cells: Cells) -> str:
    """Of names, codes and counts, in their order: equal tables have equal hashes, however they are written down."""
    made = sha256()
    for name, column in sorted(cells.columns.items()):
        made.update(repr((name, column.names)).encode())
        made.update(column.codes.astype("<i4").tobytes())
    made.update(cells.count.astype("<f8").tobytes())
    return made.hexdigest()
