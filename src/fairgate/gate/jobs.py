"""Background work of the gate."""

from uuid import UUID

from django.utils.translation import gettext as _

from fairgate.gate import imports
from fairgate.gate.actions.imports import NotReady, StaleFindings, StaleMapping
from fairgate.gate.queries.imports import actor_called
from fairgate.work.rules import JSON, Problem, Progress, Save, task


@task("gate.read_decisions")
def read_decisions(progress: Progress, *, pk: JSON, by_id: JSON, by_name: JSON) -> Save:
    """Read and check a file of decisions."""
    return imports.read(by=actor_called(str(by_id), str(by_name)), pk=UUID(str(pk)), progress=progress)


@task("gate.apply_decisions")
def apply_decisions(progress: Progress, *, pk: JSON, by_id: JSON, by_name: JSON) -> Save:
    """Save what the dry run showed. The transaction that saves also marks this done."""
    by = actor_called(str(by_id), str(by_name))
    try:
        save = imports.prepare(by=by, pk=UUID(str(pk)), progress=progress)
    except (imports.FileChanged, imports.Faulty, NotReady, StaleMapping) as refused:
        raise Problem(_why(refused)) from refused

    def as_shown() -> dict[str, JSON]:
        try:
            return dict(save().counts)
        except StaleFindings as refused:
            raise Problem(_why(refused)) from refused

    return as_shown


def _why(refused: Exception) -> str:
    if isinstance(refused, imports.FileChanged):
        return _("The kept file is not what it was. Nothing was saved; import the file again.")
    if isinstance(refused, imports.Faulty):
        return (
            _("Something changed since the dry run: %s Nothing was saved; check the file again.")
            % refused.problems[0]
        )
    if isinstance(refused, StaleMapping):
        return _("The mapping was changed since the dry run. Nothing was saved; check the file again.")
    if isinstance(refused, StaleFindings):
        return _("The records here changed since the dry run. Nothing was saved; check the file again.")
    return _("It can’t be saved any more; nothing was changed.")
