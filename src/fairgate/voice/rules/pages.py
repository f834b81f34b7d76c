"""What the doors hand out, as plain data: wording and templates know these, and no models."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fairgate.voice.rules.codes import Form, PeriodState


@dataclass(frozen=True, slots=True)
class Answering:
    """Somebody at the form: what a door gives and `actions.answer` takes. No account acts, so nothing names one."""

    invitation: UUID


@dataclass(frozen=True, slots=True)
class About:
    """The decision that is asked about. What was decided isn't here: the form asks about treatment, whatever it was."""

    reference: str
    what: str
    unit: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """What the form needs. ``answered``: an envelope is there. What it says can't be shown, to nobody."""

    form: Form
    door: Answering
    period: str
    until: date
    answered: bool
    about: About | None
    supplier: str
    turn_to: str

    @property
    def is_mirror(self) -> bool:
        return self.form is Form.MIRROR


@dataclass(frozen=True, slots=True)
class PeriodRow:
    pk: UUID
    name: str
    starts_on: date
    ends_on: date
    answers_until: date
    months: int
    state: PeriodState


@dataclass(frozen=True, slots=True)
class Preview:
    """What closing would do, without a figure of it: how many answers can be read, would be dropped because too few share
    what they are about, which attributes would be left out for everyone, and of how many figures a table would hide how
    many. ``answered`` and ``dropped`` are None where fewer than five can be read; ``too_many`` of them can't."""

    at: datetime
    answered: int | None
    unreadable: int
    dropped: int | None
    coarsened: tuple[str, ...]
    tables: tuple["TableNote", ...]
    audit: "AuditNote"
    too_many: bool


@dataclass(frozen=True, slots=True)
class TableNote:
    """Of a table: how many figures it has, and how many of them are hidden."""

    code: str
    figures: int
    hidden: int


@dataclass(frozen=True, slots=True)
class PeriodPage:
    """``answered`` only for those who keep keys: whole tens from twenty on while the period is open, afterwards exactly from
    five on, else None. ``unread``: of a lost period; None: fewer than five."""

    row: PeriodRow
    asked: int
    answered: int | None
    oversampling: float
    fingerprint: str
    turn_to: str
    keeps_keys: bool
    may_end: bool
    preview: Preview | None
    job: UUID | None
    has_results: bool
    unread: int | None


@dataclass(frozen=True, slots=True)
class ShownPart:
    """``low`` to ``high`` of the raters chose one of these steps (1 to 5); exact where the two are equal. ``coding``:
    ``exact``, ``at-most``, ``at-least``, ``between``."""

    steps: tuple[int, ...]
    low: int
    high: int
    coding: str


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """How many were asked, and how many of them answered (None: not told); ``by`` says by what (``all``, ``mirror``: asked how
    others serve them, ``outcome``, ``approval``, ``kind``, ``other-kinds`` together), ``name`` is a code or a name (kind)."""

    by: str
    name: str
    asked: int
    answered: int | None


@dataclass(frozen=True, slots=True)
class ShownRow:
    """``keys``: the values of the table's attributes. ``ballots`` is how many answered; ``raters``, how many of them could
    judge, and ``parts`` (from the lowest steps to the highest) are None where they are hidden. Yes and no are steps 5 and 1.

    No reason is given for a single hidden figure: the reason itself would tell."""

    keys: tuple[str, ...]
    item: str
    ballots: int
    raters: int | None
    parts: tuple[ShownPart, ...] | None


@dataclass(frozen=True, slots=True)
class ShownTable:
    """``withheld``: none of it may be shown."""

    code: str
    attributes: tuple[str, ...]
    rows: tuple[ShownRow, ...]
    withheld: bool


@dataclass(frozen=True, slots=True)
class AuditNote:
    """The attacker's program over every figure that was published: ``checked`` hidden or coded figures, each from the place
    of ``insiders`` who know their own answer too; ``width`` answers is how little it may be narrowed to."""

    passed: bool
    checked: int
    insiders: int
    width: int


@dataclass(frozen=True, slots=True)
class Results:
    """What was published of one period, once. ``answered`` (with an answer that could be read) and ``dropped`` are None
    where fewer than five answered."""

    row: PeriodRow
    asked: int
    answered: int | None
    unreadable: int
    dropped: int | None
    coarsened: tuple[str, ...]
    responses: tuple[ResponseRow, ...]
    tables: tuple[ShownTable, ...]
    audit: AuditNote


@dataclass(frozen=True, slots=True)
class ClosedPeriod:
    pk: UUID
    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything the agreement pack says that depends on this installation. ``sees``: what, and the roles that see it."""

    function: str
    months: int
    oversampling: float
    grace_days: int
    minimum: int
    minimum_seniority: int
    minimum_deciders: int
    declared_width: int
    score_ballots: int
    items: tuple[str, ...]
    attributes: tuple[str, ...]
    mail: str
    database: str
    sees: dict[str, tuple[str, ...]]
    periods: int
    turn_to: str
    officers: tuple[str, ...]


Contents = dict[str, Any]
"""A publication as it is stored."""
