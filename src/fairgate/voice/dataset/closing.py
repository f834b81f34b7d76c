"""Opened answers to arrays, to the tables that are published, and to the ballots that are kept. Everything in memory."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairgate.engines import disclosure
from fairgate.voice.dataset.columns import AGREEMENT, SECOND_LOOK, Column, column, said, value_of
from fairgate.voice.rules import FEWEST, Form, Unsafe, items_of
from fairgate.voice.rules.envelopes import Payload
from fairgate.voice.rules.responses import told

FIXED = ("unit", "team", "approving", "supplier")
"""Never coarsened. Of the outcome that is whether it approves; which of the outcomes it was may be left out for everybody."""
ATTRIBUTES: Mapping[Form, tuple[str, ...]] = {
    Form.TREATMENT: ("unit", "team", "approving", "outcome", "kind", "seniority", "customer", "risk"),
    Form.MIRROR: ("unit", "supplier", "seniority"),
}
APART = (AGREEMENT, SECOND_LOOK)
"""Never scored, and often the same for all whose request was approved: left out rather than that their ballots are dropped."""
TOGETHER = ("unit", "approving")
LEAST_BY_SENIORITY = 10
DECIDERS = 3

Told = Callable[[float], None]


@dataclass(frozen=True)
class Closing:
    """``ballots``: the fields of each ballot to keep, in no order. ``contents``: what is published."""

    ballots: list[dict[str, Any]] = field(repr=False)
    contents: dict[str, Any]


def tables(form: Form) -> list[disclosure.Table]:
    """What is published of every period, said before anybody answers. Teams are not among it: their scores belong to the
    fairness room, and to an agreement."""
    if form is Form.MIRROR:
        return [disclosure.Table("mirror", ("unit", "supplier"), items_of(form), deciders=0)]
    items = items_of(form)
    asked = (*items, AGREEMENT, SECOND_LOOK)
    by_seniority = ("unit", "seniority", "approving")
    return [
        disclosure.Table("items", ("unit",), asked, deciders=DECIDERS),
        disclosure.Table("items-by-outcome", ("unit", "approving"), asked, deciders=DECIDERS),
        disclosure.Table(
            "items-by-seniority-and-outcome", by_seniority, items, least=LEAST_BY_SENIORITY, deciders=DECIDERS
        ),
    ]


def close(payloads: Sequence[Payload], tell: Told) -> Closing:
    """Recode, protect and audit; what is left of each answer, and what is published of all. The order of ``payloads`` is of
    no consequence. Raises `Unsafe`."""
    ballots: list[dict[str, Any]] = []
    contents: dict[str, Any] = {"answered": told(len(payloads)), "dropped": 0, "forms": {}, "deciders": []}
    for form in Form:
        own = [payload for payload in payloads if payload.form is form]
        if own:
            kept, published = _form(form, own, tell)
            ballots += kept
            contents["forms"][form.value] = published
            contents["dropped"] += published["recoding"]["dropped"]
            if form is Form.TREATMENT:
                contents["deciders"] = published.pop("deciders")
    if contents["answered"] is None:
        contents["dropped"] = None  # it would say how many answered
    return Closing(ballots, contents)


def _form(form: Form, own: Sequence[Payload], tell: Told) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    coded = {name: column([value_of(one, name) for one in own]) for name in ATTRIBUTES[form]}
    deciders = column([one.about.get("decider") or "" for one in own])
    known = np.array([value != "" for value in deciders.values], bool)[deciders.codes]
    answers = disclosure.Answers(
        {name: column.codes for name, column in coded.items()},
        said(form, own),
        np.where(known, deciders.codes, -1),
    )
    apart = [name for name in APART if name in answers.items]
    together = [name for name in TOGETHER if name in answers.attributes]
    recoding = disclosure.recode(answers, fixed=FIXED, may_be_left_out=apart, together=together, k=FEWEST)
    whole = [one for one in tables(form) if all(recoding.levels[attribute] >= 0 for attribute in one.by)]
    shown = whole if recoding.answers.ballots else []
    answers, values = _of_the_kept(recoding.answers, coded)
    published = _protected(answers, shown, tell)
    gone = {name for name, level in recoding.levels.items() if level < 0}
    kept = [
        _ballot(one, gone, {item for item in apart if recoding.left_out[item][at]})
        for at, (one, stays) in enumerate(zip(own, recoding.kept, strict=True))
        if stays
    ]
    used = {attribute for one in shown for attribute in one.by}
    published_form = {
        "recoding": {name: value for name, value in recoding.to_dict().items() if name != "loss"},
        "not_shown": [one.name for one in tables(form) if one not in shown],
        "codes": {name: values[name] for name in sorted(used)},
        "deciders": _enough_deciders(own, recoding.kept),
        **published.to_dict(),
    }
    return kept, published_form


def _protected(
    answers: disclosure.Answers, wanted: Sequence[disclosure.Table], tell: Told
) -> disclosure.Publication:
    """Nothing is published, and nothing is to be audited, where no ballot could be kept."""
    if not wanted:
        return disclosure.Publication((), disclosure.Audit(checked=0, insiders=0, width=FEWEST))
    return _enforced(answers, disclosure.protect(answers, wanted, on_progress=tell))


def _enforced(answers: disclosure.Answers, published: disclosure.Publication) -> disclosure.Publication:
    """What its audit didn't pass is withheld, and the rest audited anew. Raises `Unsafe` where that doesn't help."""
    while not published.audit.passed:
        if all(one.withheld for one in published.tables):
            raise Unsafe
        concerned = {finding.table for finding in published.audit.findings}
        told_of = {one.table.name for one in published.tables if not one.withheld}
        gone = concerned & told_of or told_of
        tables = tuple(_withheld(one) if one.table.name in gone else one for one in published.tables)
        left = disclosure.Publication(tables, published.audit)
        published = disclosure.Publication(tables, disclosure.audit(answers, [left]))
    return published


def _withheld(one: disclosure.PublishedTable) -> disclosure.PublishedTable:
    return replace(one, groups=tuple(replace(group, shown={}) for group in one.groups))


def _of_the_kept(
    answers: disclosure.Answers, coded: Mapping[str, "Column"]
) -> tuple[disclosure.Answers, dict[str, list[Any]]]:
    """Coded anew, and what each code stands for: where only dropped ballots had a value, no gap tells that it was there."""
    columns, values = {}, {}
    for name, codes in answers.attributes.items():
        there, columns[name] = np.unique(codes, return_inverse=True)
        values[name] = [coded[name].values[code] for code in there]
    return disclosure.Answers(columns, answers.items, answers.decider), values


def _ballot(payload: Payload, gone: set[str], unsaid: Collection[str] = ()) -> dict[str, Any]:
    """The fields of `models.Ballot`, but for its id and period, attributes that are ``gone``, and what is left ``unsaid``."""
    said = payload.answers
    if AGREEMENT in unsaid:
        said = replace(said, agreement=None)
    if SECOND_LOOK in unsaid:
        said = replace(said, knows_second_look=None)
    about = {name: None if name in gone else payload.about.get(name) for name in payload.about}
    return {
        "form": payload.form.value,
        "answers": said.text(),
        "unit_id": about["unit"],
        "team_id": about.get("team"),
        "approving": None if payload.form is Form.MIRROR else bool(value_of(payload, "approving")),
        "outcome": about.get("outcome") or "",
        "kind_id": about.get("kind"),
        "seniority": about.get("seniority") or "",
        "customer_id": about.get("customer"),
        "risk": about.get("risk") or "",
        "supplier_id": about.get("supplier"),
    }


def _enough_deciders(own: Sequence[Payload], kept: NDArray[np.bool_]) -> list[list[Any]]:
    """[unit, team, whether at least three people decided what is kept of it]: how many, nobody needs to know."""
    found: dict[tuple[Any, Any], set[Any]] = {}
    for one, stays in zip(own, kept, strict=True):
        if stays:
            who = found.setdefault((one.about["unit"], one.about.get("team")), set())
            who |= {one.about.get("decider")} - {"", None}
    order = sorted(found, key=lambda pair: (pair[0], pair[1] or 0))
    return [[unit, team, len(found[unit, team]) >= DECIDERS] for unit, team in order]
