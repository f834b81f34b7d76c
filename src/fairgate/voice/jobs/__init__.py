"""Background work of the room, and the letters it writes."""

from fairgate.voice.jobs.letters import invitation, reminder
from fairgate.voice.jobs.tasks import close, invite, preview

__all__ = ["close", "invitation", "invite", "preview", "reminder"]
