"""A list of who is who: whole or not at all, told with rows, and nowhere kept."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied

from fairgate.files.models import StoredFile
from fairgate.gate import actions
from fairgate.gate.actions.mapping import AccountsMapped, Unmatched
from fairgate.gate.models import RecordedPerson, ServiceRequest
from fairgate.ledger.models import Entry
from fairgate.people.models import Person

from .arriving import HEADER, applied, mapping_of
from .conftest import PROGRAM, make_cast, make_gate, make_plant

ROWS = "".join(
    f"D-{number},Change,MFG,approved,2026-02-02 10:00,2026-02-01 09:00,L{number},Ann Smith,{who},,,,\n"
    for number, who in enumerate(("Joe Doe", "Mia Roe", "Zoë Low"))
)
WHO = {"Joe Doe": "charlie", "mia  ROE": "Lea"}


@pytest.fixture
def records(cast, gate):
    applied(HEADER + ROWS, mapping_of())
    return cast


def account_of(key):
    return ServiceRequest.objects.get(key=key).submitter.account


def test_names_are_found_however_they_are_written_and_their_requests_are_the_accounts(records):
    done = actions.map_accounts(by=records["alice"], source="QMS", pairs=WHO)
    assert done == AccountsMapped(mapped=2, unmapped=0, unchanged=0)
    assert [account_of(f"D-{n}") for n in range(3)] == [records["charlie"], records["lea"], None]
    assert actions.map_accounts(by=PROGRAM, source="QMS", pairs=WHO) == AccountsMapped(0, 0, 2)


def test_the_ledger_has_counts_and_nobody_in_them(records):
    actions.map_accounts(by=records["alice"], source="QMS", pairs=WHO)
    actions.map_accounts(by=records["alice"], source="QMS", pairs=WHO)
    entry = Entry.objects.get(action="gate.accounts-mapped")
    assert json.loads(entry.new) == {"mapped": 2, "unmapped": 0}
    people = RecordedPerson.objects.exclude(account=None)
    hidden = [
        "Joe",
        "charlie",
        records["charlie"].actor_id,
        *(one.pseudonym for one in people),
        *(one.digest for one in people),
    ]
    text = str([getattr(entry, field.name) for field in entry._meta.fields])
    assert not [word for word in hidden if word in text]


def test_an_empty_account_takes_the_mapping_back(records):
    actions.map_accounts(by=PROGRAM, source="QMS", pairs=WHO)
    done = actions.map_accounts(by=PROGRAM, source="QMS", pairs={"Joe Doe": "", "Zoë Low": ""})
    assert done == AccountsMapped(mapped=0, unmapped=1, unchanged=1)
    assert account_of("D-0") is None


def test_one_unknown_name_or_account_and_nothing_is_saved(records):
    for pairs in ({**WHO, "Nobody": "charlie"}, {**WHO, "Zoë Low": "nobody"}):
        with pytest.raises(Unmatched) as refused:
            actions.map_accounts(by=PROGRAM, source="QMS", pairs=pairs)
        assert refused.value.found.unknown_names | refused.value.found.unknown_accounts <= {
            "Nobody",
            "nobody",
        }
    with pytest.raises(Unmatched):
        actions.map_accounts(by=PROGRAM, source="another system", pairs=WHO)
    assert not RecordedPerson.objects.exclude(account=None).exists()
    assert not Entry.objects.filter(action="gate.accounts-mapped").exists()


@pytest.mark.parametrize("who", ["bob", "charlie", "dora", "emil", "gil", "lea", "rita"])
def test_only_stewards_and_the_program_say_who_is_who(records, who):
    with pytest.raises(PermissionDenied):
        actions.map_accounts(by=records[who], source="QMS", pairs=WHO)


def run(installation, *arguments):
    key = {"FAIRGATE_PEOPLE_KEY": settings.PEOPLE_KEY}
    return subprocess.run(
        [sys.executable, "-m", "fairgate", "import", "accounts", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **installation.environment, **key},
    )


@pytest.fixture
def source(installation):
    units = make_plant()
    make_gate(units)
    make_cast(units)
    applied(HEADER + ROWS, mapping_of())
    return installation


def given(tmp_path, *rows, header="Name,Sign-in name"):
    file = tmp_path / "who.csv"
    file.write_text("\n".join([header, *rows]) + "\n")
    return file


def test_the_command_looks_first_and_saves_when_asked(source, tmp_path):
    file = given(tmp_path, "Joe Doe,charlie", "Mia Roe,lea", "Zoë Low,")
    dry = run(source, file, "--source", "QMS", "--dry-run")
    assert (dry.returncode, dry.stdout) == (
        0,
        "who.csv: 2 mapped, 1 unmapped. Dry run: nothing was saved.\n",
    ), dry.stderr
    assert not RecordedPerson.objects.exclude(account=None).exists()
    done = run(source, file, "--source", "QMS", "--json")
    told = json.loads(done.stdout)
    assert (told["result"], told["counts"]) == ("saved", {"mapped": 2, "unmapped": 0, "unchanged": 1})
    people = RecordedPerson.objects.exclude(account=None)
    assert set(people.values_list("account__username", flat=True)) == {"charlie", "lea"}
    assert not StoredFile.objects.filter(surveys=None, decision_imports=None).exists()


def test_every_problem_is_told_with_its_row_and_nothing_is_saved(source, tmp_path):
    file = given(
        tmp_path, "Joe Doe,charlie", "Jim Doe,lea", "Mia Roe,nobody", ",dan", "joe  doe,lea", "Zoë Low,dan"
    )
    said = run(source, file, "--source", "QMS")
    assert said.returncode == 1
    for line in (
        "who.csv, row 3, column “Name”: found “Jim Doe”; expected a name that occurs in the records of “QMS”",
        "who.csv, row 4, column “Sign-in name”: found “nobody”; expected the sign-in name of an account",
        "who.csv, row 5, column “Name”: found nothing; expected a name as that system writes it",
        "who.csv, row 6, column “Sign-in name”: found another sign-in name than in row 2",
    ):
        assert line in said.stderr
    assert said.stderr.count("\n") == 4
    assert "nothing was saved" in said.stdout
    assert not RecordedPerson.objects.exclude(account=None).exists()
    assert Person.objects.filter(username="dan").exists()


def test_called_wrongly_or_with_another_table_it_says_what_was_expected(source, tmp_path):
    file = given(tmp_path, "Joe Doe,charlie")
    for arguments in ([file], [tmp_path / "none.csv", "--source", "QMS"], [file, "--source", "SAP"]):
        assert run(source, *arguments).returncode == 2
    other = given(tmp_path, "a,b", header="Lot,Weight")
    said = run(source, other, "--source", "QMS")
    assert said.returncode == 1
    assert "found the columns “Lot” and “Weight”" in said.stderr
    assert "Traceback" not in said.stderr
