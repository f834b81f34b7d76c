"""Everything that changes the gate."""

from fairgate.gate.actions.advice import (
    answer,
    ask,
)
from fairgate.gate.actions.deciding import (
    decide,
)
from fairgate.gate.actions.errors import (
    AlreadyDecided,
    Faulty,
    NotAllowedNow,
)
from fairgate.gate.actions.imports import (
    apply_decisions,
    apply_rows,
    discard_import,
    keep_mapping,
    map_person,
    note_import,
    note_read,
    read_with,
    start_applying,
    start_reading,
)
from fairgate.gate.actions.mapping import map_accounts
from fairgate.gate.actions.presets import (
    Installed,
    install,
    preview_install,
)
from fairgate.gate.actions.presets_editing import (
    Stale,
    add_clause,
    add_kind,
    add_standard,
    edit,
    keep_calendar,
    reinstate,
    retire,
)
from fairgate.gate.actions.promises import (
    warn,
)
from fairgate.gate.actions.requests import (
    submit,
    withdraw,
)
from fairgate.gate.actions.reviewing import (
    reassign,
    review,
)
from fairgate.gate.actions.second_look import (
    ask_second_look,
    look_again,
)
from fairgate.gate.actions.slips import (
    write_slip,
)
from fairgate.gate.actions.tallies import (
    recount,
)
from fairgate.gate.actions.teams import (
    add_team,
    place_in_team,
)

__all__ = [
    "AlreadyDecided",
    "Faulty",
    "Installed",
    "NotAllowedNow",
    "Stale",
    "add_clause",
    "add_kind",
    "add_standard",
    "add_team",
    "answer",
    "apply_decisions",
    "apply_rows",
    "ask",
    "ask_second_look",
    "decide",
    "discard_import",
    "edit",
    "install",
    "keep_calendar",
    "keep_mapping",
    "look_again",
    "map_accounts",
    "map_person",
    "note_import",
    "note_read",
    "place_in_team",
    "preview_install",
    "read_with",
    "reassign",
    "recount",
    "reinstate",
    "retire",
    "review",
    "start_applying",
    "start_reading",
    "submit",
    "warn",
    "withdraw",
    "write_slip",
]
