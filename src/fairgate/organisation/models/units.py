"""Units and what stands around them."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from fairgate.organisation.rules import DESCRIPTION_LENGTH, NAME_LENGTH


class Unit(models.Model):
    """A team or department."""

    name = models.CharField(max_length=NAME_LENGTH)
    description = models.CharField(max_length=DESCRIPTION_LENGTH, blank=True)
    # The function this installation is for; set in the guided start. A group may have several.
    is_function = models.BooleanField(default=False)

    class Meta:
        ordering = [Lower("name")]
        constraints = [models.UniqueConstraint(Lower("name"), name="unit_name_once")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person works in a unit."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="memberships")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "unit"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.person} in {self.unit}"


class ExternalCustomer(models.Model):
    """Who uses the product: the customer above all the others."""

    name = models.CharField(max_length=NAME_LENGTH)

    class Meta:
        ordering = [Lower("name")]
        constraints = [models.UniqueConstraint(Lower("name"), name="external_customer_name_once")]

    def __str__(self) -> str:
        return self.name


class Process(models.Model):
    """An ordered way of working that ends at one external customer."""

    name = models.CharField(max_length=NAME_LENGTH)
    external_customer = models.ForeignKey(
        ExternalCustomer, on_delete=models.PROTECT, related_name="processes"
    )

    class Meta:
        ordering = [Lower("name"), "external_customer__name"]
        verbose_name_plural = "processes"
        constraints = [
            models.UniqueConstraint(
                Lower("name"), "external_customer", name="process_once_per_external_customer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} for {self.external_customer}"


class Service(models.Model):
    """What a unit offers."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="services")
    name = models.CharField(max_length=NAME_LENGTH)

    class Meta:
        ordering = [Lower("name")]
        constraints = [models.UniqueConstraint("unit", Lower("name"), name="service_once_per_unit")]

    def __str__(self) -> str:
        return self.name
