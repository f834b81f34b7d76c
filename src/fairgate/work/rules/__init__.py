"""Background work, without a database: its states, the registry of tasks, and what a running job reports."""

from fairgate.work.rules.report import Report
from fairgate.work.rules.states import ENDED, State
from fairgate.work.rules.tasks import (
    JSON,
    Cancelled,
    Problem,
    Progress,
    Save,
    Task,
    UnknownTask,
    task,
    task_named,
)

__all__ = [
    "ENDED",
    "JSON",
    "Cancelled",
    "Problem",
    "Progress",
    "Report",
    "Save",
    "State",
    "Task",
    "UnknownTask",
    "task",
    "task_named",
]
