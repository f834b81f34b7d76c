"""Background work of the room."""

from uuid import UUID

from fairgate.fairness import actions
from fairgate.shared.actor import System
from fairgate.work.rules import JSON, Progress, Save, task


@task("fairness.score")
def score(progress: Progress, *, pk: JSON) -> Save:
    """Work out the scores somebody asked for."""
    return actions.compute(by=System("scoring"), pk=UUID(str(pk)), progress=progress)
