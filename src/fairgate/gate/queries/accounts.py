"""Who the names in another system's records are here: found by their keyed digest, for nothing else is kept of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from django.conf import settings
from django.db.models.functions import Lower

from fairgate.gate.models import RecordedPerson
from fairgate.gate.queries.imports import recorded_people_for
from fairgate.gate.rules.pseudonyms import digest
from fairgate.people.models import Person
from fairgate.shared.actor import Actor

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Matched:
    """``people`` by name as given, ``accounts`` by sign-in name as given; the others by themselves, as given."""

    people: Mapping[str, RecordedPerson]
    accounts: Mapping[str, Person]
    unknown_names: frozenset[str]
    unknown_accounts: frozenset[str]


def matched(by: Actor, source: str, pairs: Mapping[str, str]) -> Matched:
    """Look up names of ``source`` and sign-in names (an empty one stands for none). Whoever may map nobody finds nobody."""
    key = settings.PEOPLE_KEY.encode()
    digests = {name: digest(key, source, name) for name in pairs}
    people = _people(by, source, digests.values())
    usernames = {username for username in pairs.values() if username}
    accounts = _accounts(usernames)
    return Matched(
        {name: people[each] for name, each in digests.items() if each in people},
        {username: accounts[username.lower()] for username in usernames if username.lower() in accounts},
        frozenset(name for name, each in digests.items() if each not in people),
        frozenset(username for username in usernames if username.lower() not in accounts),
    )


def sources_for(by: Actor) -> list[str]:
    """The systems whose records name people."""
    return sorted(set(recorded_people_for(by).order_by().values_list("source", flat=True)))


def _people(by: Actor, source: str, digests: Iterable[str]) -> dict[str, RecordedPerson]:
    of_source = recorded_people_for(by).filter(source=source)
    return {person.digest: person for some in _cut(digests) for person in of_source.filter(digest__in=some)}


def _accounts(usernames: Iterable[str]) -> dict[str, Person]:
    """By the sign-in name in small letters, which is unique."""
    named = Person.objects.annotate(small=Lower("username")).prefetch_related(None)
    lowered = {username.lower() for username in usernames}
    return {
        person.username.lower(): person for some in _cut(lowered) for person in named.filter(small__in=some)
    }


def _cut(values: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(values)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
