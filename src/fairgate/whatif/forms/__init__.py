"""What people type in."""

from fairgate.whatif.forms.parameters import SectionForm, told
from fairgate.whatif.forms.records import RecordsForm, StartForm
from fairgate.whatif.forms.runs import AgainForm, RunForm

__all__ = ["AgainForm", "RecordsForm", "RunForm", "SectionForm", "StartForm", "told"]
