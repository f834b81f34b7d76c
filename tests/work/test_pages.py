"""The pages of background work: who sees what, and what they say."""

from collections.abc import Mapping
from uuid import uuid4

import pytest
from django.test import Client

from fairgate.ledger.models import Entry
from fairgate.people.models import Person, RoleAssignment
from fairgate.people.rules import Role
from fairgate.shared import clock
from fairgate.work import actions, queries
from fairgate.work.models import Job
from fairgate.work.rules import Report, State

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def person(name: str, *roles: Role) -> Person:
    made = Person.objects.create(username=name, name=name.title())
    for role in roles:
        RoleAssignment.objects.create(person=made, role=role)
    return made


@pytest.fixture
def alice() -> Person:
    return person("alice", Role.LEAD)


def signed_in(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


def job_of(who: Person, **fields: object) -> Job:
    made = actions.submit(
        by=who, name="test.add", title="Counting <receipt>", arguments={}, done_at="/organisation/"
    )
    if fields:
        Job.objects.filter(pk=made.pk).update(**fields)
    return made


def page(who: Person, job: Job, headers: Mapping[str, str] | None = None) -> str:
    response = signed_in(who).get(f"/work/{job.pk}/", headers=dict(headers or {}))
    assert response.status_code == 200
    return response.content.decode()


def test_without_signing_in_there_is_only_the_door(alice: Person) -> None:
    for url in ("/work/", f"/work/{job_of(alice).pk}/"):
        response = Client().get(url)
        assert response.status_code == 302
        assert "sign-in" in response["Location"]


def test_people_see_their_own_jobs_and_stewards_everybodys(alice: Person) -> None:
    bob, steward = person("bob", Role.REVIEWER), person("stella", Role.STEWARD)
    job = job_of(alice)
    assert "Counting &lt;receipt&gt;" in signed_in(alice).get("/work/").content.decode()
    assert "Counting" not in signed_in(bob).get("/work/").content.decode()
    assert "Counting" in signed_in(steward).get("/work/").content.decode()
    statuses = [signed_in(who).get(f"/work/{job.pk}/").status_code for who in (alice, bob, steward)]
    assert statuses == [200, 404, 200]


def test_a_job_that_does_not_exist_is_not_found(alice: Person) -> None:
    client = signed_in(alice)
    assert client.get(f"/work/{uuid4()}/").status_code == 404
    assert client.post(f"/work/{uuid4()}/cancel/").status_code == 404


def test_the_page_of_a_running_job_says_how_far_it_is_and_asks_again(alice: Person) -> None:
    job = job_of(alice, state=State.RUNNING)
    queries.folder_of(job.pk).mkdir(parents=True)
    actions.report(job.pk, Report(0.425, "case 17 <of> 40"))
    text = page(alice, job)
    assert 'value="0.425"' in text
    assert "case 17 &lt;of&gt; 40" in text
    assert f'hx-get="/work/{job.pk}/"' in text
    assert '<noscript><meta http-equiv="refresh"' in text
    assert "Cancel this work" in text


def test_htmx_gets_the_part_that_changes(alice: Person) -> None:
    text = page(alice, job_of(alice), HTMX)
    assert text.startswith('<div id="job"')
    assert "<html" not in text


@pytest.mark.parametrize("state", [State.DONE, State.FAILED, State.CANCELLED])
def test_a_job_that_has_ended_is_no_longer_asked_about(alice: Person, state: State) -> None:
    job = job_of(
        alice, state=state, ended_at=clock.now(), problem="row 3 is wrong" if state == State.FAILED else ""
    )
    text = page(alice, job)
    assert "hx-get" not in text
    assert "refresh" not in text
    assert "Cancel this work" not in text
    assert 'href="/organisation/"' in text
    assert ("row 3 is wrong" in text) == (state == State.FAILED)


def test_a_watched_job_leads_on_when_it_is_done_and_only_then(alice: Person) -> None:
    client = signed_in(alice)
    done = job_of(alice, state=State.DONE)
    failed = job_of(alice, state=State.FAILED)
    assert client.get(f"/work/{done.pk}/", headers=HTMX)["HX-Redirect"] == "/organisation/"
    assert "HX-Redirect" not in client.get(f"/work/{failed.pk}/", headers=HTMX)
    assert "HX-Redirect" not in client.get(f"/work/{done.pk}/")


def test_cancelling_is_asked_for_by_a_form_and_recorded_with_the_name(alice: Person) -> None:
    job = job_of(alice)
    client = signed_in(alice)
    assert client.get(f"/work/{job.pk}/cancel/").status_code == 405
    assert client.post(f"/work/{job.pk}/cancel/").status_code == 302
    assert Job.objects.get().state == State.CANCELLED
    entry = Entry.objects.last()
    assert entry is not None
    assert (entry.action, entry.actor_name, entry.actor_role) == ("work.cancelled", "Alice", "lead")


def test_nobody_cancels_the_job_of_somebody_else_but_a_steward(alice: Person) -> None:
    job = job_of(alice)
    assert signed_in(person("bob", Role.LEAD)).post(f"/work/{job.pk}/cancel/").status_code == 404
    assert Job.objects.get().state == State.WAITING
    assert signed_in(person("stella", Role.STEWARD)).post(f"/work/{job.pk}/cancel/").status_code == 302
    assert Job.objects.get().state == State.CANCELLED


def test_a_running_job_that_was_cancelled_says_so_at_once(alice: Person) -> None:
    job = job_of(alice, state=State.RUNNING)
    queries.folder_of(job.pk).mkdir(parents=True)
    signed_in(alice).post(f"/work/{job.pk}/cancel/")
    assert "Being cancelled." in page(alice, job)


def test_many_jobs_come_in_pages(alice: Person) -> None:
    for _ in range(30):
        job_of(alice)
    client = signed_in(alice)
    assert client.get("/work/").content.decode().count("Counting") == 25
    assert client.get("/work/?page=2").content.decode().count("Counting") == 5
    assert client.get("/work/?page=nonsense").status_code == 200


def test_pages_follow_the_content_security_policy(alice: Person) -> None:
    response = signed_in(alice).get(f"/work/{job_of(alice).pk}/")
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "style=" not in response.content.decode()
    assert "onclick" not in response.content.decode()
