"""`fairgate import decisions FILE`: a timer reads its exit code, people read its sentences, programs its JSON."""

import json
import os
import subprocess
import sys

import pytest

from fairgate.gate.actions import imports as actions
from fairgate.gate.models import Decision, DecisionImport, ServiceRequest
from fairgate.gate.rules import ImportState
from fairgate.ledger import queries as ledger
from gate.arriving import THREE, mapping_of
from gate.conftest import PROGRAM, make_gate, make_plant


@pytest.fixture
def source(installation):
    make_gate(make_plant())
    return mapping_of()


def run(installation, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "fairgate", "import", "decisions", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **installation.environment},
    )


def given(tmp_path, content=THREE, name="decisions.csv"):
    file = tmp_path / name
    file.write_text(content)
    return file


def test_every_night_the_same_call(installation, source, tmp_path):
    file = given(tmp_path)
    first = run(installation, file, "--mapping", "qms")
    assert (first.returncode, first.stdout) == (0, "decisions.csv: 3 new, 0 changed. Saved.\n"), first.stderr
    again = run(installation, file, "--mapping", "QMS")
    assert again.stdout == "decisions.csv: 0 new, 0 changed, 3 unchanged. Nothing new.\n"
    second = run(installation, file, "--mapping", "QMS", "--json")
    assert second.returncode == 0
    told = json.loads(second.stdout)
    assert (told["result"], told["counts"]["unchanged"], told["counts"]["new"]) == ("saved", 3, 0)
    given(tmp_path, THREE.replace("12.5", "13.5"))
    third = run(installation, file, "--mapping", "QMS", "--json")
    assert json.loads(third.stdout)["changed_values"] == {"value": 1}
    assert (ServiceRequest.objects.count(), Decision.objects.count()) == (3, 3)
    assert ledger.verify(anchors=installation.data / "anchors").ok


def test_a_dry_run_saves_nothing(installation, source, tmp_path):
    said = run(installation, given(tmp_path), "--mapping", "QMS", "--dry-run")
    assert (said.returncode, "3 new" in said.stdout, "nothing was saved" in said.stdout) == (0, True, True)
    assert not ServiceRequest.objects.exists()
    assert DecisionImport.objects.get().state == ImportState.DISCARDED


def test_problems_are_listed_and_nothing_is_saved(installation, source, tmp_path):
    file = given(tmp_path, THREE.replace("Rejected", "perhaps"))
    said = run(installation, file, "--mapping", "QMS")
    assert said.returncode == 1
    assert "decisions.csv, row 3, column “Decision”: found “perhaps”" in said.stderr
    assert "Nothing was saved." in said.stdout
    told = json.loads(run(installation, file, "--mapping", "QMS", "--json").stdout)
    assert len(told["problems"]) == 1
    assert told["unknown"] == {"outcome": [["perhaps", 1]]}
    assert not ServiceRequest.objects.exists()


@pytest.mark.parametrize("content", ["", "\x00\x01", "a,b\n1,2\n", "%PDF"])
def test_what_is_no_table_of_decisions_is_told_without_a_traceback(installation, source, tmp_path, content):
    said = run(installation, given(tmp_path, content), "--mapping", "QMS")
    assert said.returncode == 1
    assert "decisions.csv" in said.stderr
    assert "Traceback" not in said.stderr


def test_called_wrongly_it_exits_with_2(installation, source, tmp_path):
    file = given(tmp_path)
    for arguments in ([file], [tmp_path / "no.csv", "--mapping", "QMS"], [file, "--mapping", "SAP"]):
        said = run(installation, *arguments)
        assert said.returncode == 2, said.stderr
    assert "“QMS”" in said.stderr


def test_what_the_program_does_at_night_is_in_the_ledger_as_its_own(installation, source, tmp_path):
    from fairgate.ledger.models import Entry

    run(installation, given(tmp_path), "--mapping", "QMS")
    entry = Entry.objects.get(action="gate.decisions-imported")
    assert (entry.actor_id, entry.actor_role) == ("system:command-line", "system")
    assert actions.queries.may_import(PROGRAM, source.deciding_unit_id)
