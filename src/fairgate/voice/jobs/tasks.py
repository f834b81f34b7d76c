"""Previewing and closing a period, and inviting by the server's own clock."""

from uuid import UUID

from fairgate.shared.actor import System
from fairgate.voice import actions
from fairgate.work.rules import JSON, Progress, Save, task


@task("voice.preview")
def preview(progress: Progress, *, pk: JSON) -> Save:
    """Work out what closing would drop and hide."""
    return actions.compute_preview(by=System("closing"), pk=UUID(str(pk)), progress=progress)


@task("voice.close")
def close(progress: Progress, *, pk: JSON, without: JSON = 0) -> Save:
    """Close a period and publish what may be published."""
    return actions.compute_closing(
        by=System("closing"), pk=UUID(str(pk)), progress=progress, without=int(str(without))
    )


@task("voice.invite")
def invite(progress: Progress) -> dict[str, JSON]:
    """Ask whoever is due. Safe to repeat: nobody is asked twice."""
    sent = actions.send_invitations(by=System("inviting"))
    return {"asked": sent.asked, "reminded": sent.reminded, "ended": sent.ended}
