"""The form for each thing that has editions."""

from collections.abc import Mapping

from fairgate.gate.forms.calendars import CalendarForm
from fairgate.gate.forms.editions import RuleForm
from fairgate.gate.forms.kinds import KindForm, SeverityForm
from fairgate.gate.forms.presets import PresetForm
from fairgate.gate.forms.standards import ClauseForm, StandardForm
from fairgate.gate.rules import Thing

FORMS: Mapping[Thing, type[RuleForm]] = {
    Thing.PRESET: PresetForm,
    Thing.KIND: KindForm,
    Thing.STANDARD: StandardForm,
    Thing.CLAUSE: ClauseForm,
    Thing.SEVERITY: SeverityForm,
    Thing.CALENDAR: CalendarForm,
}
