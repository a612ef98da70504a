from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.files.models import StoredFile
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Person


class EntryKind(models.TextChoices):
    OFFER = "offer", _("We offer")
    REQUEST = "request", _("We are looking for")


class Material(models.TextChoices):
    WOOD = "wood", _("Wood and panels")
    METAL = "metal", _("Metal")
    TEXTILE = "textile", _("Textiles and leather")
    FURNITURE = "furniture", _("Furniture and fittings")
    PACKAGING = "packaging", _("Packaging and pallets")
    PLASTIC = "plastic", _("Plastic")
    PAPER = "paper", _("Paper and cardboard")
    GLASS = "glass", _("Glass and ceramics")
    BUILDING = "building", _("Building material")
    DEVICES = "devices", _("Devices and parts")
    OTHER = "other", _("Something else")


class QuantityUnit(models.TextChoices):
    """The units of the kernel in which businesses count such things."""

    PIECE = "piece", _("pieces")
    GRAM = "g", _("kilograms")
    METRE = "m", _("metres")


class EntryState(models.TextChoices):
    UNCONFIRMED = "unconfirmed", _("e-mail not yet confirmed")
    WAITING = "waiting", _("waiting for the house")
    SHOWN = "shown", _("on the board")
    DECLINED = "declined", _("declined")
    ENDED = "ended", _("ended")
    EXPIRED = "expired", _("run out")


class Entry(models.Model):
    """Material offered or sought by a business, from a day up to and including another.

    quantity: whole steps of the unit (pieces, grams, metres). business: its name, for the
    board; who writes for it stands in `people`, and is told only after a mutual yes.
    """

    public_id = PublicIdField()
    secret_hash = models.CharField(max_length=64, unique=True)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="exchange_entries")
    kind = models.CharField(max_length=7, choices=EntryKind)
    material = models.CharField(max_length=10, choices=Material)
    title = models.CharField(max_length=120)
    text = models.CharField(max_length=1000, blank=True)
    quantity = models.BigIntegerField()
    unit = models.CharField(max_length=5, choices=QuantityUnit)
    since = models.DateField()
    until = models.DateField()
    postcode = models.CharField(max_length=10)
    town = models.CharField(max_length=80)
    business = models.CharField(max_length=120)
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="exchange_entries"
    )
    photo = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="exchange_entries"
    )
    state = models.CharField(max_length=11, choices=EntryState, default=EntryState.UNCONFIRMED)
    answer = models.CharField(max_length=500, blank=True)
    written_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="entry_kind_known"),
            models.CheckConstraint(
                condition=Q(material__in=Material.values), name="entry_material_known"
            ),
            models.CheckConstraint(
                condition=Q(unit__in=QuantityUnit.values), name="entry_unit_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=EntryState.values), name="entry_state_known"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="entry_of_something"),
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="entry_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(state="shown") | Q(shown_at__isnull=False), name="entry_shown_has_time"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "material", "-shown_at"], name="entry_board"),
            models.Index(fields=["state", "until"], name="entry_runs_out"),
        ]

    def __str__(self) -> str:
        return self.public_id


class ApproachState(models.TextChoices):
    UNCONFIRMED = "unconfirmed", _("e-mail not yet confirmed")
    ASKED = "asked", _("waiting for an answer")
    AGREED = "agreed", _("both said yes")
    DECLINED = "declined", _("declined")


class Approach(models.Model):
    """Somebody's interest in an entry. Each side sees how to reach the other only once both
    have said yes, each through a link in a letter to its own address."""

    public_id = PublicIdField()
    secret_hash = models.CharField(max_length=64, unique=True)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="approaches")
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="exchange_approaches"
    )
    text = models.CharField(max_length=1000, blank=True)
    state = models.CharField(
        max_length=11, choices=ApproachState, default=ApproachState.UNCONFIRMED
    )
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "approaches"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ApproachState.values), name="approach_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
