"""Saying for many at once whose accounts the people in another system's records are."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fairgate.gate.models import RecordedPerson
from fairgate.gate.queries.accounts import Matched, matched
from fairgate.gate.queries.imports import may_map_people
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.people.models import Person
from fairgate.shared.actor import Actor

_AT_ONCE = 500


class Unmatched(Exception):
    """Some names occur in no record of that source, or some accounts aren't there; nothing was saved."""

    def __init__(self, found: Matched) -> None:
        super().__init__(f"{len(found.unknown_names)} names, {len(found.unknown_accounts)} accounts")
        self.found = found


@dataclass(frozen=True, slots=True)
class AccountsMapped:
    """``mapped`` have another account than before, ``unmapped`` none any more."""

    mapped: int = 0
    unmapped: int = 0
    unchanged: int = 0


@transaction.atomic
def map_accounts(*, by: Actor, source: str, pairs: Mapping[str, str]) -> AccountsMapped:
    """``pairs``: names as ``source`` writes them, each with a sign-in name; an empty one takes the mapping back. All of it or
    nothing. The ledger gets counts: a list of who is behind which pseudonym would undo the pseudonyms for good. Raises
    PermissionDenied and `Unmatched`."""
    if not may_map_people(by):
        raise PermissionDenied
    found = matched(by, source, pairs)
    if found.unknown_names or found.unknown_accounts:
        raise Unmatched(found)
    changed = [
        person for name, person in found.people.items() if _moved(person, found.accounts.get(pairs[name]))
    ]
    RecordedPerson.objects.bulk_update(changed, ["account"], batch_size=_AT_ONCE)
    mapped = sum(person.account_id is not None for person in changed)
    done = AccountsMapped(mapped, len(changed) - mapped, len(found.people) - len(changed))
    if changed:
        ledger.append(
            by=by,
            action="gate.accounts-mapped",
            subject=Subject("recorded-people", source, source),
            new={"mapped": done.mapped, "unmapped": done.unmapped},
        )
    return done


def _moved(person: RecordedPerson, account: Person | None) -> bool:
    """Whether the account is another one from now on."""
    before, person.account = person.account_id, account
    return before != person.account_id
