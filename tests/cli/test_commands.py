"""The list of commands answers at once; each command does what its line says."""

import json
import os
import subprocess
import sys

from click.testing import CliRunner

from fairgate.cli import main
from fairgate.cli.commands import COMMANDS
from fairgate.cli.demo import EDITION


def fairgate(*arguments, data, **more):
    environment = {**os.environ, "FAIRGATE_DATA": str(data), **more}
    return subprocess.run(
        [sys.executable, "-m", "fairgate", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )


def test_help_lists_the_commands_and_imports_none_of_them():
    code = "import sys; from fairgate.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    code += "print([m for m in ('django', 'numpy', 'rich', 'fairgate.cli.customers') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("[]")
    assert "customers" in done.stdout


def test_every_command_is_there_and_explains_itself():
    for name in COMMANDS:
        if name != "manage":  # Django's own help
            said = CliRunner().invoke(main, [name, "--help"])
            assert said.exit_code == 0, name


def test_ctrl_c_while_a_command_is_still_being_loaded_leaves_no_traceback(monkeypatch):
    def stopped(name):
        raise KeyboardInterrupt

    monkeypatch.setattr("fairgate.cli.commands.import_module", stopped)
    said = CliRunner().invoke(main, ["customers", "log.csv"])
    assert (said.exit_code, said.stderr) == (130, "Stopped.\n")


def test_an_unknown_command_is_told():
    said = CliRunner().invoke(main, ["costumers"])
    assert said.exit_code == 2
    assert "costumers" in said.output


def test_verify_finds_a_whole_ledger_whole_and_an_altered_one_altered(tmp_path):
    import sqlite3

    made = fairgate("demo", "halden-small", "--only-make", data=tmp_path)
    assert made.returncode == 0, made.stderr
    place = tmp_path / "demonstration" / f"halden-small-{EDITION}"
    whole = fairgate("verify", data=place)
    assert whole.returncode == 0, whole.stdout + whole.stderr
    assert "The ledger is whole" in whole.stdout
    database = sqlite3.connect(place / "fairgate.sqlite3")
    for (name,) in database.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        database.execute(f'drop trigger "{name}"')
    database.execute("update ledger_entry set actor_name = 'Nobody' where sequence = 3")
    database.commit()
    database.close()
    altered = fairgate("verify", "--json", data=place)
    assert altered.returncode == 1
    assert {found["code"] for found in json.loads(altered.stdout)["findings"]} >= {"edited"}


def test_a_demonstration_is_made_once(tmp_path):
    first = fairgate("demo", "halden-small", "--only-make", data=tmp_path)
    again = fairgate("demo", "halden-small", "--only-make", data=tmp_path)
    assert "Making Halden Small" in first.stdout
    assert "Making" not in again.stdout


def test_a_demonstration_is_served_on_this_machine_only(tmp_path):
    said = fairgate("demo", "--host", "0.0.0.0", data=tmp_path)
    assert said.returncode == 1
    assert "this machine only" in said.stderr
