"""What the function's lead asked: what if nobody checked? The plant's own records calibrate the scenario; what no record tells
the lead assumes, and says so."""

from fairgate.demo.plant import Foreseen, Plant
from fairgate.gate.models import RequestKind
from fairgate.organisation.models import Process, Unit
from fairgate.people.models import Person
from fairgate.people.rules import Role
from fairgate.whatif import actions as whatif
from fairgate.whatif.rules import DEFAULT_WAYS, Window

BUSINESSES = 400  # enough for the answer to be clear, and few enough that nobody waits for the demonstration


def ask_what_if(plant: Plant) -> None:
    """Nothing where the plant foresees nothing: too few records to calibrate anything."""
    if plant.foreseen is not None:
        _ask(plant, plant.foreseen)


def _ask(plant: Plant, foreseen: Foreseen) -> None:
    lead = Person.objects.get(memberships__unit__name=plant.function, assignments__role=Role.LEAD)
    told = {"count": 0, "years": 2.0, "used": False, "source": f"told by {lead.name}"}
    scenario = whatif.make_scenario(
        by=lead,
        unit=Unit.objects.get(name=plant.function).pk,
        name=foreseen.name,
        window=_window(plant, foreseen),
        counts=[{"what": what, **told} for what in ("recalls", "letters")],
        entries={
            name: {"value": value, "low": low, "high": high, "source": why}
            for name, value, low, high, why in foreseen.assumed
        },
    )
    whatif.run_at_once(
        by=lead, scenario=scenario.pk, ways=DEFAULT_WAYS, replicates=BUSINESSES, line=foreseen.line
    )


def _window(plant: Plant, foreseen: Foreseen) -> Window:
    """The lots of the recorded process, handed in by the unit that makes them; and how they are sent back."""
    kinds = RequestKind.objects.filter(preset__unit__name=plant.function, code__in=foreseen.kinds)
    return Window(
        kinds=tuple(kinds.order_by("pk").values_list("pk", flat=True)),
        months=24,
        unit=Unit.objects.get(name=foreseen.unit).pk,
        process=Process.objects.get(name=plant.recorded_process).pk,
    )
