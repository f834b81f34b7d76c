"""Forms of the room."""

from fairgate.voice.forms.answers import AnswerForm
from fairgate.voice.forms.periods import ClosingForm, GiveUpForm, PeriodForm
from fairgate.voice.forms.planning import PlanForm

__all__ = ["AnswerForm", "ClosingForm", "GiveUpForm", "PeriodForm", "PlanForm"]
