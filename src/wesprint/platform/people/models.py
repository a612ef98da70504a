from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wesprint.platform.agents.models import Agent
from wesprint.platform.base.clock import now
from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.organisations.models import Centre, Organisation


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """An account: an e-mail address and a way to prove oneself. Who it is, is a Person."""

    public_id = PublicIdField()
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)  # of the installation, in no tenant
    locale = models.CharField(max_length=12, blank=True)
    created_at = models.DateTimeField(default=now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.public_id


class Person(models.Model):
    """Somebody an organisation knows: often only a name, a telephone number or a letter
    address. All personal data of the ledger's agents stands here and nowhere else."""

    public_id = PublicIdField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="people")
    user = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="persons"
    )
    agent = models.OneToOneField(Agent, on_delete=models.PROTECT, related_name="person")
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    letter = models.CharField(max_length=300, blank=True)
    locale = models.CharField(max_length=12, blank=True)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)
    blocked_until = models.DateField(null=True, blank=True)
    blocked_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=Q(user__isnull=False),
                name="person_one_per_account_and_organisation",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(name="", phone="", email="", letter="", user__isnull=True),
                name="person_erased_is_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "name"], name="person_by_name"),
            models.Index(fields=["organisation", "phone"], name="person_by_phone"),
            models.Index(fields=["organisation", "email"], name="person_by_email"),
        ]

    def __str__(self) -> str:
        return self.public_id  # never a name: this string may reach a log


class RoleName(models.TextChoices):
    MEMBER = "member", _("member")
    VOLUNTEER = "volunteer", _("volunteer")
    STAFF = "staff", _("staff")
    WORKSHOP_LEAD = "workshop-lead", _("workshop lead")
    CASHIER = "cashier", _("cashier")
    DISPATCHER = "dispatcher", _("dispatcher")
    RIDER = "rider", _("rider")
    TREASURER = "treasurer", _("treasurer")
    BOARD = "board", _("board")
    TOWN_HALL = "town-hall", _("town hall")
    AUDITOR = "auditor", _("auditor")


class Role(models.Model):
    """(person, role, scope): in one centre, or in the whole organisation (centre null)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=15, choices=RoleName)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="roles")
    centre = models.ForeignKey(
        Centre, on_delete=models.CASCADE, null=True, blank=True, related_name="roles"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=RoleName.values), name="role_known"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="role_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["person", "role"], name="role_by_person")]


class Device(models.Model):
    """A registered shared tablet. Its key stays on it; here lies only the hash."""

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="devices")
    name = models.CharField(max_length=60)
    key_hash = models.CharField(max_length=64, unique=True)
    lock_after_seconds = models.PositiveIntegerField(default=300)
    registered_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="registered_devices"
    )
    registered_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lock_after_seconds__gte=30) & Q(lock_after_seconds__lte=3600),
                name="device_locks_by_itself",
            )
        ]


class Badge(models.Model):
    """A printed QR that says who stands at a shared device. The PIN adds money matters."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="badges")
    code_hash = models.CharField(max_length=64, unique=True)
    pin_hash = models.CharField(max_length=256, blank=True)
    pin_failures = models.PositiveSmallIntegerField(default=0)
    pin_locked_until = models.DateTimeField(null=True, blank=True)
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)


class Consent(models.Model):
    """The log of given and withdrawn consents; rows are added, never changed."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=60)
    given = models.BooleanField()
    wording = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "purpose", "at"], name="consent_latest")]


class EmailConfirmation(models.Model):
    """Double opt-in: an address counts once its owner opened the link."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="confirmations")
    email = models.EmailField()
    purpose = models.CharField(max_length=60)
    secret_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
