"""Forms of the room."""

from fairgate.voice.forms.answers import AnswerForm
from fairgate.voice.forms.periods import GiveUpForm, KeyForm, PeriodForm
from fairgate.voice.forms.planning import PlanForm

__all__ = ["AnswerForm", "GiveUpForm", "KeyForm", "PeriodForm", "PlanForm"]
