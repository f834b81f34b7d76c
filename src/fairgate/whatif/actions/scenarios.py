"""Making scenarios, changing what they say, calibrating them: each time a new edition."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext

from fairgate.engines.counterfactual import (
    AUTHOR,
    BY_NAME,
    FROM_RECORDS,
    CounterfactualError,
    from_dict,
    spoken,
    standard,
)
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.shared import clock
from fairgate.shared.actor import Actor
from fairgate.whatif import queries
from fairgate.whatif.dataset import calibrated, counted, kept
from fairgate.whatif.models import Scenario, ScenarioEdition
from fairgate.whatif.rules import REASON_LENGTH, Window

Entries = Mapping[str, Mapping[str, Any]]
Counts = Sequence[Mapping[str, Any]]


class NoRecords(Exception):
    """Nothing was decided yet on what the window shows."""


class Changed(Exception):
    """Somebody saved another edition meanwhile."""


@transaction.atomic
def make_scenario(
    *,
    by: Actor,
    unit: int,
    name: str,
    window: Window | None = None,
    counts: Counts = (),
    entries: Entries | None = None,
) -> Scenario:
    """A scenario of a deciding unit: from its own records through ``window``, or as the examples have it; ``entries`` over that.
    ``counts`` are counted elsewhere (`engines.counterfactual.Observed`). Raises PermissionDenied, `NoRecords` and
    CounterfactualError."""
    if not queries.may_make(by, unit):
        raise PermissionDenied
    scenario = Scenario.objects.create(unit_id=unit, name=name, made_at=clock.now())
    said = standard(name).changed(_signed(by, spoken(entries or {}))).to_dict()
    records = _records(by, unit, window) if window else None
    own = sorted((entries or {}).keys())
    _edition(by, scenario, number=1, said=said, records=records, own=own, counts=list(counts), note="")
    return scenario


@transaction.atomic
def change_scenario(*, by: Actor, pk: UUID, seen: int, entries: Entries, note: str = "") -> ScenarioEdition:
    """Other numbers for some parameters, over edition ``seen``. An entry of a kind that only records give goes back to what they
    tell. Raises PermissionDenied, `Changed`, ``Scenario.DoesNotExist`` and CounterfactualError naming the parameter."""
    scenario, before = _open(by, pk, seen)
    measured = {name for name, entry in entries.items() if entry.get("kind") in FROM_RECORDS}
    if before.records is None:
        spoken(entries)
    given = {name: entry for name, entry in entries.items() if name not in measured}
    said = from_dict(before.said).changed(_signed(by, given)).to_dict()
    own = sorted((set(before.own) | given.keys()) - measured)
    return _edition(
        by,
        scenario,
        number=seen + 1,
        said=said,
        records=before.records,
        own=own,
        counts=before.counts,
        note=note,
    )


@transaction.atomic
def calibrate_scenario(
    *, by: Actor, pk: UUID, seen: int, window: Window, counts: Counts = (), note: str = ""
) -> ScenarioEdition:
    """What the records tell by now, put in; not over what people said. Raises as `change_scenario`, and `NoRecords`."""
    scenario, before = _open(by, pk, seen)
    records = _records(by, scenario.unit_id, window)
    return _edition(
        by,
        scenario,
        number=seen + 1,
        said=before.said,
        records=records,
        own=sorted({*before.own, *_said_by_people(before)}),
        counts=list(counts),
        note=note,
    )


def _said_by_people(edition: ScenarioEdition) -> list[str]:
    """Numbers somebody gave that stand: records that tell them from now on don't replace them unasked."""
    usual, held = standard().to_dict()["parameters"], edition.held["parameters"]
    said = edition.said["parameters"]
    return [name for name, entry in said.items() if entry != usual[name] and entry == held[name]]


@transaction.atomic
def renew_scenario(*, by: Actor, pk: UUID, seen: int) -> ScenarioEdition:
    """A copy in the present version of the model, as the next edition, of one that an older version wrote: every number that this
    version knows and takes. What was counted is put in again if it still can be. Raises as `change_scenario`."""
    scenario, before = _open(by, pk, seen)
    if not queries.is_old(before):
        return before
    said, left = _carried(before.said)
    records = before.records if _can_calibrate(said, before) else None
    note = gettext("Carried over from an older version of the model.")
    if left:
        note += " " + gettext("Left out: %(names)s.") % {"names": ", ".join(left)}
    return _edition(
        by,
        scenario,
        number=seen + 1,
        said=said,
        records=records,
        own=before.own,
        counts=before.counts,
        note=note[:REASON_LENGTH],
    )


def _carried(old: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The document with what this version takes of it, and names of what it doesn't."""
    made, left = standard(str(old.get("title", ""))), []
    for name, entry in dict(old.get("parameters", {})).items():
        try:
            if _is_ours(entry):
                continue
            made = made.changed({name: entry})
        except (CounterfactualError, TypeError, AttributeError):  # of whatever form older ones were
            left.append(str(name))
    return made.to_dict(), left


def _is_ours(entry: Mapping[str, Any]) -> bool:
    """A number of the examples that nobody touched: the present version's takes its place. Whoever says a number signs it."""
    author = entry.get("author")
    return author == AUTHOR or (author == "" and entry.get("kind") == "published")


def _can_calibrate(said: dict[str, Any], before: ScenarioEdition) -> bool:
    try:
        held, _ = calibrated(said, before.records, before.own)
        from_dict(held.to_dict())
    except (CounterfactualError, TypeError, KeyError):
        return False
    return True


def _open(by: Actor, pk: UUID, seen: int) -> tuple[Scenario, ScenarioEdition]:
    """The scenario, held against others who would change it, and the edition that stands."""
    if not queries.may_make(by, queries.scenario_for(by, pk).unit_id):
        raise PermissionDenied
    scenario = Scenario.objects.select_for_update().get(pk=pk)
    before = queries.latest_edition(scenario)
    if before.number != seen:
        raise Changed
    return scenario, before


def _records(by: Actor, unit: int, window: Window) -> dict[str, Any]:
    """As an edition keeps them."""
    found = queries.lots_in(unit, window)
    if found is None:
        raise NoRecords
    told = counted(found, window)
    if not told.records.reviewed:
        raise NoRecords
    return {
        "window": window.to_dict(),
        "figures": kept(told.records),
        "observed": [_plain(one) for one in told.observed],
        "split": told.split,
        "beyond": sum(found.beyond.values()),
        "beyond_kinds": list(found.beyond),
        "since": found.since.date().isoformat(),
        "until": found.until.date().isoformat(),
        "by": by.actor_name,
        "date": clock.now().date().isoformat(),
    }


def _plain(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("what", "count", "years", "used", "source")}


def _signed(by: Actor, entries: Entries) -> dict[str, dict[str, Any]]:
    """Each with who says so, and since when."""
    today = clock.now().date().isoformat()
    return {
        name: {**entry, "author": by.actor_name, "date": today} if name in BY_NAME else dict(entry)
        for name, entry in entries.items()
    }


def _edition(
    by: Actor,
    scenario: Scenario,
    *,
    number: int,
    said: dict[str, Any],
    records: dict[str, Any] | None,
    own: list[str],
    counts: list[Mapping[str, Any]],
    note: str,
) -> ScenarioEdition:
    """Errors: CounterfactualError, before anything is kept."""
    held, told = calibrated(said, records, own)
    from_dict(held.to_dict())  # what holds together must be readable again
    edition = ScenarioEdition.objects.create(
        scenario=scenario,
        number=number,
        said=said,
        records=records,
        own=[name for name in own if told is not None and name in told.measured],
        counts=[dict(one) for one in counts],
        held=held.to_dict(),
        open_codes=list(told.not_identified) if told else [],
        note=note,
        by_id=by.actor_id,
        by_name=by.actor_name,
        at=clock.now(),
    )
    ledger.append(
        by=by,
        action="whatif.edition-saved",
        subject=_subject(scenario),
        new={"edition": number, "measured": list(told.measured) if told else [], "own": edition.own},
        reason=note,
    )
    return edition


def _subject(scenario: Scenario) -> Subject:
    return Subject("scenario", str(scenario.pk), scenario.name)
