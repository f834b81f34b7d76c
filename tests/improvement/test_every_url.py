"""Every address of the room, for everybody, by GET and by POST without fields."""

import pytest
from django.test import Client
from django.urls import reverse

from fairgate.improvement import actions
from fairgate.improvement.rules import CommitmentState, Direction
from fairgate.improvement.urls import urlpatterns

from .conftest import CAST, MANUFACTURING, QUALITY, TEAM, held, planned, promised, signed_in, summarised

OK, GONE_ON, REFUSED, NONE, INVALID = 200, 302, 403, 404, 422
EVERYBODY = set(CAST)
ASKED = {"charlie"}  # the person interviewed, and promised to
READERS = TEAM | {
    "quentin",
    "alice",
    "dora",
    "emil",
    "charlie",
    "mona",
}  # of the promise between the two units
LEADS = {"bob", "lea"}
OWNERS = LEADS | {"rita"}

# address: {who: (GET, POST without fields)}; whoever stands in none of them gets the last one.
TEAM_ONLY = [(TEAM, OK, OK), (EVERYBODY, REFUSED, REFUSED)]
TABLE = {
    "improvement": [(EVERYBODY, OK, OK)],
    "mine": [(EVERYBODY, OK, OK)],
    "customers": TEAM_ONLY,
    "interviews": TEAM_ONLY,
    "plan": [(TEAM, OK, INVALID), (EVERYBODY, REFUSED, REFUSED)],
    "interview": [(TEAM | ASKED, OK, OK), (EVERYBODY, NONE, NONE)],
    "change": [(TEAM, OK, INVALID), (ASKED, REFUSED, REFUSED), (EVERYBODY, NONE, NONE)],
    "calendar": [(TEAM | ASKED, OK, OK), (EVERYBODY, NONE, NONE)],
    "hold": [(TEAM, OK, INVALID), (ASKED, REFUSED, REFUSED), (EVERYBODY, NONE, NONE)],
    "call-off": [(TEAM, OK, INVALID), (ASKED, REFUSED, REFUSED), (EVERYBODY, NONE, NONE)],
    # Lea is an executive as well, Bruno works where Charlie does: of the team, but not for notes.
    "notes": [
        ({"bob", "rita"}, OK, GONE_ON),
        ({"lea", "bruno"} | ASKED, REFUSED, REFUSED),
        (EVERYBODY, NONE, NONE),
    ],
    "summary": [(TEAM, OK, INVALID), (ASKED, REFUSED, REFUSED), (EVERYBODY, NONE, NONE)],
    "summary-pdf": [(TEAM, OK, OK), (EVERYBODY, NONE, NONE)],  # not shared yet
    "share": [(TEAM, OK, INVALID), (ASKED, REFUSED, REFUSED), (EVERYBODY, NONE, NONE)],
    "themes": [(TEAM | {"dora", "emil"}, OK, OK), (EVERYBODY, REFUSED, REFUSED)],
    "theme": TEAM_ONLY,
    "guide": [(TEAM, OK, INVALID), (EVERYBODY, REFUSED, REFUSED)],
    "commitments": [(EVERYBODY, OK, OK)],
    "export": [(EVERYBODY, OK, OK)],
    "between": [(TEAM | {"charlie", "mona", "dan"}, OK, INVALID), (EVERYBODY, REFUSED, REFUSED)],
    "promise": [(TEAM, OK, INVALID), (EVERYBODY, REFUSED, REFUSED)],
    "commitment": [(READERS, OK, OK), (EVERYBODY, NONE, NONE)],
    "close": [(OWNERS, OK, INVALID), (READERS, REFUSED, REFUSED), (EVERYBODY, NONE, NONE)],
    "reopen": [(OWNERS, OK, INVALID), (READERS, REFUSED, REFUSED), (EVERYBODY, NONE, NONE)],
    "reassign": [(LEADS, OK, INVALID), (READERS, REFUSED, REFUSED), (EVERYBODY, NONE, NONE)],
    "answer": [(ASKED, OK, INVALID), (READERS, REFUSED, REFUSED), (EVERYBODY, NONE, NONE)],
    "charters": [(EVERYBODY, GONE_ON, GONE_ON)],  # there is one: it
    "charter": [(EVERYBODY, OK, OK)],
    "charter-pdf": [(EVERYBODY, OK, OK)],
    "edit-charter": [(LEADS, OK, INVALID), (EVERYBODY, REFUSED, REFUSED)],
}


@pytest.fixture
def addresses(cast, plant):
    plan, talk, heard = planned(cast, plant), held(cast, plant), summarised(cast, plant)
    open_, done = promised(cast, plant), promised(cast, plant)
    actions.close(by=cast["rita"], pk=done.pk, state=CommitmentState.DONE, why="Done.")
    quality, making = plant[QUALITY].pk, plant[MANUFACTURING].pk
    arguments = {
        "plan": [Direction.CUSTOMER, quality, making],
        "interview": [plan.pk],
        "change": [plan.pk],
        "calendar": [plan.pk],
        "hold": [plan.pk],
        "call-off": [plan.pk],
        "notes": [talk.pk],
        "summary": [talk.pk],
        "summary-pdf": [heard.pk],
        "share": [heard.pk],
        "theme": [heard.themes.get().pk],
        "guide": [Direction.SUPPLIER, quality],
        "export": ["csv"],
        "promise": [quality, making],
        "commitment": [open_.pk],
        "close": [open_.pk],
        "reopen": [done.pk],
        "reassign": [open_.pk],
        "answer": [done.pk],
        "charter": [quality],
        "charter-pdf": [quality],
        "edit-charter": [quality],
    }
    return {name: reverse(f"improvement:{name}", args=arguments.get(name, [])) for name in TABLE}


def expected(name, who):
    return next((get, post) for people, get, post in TABLE[name] if who in people)


def test_the_table_names_every_address():
    assert {page.name for page in urlpatterns} == TABLE.keys()


@pytest.mark.parametrize("name", TABLE)
def test_every_address_answers_everybody_as_it_should(cast, addresses, name):
    for who in CAST:
        get, post = expected(name, who)
        client = signed_in(cast[who])
        assert client.get(addresses[name]).status_code == get, f"{who} GET"
        if name == "notes" and who == "rita":
            post = INVALID  # Bob wrote an empty page of notes meanwhile: his is not overwritten unseen
        assert client.post(addresses[name]).status_code == post, f"{who} POST"


@pytest.mark.parametrize("name", TABLE)
def test_outside_there_is_only_the_sign_in_page(addresses, name):
    for answer in (Client().get(addresses[name]), Client().post(addresses[name])):
        assert answer.status_code == GONE_ON
        assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "path",
    [
        "interviews/999999/",
        "interviews/999999/thirty-minutes.ics",
        "commitments/999999/",
        "commitments/table.exe",
        "themes/999999/",
        "charter/999999/",
        "nothing/",
    ],
)
def test_what_is_not_there_is_a_plain_404(cast, plant, path):
    answer = signed_in(cast["bob"]).get(f"/improvement/{path}")
    assert answer.status_code == NONE
    assert "Traceback" not in answer.content.decode()


def test_a_unit_that_is_not_there_can_not_be_asked(cast, plant):
    address = f"/improvement/interviews/new/customer/{plant[QUALITY].pk}/999999/"
    assert signed_in(cast["bob"]).get(address).status_code == NONE


def test_a_unit_that_decides_on_nobody_has_no_charter(cast, plant):
    assert signed_in(cast["bob"]).get(f"/improvement/charter/{plant[MANUFACTURING].pk}/").status_code == NONE


def test_the_team_of_another_unit_is_not_ones_own(cast, plant):
    assert signed_in(cast["mona"]).get("/improvement/customers/").status_code == REFUSED
    answer = signed_in(cast["bob"]).get(f"/improvement/customers/?unit={plant[MANUFACTURING].pk}")
    assert answer.status_code == REFUSED
