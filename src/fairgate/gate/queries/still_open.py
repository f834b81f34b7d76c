"""“Still open”, said so that the partial index over it answers."""

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from fairgate.gate.models import ServiceRequest
from fairgate.gate.rules import OPEN

_STATES = ", ".join(f"'{state.value}'" for state in sorted(OPEN))
STILL_OPEN = RawSQL(  # noqa: S611 - codes of ours, no input
    f'"{ServiceRequest._meta.db_table}"."state" IN ({_STATES})', [], output_field=BooleanField()
)
"""For ``filter(STILL_OPEN, …)``. SQLite uses a partial index only where the query repeats its condition letter by letter;
Django would send the states as parameters, and every open request were looked for among a million settled ones."""
