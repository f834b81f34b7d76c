"""`fairgate whatif`: the threshold first, assumptions above figures, refusals that help."""

import json
import os
import signal
import subprocess
import sys
import tomllib
from contextlib import suppress

import pytest
from click.testing import CliRunner

from fairgate.cli import main
from fairgate.engines.counterfactual import BY_NAME
from fairgate.shared.translations import ENGLISH
from fairgate.whatif.wording import names
from fairgate.whatif.wording import numbers as words

QUICK = ("--replicates", "400", "--years", "6")


def run(*arguments):
    return CliRunner().invoke(main, ["whatif", *map(str, arguments)])


@pytest.fixture(scope="module")
def halden():
    found = run(*QUICK)
    assert found.exit_code == 0, found.output
    return found.output


def test_the_threshold_is_the_first_sentence(halden):
    assert halden.startswith("Today's checks pay for themselves if more than ")
    first = halden.splitlines()[0]
    assert (
        " by chance) in 1,000 lots would be seriously wrong without them; this scenario holds between "
        in first
    )
    assert "they do" in first
    assert "of 100 sets of numbers held possible, today's checks are worth more than none in " in first


def test_assumptions_stand_above_every_illustration(halden):
    assumptions, illustration = (
        halden.index("Assumptions this hangs on most"),
        halden.index("What each way leads to"),
    )
    assert halden.index("Does the scenario reproduce what was counted?") < illustration
    assert assumptions < illustration
    assert "are published figures and" in halden
    assert "If nobody checked, " in halden


def test_all_ways_and_all_kinds_of_figures_are_there(halden):
    for name in (
        "less checking (50% of today's lots)",
        "checking by exception",
        "more checking",
        "nobody checking, and the licence ends",
    ):
        assert name in halden
    for part in (
        "prevention",
        "appraisal",
        "internal failure",
        "external failure",
        "critical",
        "Still in business",
        "held possible",
    ):
        assert part in halden
    assert "can't be read from catches" in halden


def test_nobody_measured_the_plant_of_the_examples(halden, tmp_path):
    assert "parameters, 0 were measured" in halden
    assert "Counted: invented with the plant of the examples; nobody counted it." in halden
    run("--write-scenario", tmp_path / "plant.toml")
    held = tomllib.loads((tmp_path / "plant.toml").read_text())
    entries = [entry for name, entry in held.items() if isinstance(entry, dict) for entry in entry.values()]
    assert {entry["kind"] for entry in entries} == {"assumed", "published"}
    assert all(entry["author"] and entry["date"] for entry in entries if entry["kind"] == "assumed")
    assert all("invented" in one["source"] for one in held["observed"])


def test_json_says_the_same_and_depends_neither_on_workers(tmp_path):
    told = [
        run(*QUICK, "--policy", "less", "--policy", "nobody", "--workers", n, "--json").output for n in (1, 3)
    ]
    assert told[0] == told[1]
    found = json.loads(told[0])
    assert found["refused"] is False
    assert found["policies"] == ["today", "less:share=0.5", "nobody"]
    assert found["threshold"]["per_thousand"]["nobody"][0] > 0
    assert {one["policy"] for one in found["differences"]} == {"less:share=0.5", "nobody"}
    assert found["scenario"]["parameters"]["quality.flawed"]["kind"] == "assumed"


def test_a_written_scenario_explains_every_number_and_is_read_back(tmp_path):
    file = tmp_path / "plant.toml"
    assert run("--write-scenario", file, "--set", "quality.flawed=0.02").exit_code == 0
    text = file.read_text()
    held = tomllib.loads(text)
    assert held["quality"]["flawed"]["value"] == 0.02
    for name, parameter in BY_NAME.items():
        section, _, key = name.partition(".")
        entry = held[section][key]
        assert {"value", "unit", "kind", "author"} <= entry.keys()
        assert entry["unit"] == parameter.unit
        assert parameter.says.split()[0] in text
    again = tmp_path / "again.toml"
    assert run(file, "--write-scenario", again).exit_code == 0
    assert again.read_text() == text


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (
            "value = 42",
            "value = -42",
            "plant.lots_per_month: found -42; expected a number from 0.5 to 100000 (lots per month)",
        ),
        ("value = 0.98", "value = 1.98", "check.specificity: "),
        ("version = 2", "version = 0", "version: found 0; expected 2"),
        ("version = 2\n", "", "version: found none; expected 2"),
        (
            "version = 2\n",
            'version = "1"\n',
            'version: found "1"; expected a number without quotation marks: version = 2',
        ),
        (
            "version = 2\n",
            "version = true\n",
            "version: found true; expected a number without quotation marks",
        ),
        (
            'kind = "assumed"',
            'kind = "measured"',
            "plant.lots_per_month: found kind “measured”; expected assumed or published",
        ),
        ('"exception"', '"by exception"', "there is no such policy"),
        (
            "lots_per_month =",
            "lots_a_month =",
            "No parameter is called plant.lots_a_month. Did you mean plant.lots_per_month",
        ),
        ('what = "recalls"', 'what = "recall"', "observed: found recall; expected one of complaints"),
    ],
)
def test_a_wrong_file_is_refused_with_file_line_and_range(tmp_path, right, wrong, said):
    file = tmp_path / "plant.toml"
    run("--write-scenario", file)
    text = file.read_text()
    assert right in text
    file.write_text(text.replace(right, wrong, 1))
    found = run(file)
    assert found.exit_code == 1
    assert found.output.startswith("Error: plant.toml")
    assert said in found.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--policy", "lots"), "there is no such policy"),
        (
            ("--set", "check.sensitivity_major=1.5"),
            "check.sensitivity_major: found 1.5; expected a number from 0 to 1",
        ),
        (("--set", "plant.reviewers=1"), "reviewers can't keep up"),
        (("--set", "plant.reviewers"), "expected a number, as in"),
        (("--years", "0"), "years: found 0; expected a number from 1/12 to 100"),
        (("--years", "nan"), "years: found nan"),
        (("--replicates", "3"), "replicates: found 3"),
        (("--seed", "-1"), "seed: found -1"),
        (("--despite", "x"), "--despite: found “x”; expected a reason of at least 3 words"),
        (("--despite", " "), "expected a reason of at least 3 words"),
        (("--workers", "0"), "workers: found 0"),
        (("none.toml",), "none.toml: found a scenario that can't be opened"),
        (("--break-even", "quality.flawed=a:b"), "expected a span such as 0.001:0.1"),
        (("--break-even", "quality.flaw"), "No parameter is called quality.flaw."),
    ],
)
def test_bad_input_gets_a_sentence(arguments, said):
    found = run(*arguments)
    assert found.exit_code == 1
    assert said in found.output
    assert "Traceback" not in found.output


def test_a_scenario_that_does_not_fit_shows_nothing_until_somebody_says_why(tmp_path):
    file = tmp_path / "plant.toml"
    run("--write-scenario", file)
    file.write_text(
        file.read_text().replace('what = "complaints"\ncount = 4', 'what = "complaints"\ncount = 90')
    )
    refused = run(file, *QUICK)
    assert refused.exit_code == 1
    assert "does not reproduce what was counted" in refused.output
    assert "Complaints: 90 in 2 years, but the scenario says" in refused.output
    assert "pay for themselves" not in refused.output
    assert json.loads(run(file, *QUICK, "--json").output)["refused"] is True
    shown = run(file, *QUICK, "--policy", "nobody", "--despite", "a batch of leaflets")
    assert shown.exit_code == 0
    assert shown.output.count("a batch of leaflets") >= 2
    assert "pay for themselves" in shown.output


def test_a_scenario_is_not_written_over_unasked(tmp_path):
    file = tmp_path / "plant.toml"
    file.write_text("mine")
    refused = run("--write-scenario", file)
    assert refused.exit_code == 1
    assert "plant.toml: found a file that is there already; expected a new name, or --force" in refused.output
    assert file.read_text() == "mine"
    assert run("--write-scenario", file, "--force").exit_code == 0
    assert "version = 2" in file.read_text()


def test_the_tables_say_which_comparison_swings_are_of(halden):
    assert "What it hangs on: worth of today's checks over nobody checking (thousand)" in halden
    assert halden.count("Every figure is the middle of what is held possible") == 1


def test_no_figure_of_the_json_lies_outside_its_band():
    found = json.loads(run(*QUICK, "--policy", "less", "--policy", "nobody", "--json").output)
    assert found["answer"] == 3
    for one in found["outcomes"]:
        assert one["worth"]["low"] <= one["worth"]["middle"] <= one["worth"]["high"]
        assert "mean" not in one["worth"]
    assert found["tornados"][0]["policy"] == "today"


def test_under_very_low_defect_rates_it_says_openly_that_less_wins():
    said = run(
        *QUICK, "--set", "quality.flawed=0.0003", "--set", "quality.drift=0", "--despite", "only a test"
    ).output
    assert "less checking is worth more" in said or "Less checking wins" in said
    assert "Worth most: nobody checking" in said or "Nobody checking and" in said


def test_an_overloaded_policy_is_explained():
    said = run(*QUICK, "--policy", "more:reviews=4").output
    assert "reviewers can't keep up" in said
    assert "4 reviewers are there; at least 8 would be needed" in said


def test_a_break_even_line_for_any_parameter():
    said = run(
        *QUICK, "--break-even", "money.recall_critical", "--policy", "today", "--policy", "exception"
    ).output
    assert "today's checks and checking by exception are worth the same at money.recall_critical = " in said
    told = json.loads(
        run(*QUICK, "--break-even", "quality.flawed=0.0005:0.2", "--policy", "nobody", "--json").output
    )
    assert told["break_even"][0]["crossings"][0]["above"] == "today"


def test_a_curve_gives_acceptance_outgoing_quality_and_inspection():
    arguments = ("curve", "--policy", "single:n=80,c=2", "--defect-rate", "0.01,0.02", "--lot-size", "1000")
    told = json.loads(run(*arguments, "--json").output)
    assert [one["wrong"] for one in told["points"]] == [0.01, 0.02]
    assert told["points"][0]["acceptance"] == pytest.approx(0.9534468, abs=1e-7)
    assert told["points"][0]["outgoing"] == pytest.approx(0.9534468 * 0.01 * 920 / 1000, abs=1e-7)
    assert told["points"][0]["inspected_per_lot"] == pytest.approx(122.829, abs=1e-3)
    said = run(*arguments).output
    assert "95.34%" in said
    assert "AOQL" in said
    assert "expected shares from 0 to 1" in run("curve", "--policy", "all", "--defect-rate", "x").output


def test_help_shows_the_policies():
    said = run("--help").output
    assert "skip:n=80,c=2,i=8,f=0.25" in said
    assert "whatif curve --help" in said


def test_ctrl_c_stops_cleanly():
    watched, terminal = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "fairgate", "whatif", "--replicates", "100000", "--workers", "2"],
        stdout=subprocess.PIPE, stderr=terminal, text=True, start_new_session=True,
    )  # fmt: skip
    os.close(terminal)
    error = os.read(watched, 4096)  # the first of its progress: it is at work
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to everything it started
    with suppress(OSError):  # what Linux raises at the end of a closed terminal
        while more := os.read(watched, 4096):
            error += more
    out, _ = process.communicate(timeout=60)
    os.close(watched)
    assert process.returncode == 130
    assert b"Stopped. Nothing was written." in error
    assert b"Traceback" not in error
    assert out == ""


def test_numbers_are_told_with_the_figures_that_count():
    assert [words.small(x) for x in (0, 0.00123, 0.5, 2.72, 3.0, 14.7, 12345.6)] == [
        "0",
        "0.0012",
        "0.5",
        "2.7",
        "3",
        "15",
        "12,346",
    ]
    assert [words.signed(x) for x in (-2.5, 0, 3)] == ["\u22122.5", "0", "+3"]
    assert names.policy_name("nobody:licence=ends", ENGLISH) == "nobody checking, and the licence ends"
