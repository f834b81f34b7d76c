"""Background work of the organisation room."""

from uuid import UUID

from fairgate.organisation import imports
from fairgate.work.rules import JSON, Progress, Save, task


@task("organisation.count_log")
def count_log(progress: Progress, *, pk: JSON) -> Save:
    """Read and count an event log that came in."""
    return imports.count(pk=UUID(str(pk)), progress=progress)
