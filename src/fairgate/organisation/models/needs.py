"""What units need from each other, how work flows, who decides on whom, and what people say about it."""

from django.db import models

from fairgate.ledger.models import AppendOnly
from fairgate.organisation.models.units import Process, Service, Unit
from fairgate.organisation.rules import REASON_LENGTH, FlowKind, NeedKind, Origin, Verdict


class Need(models.Model):
    """``customer`` needs ``service`` (from ``service.unit``) in ``process``, to serve that process's external customer."""

    customer = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="needs")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="needs")
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="needs")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in NeedKind])
    volume = models.DecimalField(max_digits=18, decimal_places=3, null=True, blank=True)
    origin = models.CharField(max_length=10, choices=[(o.value, o.value) for o in Origin])
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["customer__name", "service__unit__name", "process__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "service", "process", "kind"], name="need_once"),
        ]

    def __str__(self) -> str:
        return f"{self.customer} needs {self.service} from {self.service.unit}"


class Flow(models.Model):
    """Work passing on in a process: to a unit, to the process's external customer (no target), or to scrap."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="flows")
    source = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="flows_out")
    target = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="flows_in", null=True, blank=True)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in FlowKind])
    volume = models.DecimalField(max_digits=18, decimal_places=3, null=True, blank=True)

    class Meta:
        ordering = ["process__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "source", "target", "kind"], name="flow_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=models.Q(target__isnull=True, kind__in=[FlowKind.CUSTOMER, FlowKind.SCRAP])
                | models.Q(
                    target__isnull=False, kind__in=[FlowKind.WORK, FlowKind.DECISION, FlowKind.RETURN]
                ),
                name="flow_target_fits_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} to {self.target or self.process.external_customer}"


class Gate(models.Model):
    """A point where one unit decides on another's work. A need for release says the same; a gate may also stand where
    nobody asked for it."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="gates")
    over = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="gates_over")
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="gates")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["unit", "over", "process"], name="gate_once")]

    def __str__(self) -> str:
        return self.name


class Judgement(AppendOnly):
    """Somebody confirms or strikes that ``customer`` needs ``supplier``. Append-only: the latest one stands, the
    others stay readable."""

    supplier = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="judged_as_supplier")
    customer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="judged_as_customer")
    verdict = models.CharField(max_length=10, choices=[(v.value, v.value) for v in Verdict])
    reason = models.CharField(max_length=REASON_LENGTH)
    by_id = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.verdict}: {self.customer} needs {self.supplier}"
