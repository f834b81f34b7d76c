"""Notes stay with the team: a sentence is planted in them and looked for everywhere else."""

import io
import re
import zipfile

import pytest
from django.apps import apps
from django.db import connection
from django.urls import get_resolver, reverse
from pypdf import PdfReader

from fairgate.improvement import actions
from fairgate.improvement.models import Notes
from fairgate.improvement.rules import CommitmentState, Direction
from test_every_url import addresses as every_address

from .conftest import CAST, MANUFACTURING, QUALITY, SECRET, promised, signed_in, summarised
from .test_every_url import TABLE

WORD = SECRET.partition(":")[0]
HEARD = "Gibraltar works well"  # what only the summary says


@pytest.fixture
def talk(cast, plant):
    """Bob's notes and summary of his talk with Charlie, typed into the pages themselves."""
    one = summarised(cast, plant, works=HEARD)
    bob = signed_in(cast["bob"])
    answer = bob.post(reverse("improvement:notes", args=[one.pk]), {"text": SECRET, "seen": ""})
    assert answer.status_code == 302
    assert Notes.objects.get().text == SECRET
    assert WORD in bob.get(reverse("improvement:interview", args=[one.pk])).content.decode()
    commitment = promised(cast, plant, interview=one.pk)
    actions.close(by=cast["rita"], pk=commitment.pk, state=CommitmentState.DONE, why="Done.")
    return one, commitment


def dump():
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield (
                    table,
                    " ".join(
                        value.tobytes().decode("utf-8", "replace")
                        if isinstance(value, memoryview)
                        else str(value)
                        for value in row
                    ),
                )


def test_the_whole_database_holds_the_sentence_in_one_table_only(talk):
    found = {table for table, row in dump() if WORD in row}
    assert found == {Notes._meta.db_table}
    assert len({table for table, _ in dump()}) > 10
    assert {table for table, row in dump() if HEARD in row} == {
        apps.get_model("improvement.Summary")._meta.db_table
    }


def urls_of_the_room(talk, plant):
    one, commitment = talk
    quality, making, theme = plant[QUALITY].pk, plant[MANUFACTURING].pk, one.themes.get().pk
    given = {
        "plan": [Direction.CUSTOMER, quality, making],
        "theme": [theme],
        "guide": [Direction.CUSTOMER, quality],
        "promise": [quality, making],
        "charter": [quality],
        "charter-pdf": [quality],
        "edit-charter": [quality],
    }
    for name in TABLE:
        for arguments in _arguments(name, given, one, commitment):
            yield reverse(f"improvement:{name}", args=arguments)


def _arguments(name, given, one, commitment):
    if name == "export":
        return [["csv"], ["xlsx"]]
    if name in given:
        return [given[name]]
    if name in {"commitment", "close", "reopen", "reassign", "answer"}:
        return [[commitment.pk]]
    takes = re.search(rf"interviews/<int:pk>/.*'{name}'|name='{name}'", str(_pattern(name)))
    return [[one.pk]] if takes and "<int:pk>" in str(_pattern(name)) else [[]]


def _pattern(name):
    from fairgate.improvement.urls import urlpatterns

    return next(page for page in urlpatterns if page.name == name)


def pages_everywhere(who, cast, talk, plant):
    """Every page of the room, with its real arguments, and every address of the house, with plausible ones."""
    client = signed_in(cast[who])
    client.raise_request_exception = False
    addresses = [*urls_of_the_room(talk, plant), *(each.url for each in every_address(get_resolver()))]
    for address in addresses:
        answer = client.get(address)
        yield address, words_of(b"".join(answer.streaming_content) if answer.streaming else answer.content)


def words_of(content):
    """What can be read in it, also where it is packed: a PDF, a spreadsheet."""
    if content.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return content.decode("utf-8", "replace")


@pytest.mark.parametrize("who", [who for who in CAST if who not in {"bob", "rita"}])
def test_no_page_shows_the_notes_to_anybody_else(cast, talk, plant, who):
    told = [address for address, content in pages_everywhere(who, cast, talk, plant) if WORD in content]
    assert told == []


def test_the_pages_looked_at_are_those_that_could_show_them(cast, talk, plant):
    """The same walk as Rita, who may: so the walk above does pass by the notes."""
    told = [address for address, content in pages_everywhere("rita", cast, talk, plant) if WORD in content]
    one, _ = talk
    assert set(told) >= {
        reverse(f"improvement:{name}", args=[one.pk]) for name in ("interview", "notes", "summary")
    }


@pytest.mark.parametrize("who", ["alice", "charlie", "mona", "quentin", "dora", "emil", "gil", "fay", "dan"])
def test_no_page_shows_the_summary_before_it_is_shared(cast, talk, plant, who):
    told = [address for address, content in pages_everywhere(who, cast, talk, plant) if HEARD in content]
    assert told == []


def test_shared_the_person_reads_it_and_nobody_else_does(cast, talk, plant):
    one, _ = talk
    actions.share(by=cast["bob"], pk=one.pk, seen=one.summary.digest)
    address = reverse("improvement:interview", args=[one.pk])
    assert HEARD in signed_in(cast["charlie"]).get(address).content.decode()
    assert (
        signed_in(cast["charlie"]).get(reverse("improvement:summary-pdf", args=[one.pk])).status_code == 200
    )
    for who in ("alice", "mona", "dora", "emil"):
        assert signed_in(cast[who]).get(address).status_code == 404


def test_a_team_member_who_is_interviewed_sees_what_others_would_see(cast, plant):
    """Bruno works in both units: of a talk with himself he is no judge."""
    one = summarised(cast, plant, works=HEARD, person=cast["bruno"].pk)
    actions.write_notes(by=cast["bob"], pk=one.pk, text=SECRET, seen="")
    page = signed_in(cast["bruno"]).get(reverse("improvement:interview", args=[one.pk])).content.decode()
    assert HEARD not in page
    assert WORD not in page
    listed = signed_in(cast["bruno"]).get(reverse("improvement:interviews")).content.decode()
    assert reverse("improvement:interview", args=[one.pk]) not in listed


def test_notes_leave_with_the_role_and_with_the_unit(cast, plant, talk):
    from fairgate.organisation import actions as organisation

    from .conftest import PROGRAM

    one, _ = talk
    address = reverse("improvement:notes", args=[one.pk])
    assert signed_in(cast["rita"]).get(address).status_code == 200
    organisation.remove_member(by=PROGRAM, person=cast["rita"].pk, unit=plant[QUALITY])
    assert signed_in(cast["rita"]).get(address).status_code == 404


def test_auditors_and_executives_see_counts_of_themes_without_names_or_links(cast, talk):
    for who in ("dora", "emil"):
        page = signed_in(cast[who]).get(reverse("improvement:themes")).content.decode()
        assert "waiting" in page
        assert "/improvement/themes/1" not in page
        assert "Charlie" not in page
