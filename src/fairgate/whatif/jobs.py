"""Background work of the room."""

from uuid import UUID

from fairgate.shared.actor import System
from fairgate.whatif import actions
from fairgate.work.rules import JSON, Progress, Save, task


@task("whatif.run")
def run(progress: Progress, *, pk: JSON) -> Save:
    """Live through a scenario as somebody asked."""
    return actions.compute(by=System("what if"), pk=UUID(str(pk)), progress=progress)
