"""Every address of every room, present and future: nobody outside gets further than the sign-in page, and the room's own
test says what each role gets."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from fairness.test_every_url import TABLE as FAIRNESS
from gate.urls_imports import POSTED as GATE_BUTTONS
from gate.urls_imports import TABLE as GATE_IMPORTS
from gate.urls_requests import TABLE as GATE_REQUESTS
from gate.urls_standards import TABLE_STANDARDS as GATE_STANDARDS
from improvement.test_every_url import TABLE as IMPROVEMENT
from organisation.test_every_url import TABLE as ORGANISATION
from people.test_every_url import FOR_EVERYBODY, FOR_STEWARDS
from people.test_every_url import PUBLIC as PEOPLE_OUTSIDE
from protection.test_every_url import TABLE as PROTECTION
from voice.test_every_url import PUBLIC as VOICE_OUTSIDE
from voice.test_every_url import TABLE as VOICE
from whatif.test_every_url import TABLE as WHATIF
from work.test_every_url import TABLE as WORK

# What these answer a GET of somebody who is not signed in.
PUBLIC = {
    "account_login": 200,
    "people:first": 404,  # there is a first account, or the link is none
    "people:set_password": 410,  # the link is none
    "people:sign_in_as": 405,  # a button, in a demonstration only
    # A personal link is the permission; the thanks know nobody.
    **{f"voice:{name}": status for name, status in VOICE_OUTSIDE.items()},
}
# Whoever adds an address adds it to the room's own test, which asks for it as each role.
ASKED_AS_EACH_ROLE = {
    "fairness": FAIRNESS.keys(),
    "gate": GATE_REQUESTS.keys() | GATE_STANDARDS.keys() | GATE_IMPORTS.keys() | set(GATE_BUTTONS),
    "improvement": IMPROVEMENT.keys(),
    "organisation": ORGANISATION.keys(),
    "overview": {"home", "start", "start-needs"},  # tests/overview/test_start.py
    "people": FOR_STEWARDS.keys() | FOR_EVERYBODY.keys() | PEOPLE_OUTSIDE.keys(),
    "protection": PROTECTION.keys(),
    "voice": VOICE.keys(),
    "whatif": WHATIF.keys(),
    "work": WORK.keys(),
}
PLAUSIBLE = {"int": 1, "string": "x", "slug": "x", "path": "x/y", "uuid": UUID(int=1)}


class Address(NamedTuple):
    name: str
    converters: Mapping[str, Any]

    @property
    def url(self) -> str:
        return reverse(self.name, kwargs={name: plausible(each) for name, each in self.converters.items()})


def addresses(
    within: URLResolver, namespace: str = "", given: Mapping[str, Any] | None = None
) -> Iterator[Address]:
    for pattern in within.url_patterns:
        converters = {**(given or {}), **pattern.pattern.converters}
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern, inner, converters)
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"{pattern.pattern} has no name"
            yield Address(namespace + pattern.name, converters)


def plausible(converter: Any) -> Any:
    """An argument of the kind a converter takes; of one of our own, the first of the words it knows."""
    kind = type(converter).__name__.removesuffix("Converter").lower()
    return PLAUSIBLE[kind] if kind in PLAUSIBLE else converter.to_python(converter.regex.split("|")[0])


EVERY = list(addresses(get_resolver()))
NAMES = [address.name for address in EVERY]


def test_every_address_is_in_the_test_of_its_room() -> None:
    listed = {f"{room}:{name}" for room, names in ASKED_AS_EACH_ROLE.items() for name in names}
    assert sorted(NAMES) == sorted(listed | {"account_login"})


def test_the_public_ones_exist() -> None:
    assert PUBLIC.keys() <= set(NAMES)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", [each for each in EVERY if each.name not in PUBLIC], ids=lambda each: each.name
)
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_outside_there_is_only_the_sign_in_page(address: Address, method: str) -> None:
    answer = getattr(Client(), method)(address.url)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login") + "?next=")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", [each for each in EVERY if each.name in PUBLIC], ids=lambda each: each.name
)
def test_the_public_ones_answer_themselves(address: Address) -> None:
    assert Client().get(address.url).status_code == PUBLIC[address.name]
