"""Tables of ratings in: looked into before anything is kept, kept under their hash, their columns said by a person, checked
(the dry run), then used or discarded."""

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
from django.conf import settings
from django.core.exceptions import PermissionDenied

from fairgate.fairness import actions, queries
from fairgate.fairness.dataset import CantBeScored, Rated, good_level, likely_levels, numbers_in_order, rated
from fairgate.fairness.models import Survey
from fairgate.fairness.rules import (
    FEWEST_BALLOTS,
    Hidden,
    Part,
    Said,
    SurveyState,
    gives_away,
    hidden,
    tells_who_answered,
)
from fairgate.files import actions as files
from fairgate.files import queries as kept
from fairgate.files.rules import TooLarge
from fairgate.readers.choices import Choices
from fairgate.readers.columns import plain
from fairgate.readers.formats import read_table
from fairgate.readers.problems import Problem, Problems, ReadError
from fairgate.readers.table import Table, header_at
from fairgate.readers.workbook import HEADER_WITHIN, has_comments, is_workbook, other_sheets
from fairgate.shared.actor import Actor

__all__ = ["ReadError", "TooLarge", "check", "open_file"]

MOST_WORDS = 40  # a column of more different words than this is no outcome and no scale
SHOWN = 200
E_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

WHO_ANSWERED = (
    "a column that tells who answered",
    "a table without it",
    "Take it out and import it again.",
)
NOBODY_ALONE = (
    "one person who decided in each team",
    "teams of three or more",
    "There are no scores of persons here. Who decided is only counted.",
)

# What people call the columns; the first that is there is proposed.
CALLED: dict[Part, tuple[str, ...]] = {
    Part.RATING: (
        "rating",
        "treatment",
        "score",
        "satisfaction",
        "grade",
        "stars",
        "bewertung",
        "zufriedenheit",
    ),
    Part.OUTCOME: ("outcome", "decision", "result", "disposition", "entscheidung", "ergebnis"),
    Part.TEAM: ("team", "group", "decidedby", "office", "gruppe"),
    Part.KIND: ("kind", "kindofrequest", "type", "requesttype", "art"),
    Part.RISK: ("risk", "riskclass", "criticality", "risiko"),
    Part.SENIORITY: ("seniority", "band", "seniorityband", "senioritaet"),
    Part.UNIT: ("unit", "customerunit", "department", "askedby", "abteilung"),
    Part.ITEM: ("item", "question", "frage"),
    Part.BALLOT: ("ballot", "response", "responseid", "fragebogen"),
    Part.DECIDER: ("decider", "decidername", "reviewer", "handledby", "entscheider"),
}
WORDED = (Part.RATING, Part.OUTCOME, Part.KIND, Part.RISK, Part.SENIORITY)
APPROVE = re.compile(r"approv|accept|releas|pass|condition|genehmigt|freigegeben", re.IGNORECASE)
NOT_APPROVE = re.compile(r"not |dis|un|reject|refus|return", re.IGNORECASE)


def open_file(
    *, by: Actor, name: str, content: Iterable[bytes], unit: int, choices: Mapping[str, str] | None = None
) -> Survey:
    """Look into the file, and keep it if nobody in it can be told by a name. Raises PermissionDenied, `TooLarge`, `ReadError`
    (then nothing was kept) and ``Unit.DoesNotExist``."""
    if not queries.may_import(by, unit):
        raise PermissionDenied
    queries.deciding_units().get(pk=unit)
    chosen = {key: value for key, value in (choices or {}).items() if value}
    with tempfile.TemporaryDirectory() as folder:
        path = _received(Path(folder), name, content)
        try:
            table = read_table(path, Choices.of(chosen))
            _refuse_names(table)
            if is_workbook(path):
                _refuse_names_elsewhere(path)
        except ReadError as error:
            raise error.called(name) from None
        with path.open("rb") as file:
            stored = files.keep(by=by, name=name, content=iter(lambda: file.read(1 << 20), b""))
    return actions.note_survey(
        by=by, file=stored, name=name, unit=unit, options=chosen, proposal=_proposal(table)
    )


def check(*, by: Actor, pk: UUID, said: Said) -> Survey:
    """The dry run: what would be used, and every problem. Raises `actions.NotReady`."""
    survey = queries.survey_for(by, pk)
    findings: dict[str, Any] = {}
    problems: list[str] = []
    if survey.file_id is None:
        raise actions.NotReady(SurveyState(survey.state))
    said = _with_deciders(survey, said)
    try:
        _refuse_deciders_as_team(survey, said)
        table = rated(kept.path_of(survey.file_id), said, Choices.of(survey.options))
        _refuse_teams_of_one(survey, said, table)
        findings = _findings(table)
    except ReadError as error:
        named = error.called(survey.name)
        problems = [str(problem) for problem in named.problems[:SHOWN]]
        problems += [f"… {named.more:,}"] if named.more else []
    except CantBeScored as error:
        problems = [f"{survey.name}: {error}"]
    return actions.note_checked(by=by, pk=pk, said=said, findings=findings, problems=problems)


def _received(folder: Path, name: str, content: Iterable[bytes]) -> Path:
    path, size = folder / "table", 0
    with path.open("wb") as file:
        for piece in content:
            size += len(piece)
            if size > settings.LARGEST_FILE:
                raise TooLarge(name, settings.LARGEST_FILE)
            file.write(piece)
    return path


def _refuse_names(table: Table) -> None:
    """Whoever answered must not be in the file: it is kept as it comes."""
    problems = Problems(table.source.file)
    for column in table.columns:
        if tells_who_answered(column):
            problems.add(None, column, *WHO_ANSWERED)
            continue
        for number, text in zip(table.numbers, table.texts(column), strict=True):
            if E_MAIL.search(text):
                problems.add(number, column, "an e-mail address", "nothing that tells who answered")
                break
    problems.raise_if_any()


def _refuse_names_elsewhere(path: Path) -> None:
    """Comments, and sheets nobody reads: they would be kept with the rest."""
    problems = Problems(path.name)
    if has_comments(path):
        problems.add(
            None, "", "comments on cells", "a workbook without any", "Comments carry names. Take them out."
        )
    for sheet, rows in other_sheets(path):
        head: list[list[str]] = []
        for number, cells in rows:
            if len(head) < HEADER_WITHIN:
                head.append(cells)
            if any(E_MAIL.search(text) for text in cells):
                problems.add(number, f"sheet {sheet}", "an e-mail address", "nothing that tells who answered")
                break
        at = header_at(head)
        for name in head[at] if at is not None else ():
            if tells_who_answered(name):
                problems.add(None, f"{name}, sheet {sheet}", *WHO_ANSWERED)
    problems.raise_if_any()


def _with_deciders(survey: Survey, said: Said) -> Said:
    """A column that is recognised as who decided is always counted, said or not."""
    found = survey.proposal["columns"].get(Part.DECIDER)
    if Part.DECIDER in said.columns or found is None or found in said.columns.values():
        return said
    return replace(said, columns={**said.columns, Part.DECIDER: found})


def _refuse_deciders_as_team(survey: Survey, said: Said) -> None:
    found = survey.proposal["columns"].get(Part.DECIDER)
    for part, column in said.columns.items():
        if column == found and part is not Part.DECIDER:
            raise ReadError([Problem(survey.name, None, column, *NOBODY_ALONE)])


def _refuse_teams_of_one(survey: Survey, said: Said, table: Rated) -> None:
    """A column in which each team is one decider is that decider, whatever it is called."""
    if table.deciders and max(table.deciders.values()) <= 1:
        raise ReadError([Problem(survey.name, None, said.columns[Part.TEAM], *NOBODY_ALONE)])


def _proposal(table: Table) -> dict[str, Any]:
    """The columns, their few words, and what they seem to be."""
    by_name = {plain(column): column for column in reversed(table.columns)}
    columns = dict(_recognised(by_name))
    # Words are kept, so only those of columns that can name nobody.
    words = {columns[part]: _words(table, columns[part]) for part in WORDED if part in columns}
    outcomes = words.get(columns.get(Part.OUTCOME, ""), [])
    approving = [word for word in outcomes if APPROVE.search(word) and not NOT_APPROVE.search(word)]
    ratings = words.get(columns.get(Part.RATING, ""), [])
    levels = likely_levels([word for word in ratings if numbers_in_order([word])]) or ()
    return {
        "columns": {part.value: column for part, column in columns.items()},
        "words": {column: found for column, found in words.items() if found},
        "available": list(table.columns[:SHOWN]),
        "approving": sorted(
            approving, key=lambda word: (not word.casefold().startswith("approved"), len(word))
        ),
        "levels": list(levels),
        "good": good_level(levels),
    }


def _recognised(by_name: Mapping[str, str]) -> Iterator[tuple[Part, str]]:
    for part, names in CALLED.items():
        if (found := next((by_name[name] for name in names if name in by_name), None)) is not None:
            yield part, found


def _words(table: Table, column: str) -> list[str]:
    found = sorted(set(table.texts(column)) - {""})
    return found if len(found) <= MOST_WORDS else []


def _hidden_teams(table: Rated) -> dict[str, tuple[int, Hidden | None]]:
    """Answers of each team, and why its figures will be hidden, if they will."""
    team = table.decisions.team
    answers = np.bincount(team.codes, table.decisions.per_answer(), len(team.names))
    deciders = table.deciders or {}
    counted = {name: round(float(number)) for name, number in zip(team.names, answers, strict=True)}
    return {name: (number, hidden(number, deciders.get(name))) for name, number in counted.items()}


def _findings(table: Rated) -> dict[str, Any]:
    """Counts over all teams; how the ratings are spread only where there are enough."""
    decisions = table.decisions
    answers, number = decisions.per_answer(), decisions.per_decision()
    ballots = round(float(answers.sum()))
    counts = dict.fromkeys(decisions.levels, 0)
    for rating, count in zip(decisions.rating, decisions.counts, strict=True):
        if rating >= 0:
            counts[decisions.levels[rating]] += round(float(count))
    withheld = gives_away(_hidden_teams(table))
    enough = ballots >= FEWEST_BALLOTS and not withheld
    ratings = sum(counts.values())
    good = sum(counts[level] for level in decisions.levels[decisions.good :])
    return {
        "rows": table.rows,
        "left_out": table.left_out,
        "decisions": round(float(number.sum())),
        "ballots": ballots,
        "teams": len(decisions.team.names),
        "outcomes": list(decisions.outcome.names),
        "deciders_named": table.deciders is not None,
        "distribution": counts if enough else {},
        "good": 100.0 * good / ratings if enough else None,
        "withheld": withheld and ballots >= FEWEST_BALLOTS,
        "inputs": table.inputs,
    }
