"""What people type in."""

from fairgate.whatif.forms.parameters import SectionForm
from fairgate.whatif.forms.records import RecordsForm, StartForm
from fairgate.whatif.forms.runs import AgainForm, RunForm

__all__ = ["AgainForm", "RecordsForm", "RunForm", "SectionForm", "StartForm"]
