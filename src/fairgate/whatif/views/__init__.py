"""Pages of the room."""

from fairgate.whatif.views.changing import new_scenario, records, renew, section
from fairgate.whatif.views.exports import run_csv, run_pdf
from fairgate.whatif.views.running import again, new_run
from fairgate.whatif.views.showing import run, scenario, scenarios

__all__ = [
    "again",
    "new_run",
    "new_scenario",
    "records",
    "renew",
    "run",
    "run_csv",
    "run_pdf",
    "scenario",
    "scenarios",
    "section",
]
