"""`fairgate customers FILE`: sentences for people, JSON for programs, clear words for what can't be read."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from fairgate.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"
LOG = """case,activity,unit,time,external customer
1,Make,MFG,2026-01-01 08:00,Patients
1,Batch approved,QA,2026-01-02 08:00,Patients
1,Ship,Warehouse,2026-01-03 08:00,Patients
"""
KEYS = {
    "unit", "cases", "served", "external_customers", "internal_customers", "authority_over", "customer_of",
    "indispensable_to", "loss_if_absent", "readings", "discrimination", "coverage",
}  # fmt: skip


def run(*arguments):
    return CliRunner().invoke(main, ["customers", *map(str, arguments)])


@pytest.fixture
def log(tmp_path):
    file = tmp_path / "log.csv"
    file.write_text(LOG)
    return file


def test_manufacturing_is_qas_customer_by_release_and_under_its_authority(log):
    told = json.loads(run(log, "--unit", "QA", "--json").output)
    assert told.keys() >= KEYS
    customers = {one["unit"]: one for one in told["internal_customers"]}
    assert customers["MFG"]["by_release"] == 1.0
    assert customers["MFG"]["by_help"] == 0.0
    assert customers["MFG"]["under_our_authority"] is True
    assert customers["Warehouse"]["by_help"] == 1.0
    assert told["external_customers"][0]["name"] == "Patients"
    assert {one["unit"] for one in told["authority_over"]} == {"MFG"}
    assert told["readings"].keys() == {"by_need", "authority", "external"}


def test_text_reads_as_sentences_with_a_table(log):
    said = run(log, "--unit", "QA").output
    assert "2 of 2 other units need QA in order to serve an external customer: MFG and Warehouse." in said
    assert "MFG is both: it needs QA and is under its authority." in said
    assert "How do we know?" in said
    assert "Measured: counted from 1 documents" in said


def test_without_a_unit_every_unit_has_a_line(log):
    told = json.loads(run(log, "--json").output)
    assert [one["unit"] for one in told["units"]] == ["MFG", "QA", "Warehouse"]
    assert told["discrimination"].keys() >= {"index", "null_mean", "null_sd"}
    said = run(log).output
    assert all(name in said for name in ("MFG", "QA", "Warehouse"))


def test_a_table_of_needs_is_recognised(tmp_path):
    said = run(EXAMPLES / "needs.csv")
    assert said.exit_code == 0
    file = tmp_path / "needs.csv"
    file.write_text(
        "who needs,what,from whom,process,external customer,kind\nMFG,release,QA,Tablets,Patients,release\n"
    )
    told = json.loads(run(file, "--unit", "QA", "--json").output)
    assert told["internal_customers"][0]["dependence"] == 1.0
    assert told["kind"] == "declared"


def test_the_toy_chain_of_flows_gives_its_known_answers():
    told = {one["unit"]: one for one in json.loads(run(EXAMPLES / "flows.csv", "--json").output)["units"]}
    laboratory = told["Laboratory"]["loss_if_absent"]
    assert laboratory["work_stops"] == pytest.approx(0.625)
    assert laboratory["rerouted"] == pytest.approx(0.0, abs=1e-12)
    indispensable = {name for name, one in told.items() if "Patients" in one["indispensable_to"]}
    assert indispensable == {"Sourcing", "Production", "Quality", "Warehouse"}


def test_the_sample_log_comes_with_the_project():
    said = run(EXAMPLES / "batches.csv")
    assert said.exit_code == 0
    assert "Discrimination index" in said.output


def test_an_unknown_unit_is_told_with_near_names(log):
    said = run(log, "--unit", "Warehuose")
    assert said.exit_code == 1
    assert "Did you mean Warehouse?" in said.output


def test_a_profile_keeps_the_options_and_what_is_typed_wins(log, tmp_path):
    profile = tmp_path / "log.toml"
    profile.write_text('approve = "nothing like this"\n')
    none = json.loads(run(log, "--unit", "QA", "--profile", profile, "--json").output)
    assert none["decisions"] == 0
    typed = json.loads(
        run(log, "--unit", "QA", "--profile", profile, "--approve", "approved", "--json").output
    )
    assert typed["decisions"] == 1


def test_an_option_that_names_no_column_lists_those_there_are(log):
    said = run(log, "--unit-from", "departement")
    assert said.exit_code == 1
    assert "departement" in said.output
    assert "activity" in said.output


def test_the_pdf_is_one_page(log, tmp_path):
    from pypdf import PdfReader

    pdf = tmp_path / "qa.pdf"
    assert run(log, "--unit", "QA", "--pdf", pdf).exit_code == 0
    reader = PdfReader(pdf)
    assert len(reader.pages) == 1
    assert "Who are the customers of QA?" in reader.pages[0].extract_text()


def test_a_pdf_needs_a_unit_and_a_place(log, tmp_path):
    assert "say which with --unit" in run(log, "--pdf", tmp_path / "x.pdf").output
    said = run(log, "--unit", "QA", "--pdf", tmp_path / "nowhere" / "x.pdf")
    assert said.exit_code == 1
    assert "could not be written" in said.output


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_what_is_no_file_is_told(tmp_path, name):
    said = run(tmp_path / name)
    assert said.exit_code == 1
    assert "a file was expected" in said.output


def test_bad_input_is_no_traceback(tmp_path):
    file = tmp_path / "bad.csv"
    for content in (
        b"",
        b"\x00\x01\x02",
        b"a,b\n1,2\n",
        LOG.replace("2026", "late").encode(),
        b"\x1f\x8b\x08broken",
    ):
        file.write_bytes(content)
        said = run(file)
        assert said.exit_code == 1, content
        assert said.output.startswith("Error: ")
        assert "Traceback" not in said.output


def test_django_is_not_loaded_to_answer(log):
    code = (
        "import sys; from fairgate.cli import main\n"
        "try: main(sys.argv[1:])\nexcept SystemExit: pass\n"
        "print('django' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "customers", str(log), "--unit", "QA"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.rstrip().endswith("False")
