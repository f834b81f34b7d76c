"""Every address of background work, for everybody, by GET and by POST without fields."""

import pytest
from django.test import Client
from django.urls import reverse

from fairgate.people.models import Person, RoleAssignment
from fairgate.people.rules import Role
from fairgate.work import actions
from fairgate.work.models import Job
from fairgate.work.urls import urlpatterns

pytestmark = pytest.mark.django_db
SIGN_IN, OK, NONE, METHOD, GONE_ON = 302, 200, 404, 405, 302

# address: what GET and POST answer whoever asked for the job and to stewards, and what they answer others.
TABLE = {
    "jobs": ((OK, OK), (OK, OK)),
    "job": ((OK, OK), (NONE, NONE)),
    "cancel": ((METHOD, GONE_ON), (METHOD, NONE)),
}


def person(name: str, role: Role) -> Person:
    made = Person.objects.create(username=name, name=name.title())
    RoleAssignment.objects.create(person=made, role=role)
    return made


def answers(client: Client, name: str, job: Job) -> tuple[int, int]:
    url = reverse(f"work:{name}", args=[] if name == "jobs" else [job.pk])
    return client.get(url).status_code, client.post(url).status_code


def test_the_table_names_every_address() -> None:
    assert {page.name for page in urlpatterns} == TABLE.keys()


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", TABLE)
def test_every_address_answers_each_role_as_it_should(name: str, role: Role) -> None:
    alice, other = person("alice", Role.LEAD), person("other", role)
    job = actions.submit(by=alice, name="test.add", title="Counting", arguments={})
    for who, concerned in ((other, role is Role.STEWARD), (alice, True)):
        client = Client()
        client.force_login(who)
        assert answers(client, name, job) == TABLE[name][0 if concerned else 1], who.name


@pytest.mark.parametrize("name", TABLE)
def test_outside_there_is_only_the_sign_in_page(name: str) -> None:
    job = actions.submit(by=person("alice", Role.LEAD), name="test.add", title="Counting", arguments={})
    assert answers(Client(), name, job) == (SIGN_IN, SIGN_IN)
