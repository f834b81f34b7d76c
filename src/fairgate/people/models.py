"""Accounts. Disabled, never deleted; ids are never reused."""

from collections.abc import Iterator
from typing import ClassVar, NoReturn

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from fairgate.people.rules import Role, Seniority


class PersonManager(BaseUserManager["Person"]):
    def get_queryset(self) -> models.QuerySet["Person"]:
        """With the roles: nearly every use of an account asks for them, some of them many times a page."""
        return super().get_queryset().prefetch_related("assignments")

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username__iexact=username)


class Person(AbstractBaseUser):
    """Somebody with an account. What they may do follows from their roles and from nothing else."""

    username = models.CharField(_("sign-in name"), max_length=150, unique=True)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    seniority = models.CharField(
        _("seniority"),
        max_length=10,
        choices=[(s.value, s.value) for s in Seniority],
        default=Seniority.MIDDLE,
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    made_at = models.DateTimeField(_("account made"), auto_now_add=True)
    password_set_at = models.DateTimeField(_("password set"), null=True, blank=True)
    sessions_ended = models.PositiveIntegerField(default=0, help_text="Counting up ends every session.")
    links_ended = models.PositiveIntegerField(default=0, help_text="Counting up ends every one-time link.")

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("username"), name="person_username_once"),
            models.UniqueConstraint(Lower("email"), name="person_email_once", condition=~models.Q(email="")),
        ]
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise TypeError("Accounts are disabled, never deleted: what a person did must stay theirs.")

    @property
    def roles(self) -> frozenset[Role]:
        """Cached on the instance; ``refresh_from_db()`` reads them again."""
        return frozenset(Role(row.role) for row in self.assignments.all())

    def has_role(self, *any_of: str) -> bool:
        """Whether the person holds one of these roles and may sign in."""
        return self.is_active and not self.roles.isdisjoint(any_of)

    @property
    def actor_id(self) -> str:
        return f"person:{self.pk}"

    @property
    def actor_name(self) -> str:
        return self.name

    @property
    def actor_role(self) -> str:
        return ", ".join(sorted(self.roles))

    @property
    def is_program(self) -> bool:
        return False

    def get_session_auth_hash(self) -> str:
        """What a session must match: it ends when the password changes or ``sessions_ended`` counts up."""
        return self._session_hash(None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret)

    def _session_hash(self, secret: str | bytes | None) -> str:
        value = f"{self.password}:{self.sessions_ended}"
        return salted_hmac("fairgate.people.session", value, secret=secret, algorithm="sha256").hexdigest()


class RoleAssignment(models.Model):
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "role"], name="role_once_per_person")]

    def __str__(self) -> str:
        return self.role
