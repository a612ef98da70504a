"""Shipments, their parcels, and every hand they passed through."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wesprint.apps.delivery.models.house import Sender
from wesprint.apps.delivery.models.tours import Stop, Tour
from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.files.models import StoredFile
from wesprint.platform.ledger.models import EconomicEvent, EconomicResource
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Person


class Size(models.TextChoices):
    S = "S", _("like a shoe box")
    M = "M", _("like a crate of water")
    L = "L", _("like a removal box")
    XL = "XL", _("larger")


class Wish(models.TextChoices):
    """What the recipient asked for instead of the door."""

    NONE = "", _("at the door")
    NEIGHBOUR = "neighbour", _("to the neighbour")
    SAFE_PLACE = "safe-place", _("to a safe place")
    CENTRE = "centre", _("fetched at the centre")


class Shipment(models.Model):
    """What one sender sends to one recipient. `address` as it was typed or sent, `match` how it was
    found in the town ("exact", "nearest", "street", "" not at all); both are emptied some time
    after the end. `day` on which it is to be brought; window: as promised. `stop`: the door on that
    day."""

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="shipments")
    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="shipments")
    reference = models.CharField(max_length=60, blank=True)
    recipient = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="shipments"
    )
    address = models.CharField(max_length=200, blank=True)
    match = models.CharField(max_length=8, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    note = models.CharField(max_length=200, blank=True)
    size = models.CharField(max_length=2, choices=Size)
    day = models.DateField()
    window_from = models.DateTimeField(null=True)
    window_until = models.DateTimeField(null=True)
    stop = models.ForeignKey(Stop, on_delete=models.PROTECT, related_name="shipments")
    wish = models.CharField(max_length=10, choices=Wish, blank=True)
    wish_note = models.CharField(max_length=120, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    price_cents = models.PositiveIntegerField(null=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    reservation = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sender", "reference"],
                condition=~Q(reference=""),
                name="shipment_reference_once",
            ),
            models.UniqueConstraint(
                fields=["reservation"], condition=~Q(reservation=""), name="shipment_order_once"
            ),
            models.CheckConstraint(
                condition=Q(window_from=None, window_until=None)
                | Q(window_from__lt=F("window_until")),
                name="shipment_window_in_order",
            ),
            models.CheckConstraint(condition=Q(size__in=Size.values), name="shipment_size_known"),
            models.CheckConstraint(condition=Q(wish__in=Wish.values), name="shipment_wish_known"),
        ]
        indexes = [
            models.Index(fields=["centre", "day"], name="shipment_day"),
            models.Index(fields=["closed_at"], condition=~Q(address=""), name="shipment_to_forget"),
        ]

    def __str__(self) -> str:
        return self.public_id


class ParcelState(models.TextChoices):
    ANNOUNCED = "announced", _("announced")
    HERE = "here", _("in the hub")
    LOADED = "loaded", _("on the bike")
    DELIVERED = "delivered", _("delivered")
    RETURNED = "returned", _("back at the sender")


MOVING = (ParcelState.ANNOUNCED, ParcelState.HERE, ParcelState.LOADED)


class Parcel(models.Model):
    """One thing with one barcode, ours or the carrier's. `resource`: in whose custody it is, while
    it is in ours. `damaged_at`: as it was noticed, with a word and perhaps a photo."""

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="parcels")
    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, related_name="parcels")
    barcode = models.CharField(max_length=64)
    mass_g = models.PositiveIntegerField()
    volume_ml = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=ParcelState, default=ParcelState.ANNOUNCED)
    resource = models.ForeignKey(
        EconomicResource, on_delete=models.PROTECT, null=True, related_name="+"
    )
    damage = models.CharField(max_length=200, blank=True)
    damaged_at = models.DateTimeField(null=True)
    damage_photo = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "barcode"],
                condition=Q(state__in=MOVING),
                name="parcel_barcode_once_under_way",
            ),
            models.CheckConstraint(condition=~Q(barcode=""), name="parcel_has_a_barcode"),
            models.CheckConstraint(
                condition=Q(state__in=ParcelState.values), name="parcel_state_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[ParcelState.HERE, ParcelState.LOADED], resource__isnull=False
                )
                | ~Q(state__in=[ParcelState.HERE, ParcelState.LOADED]),
                name="parcel_with_us_is_in_the_books",
            ),
        ]
        indexes = [models.Index(fields=["centre", "barcode"], name="parcel_barcode")]

    def __str__(self) -> str:
        return self.public_id


class ScanKind(models.TextChoices):
    IN = "in", _("came into the hub")
    OUT = "out", _("onto the bike")
    DELIVERED = "delivered", _("delivered")
    BACK = "back", _("back in the hub")
    FETCHED = "fetched", _("fetched at the centre")
    RETURNED = "returned", _("back to the sender")
    REOPENED = "reopened", _("closed too early, taken back")


class Scan(models.Model):
    """A parcel passed from hand to hand: the ledger's event says from whom to whom. `at` as it
    happened (a phone's clock set right), `recorded_at` when we heard of it."""

    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="scans")
    kind = models.CharField(max_length=9, choices=ScanKind)
    tour = models.ForeignKey(Tour, on_delete=models.PROTECT, null=True, related_name="scans")
    event = models.ForeignKey(EconomicEvent, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ScanKind.values), name="scan_kind_known"),
            models.UniqueConstraint(fields=["event"], name="scan_event_once"),
        ]
        indexes = [models.Index(fields=["recorded_at"], name="scan_recorded")]
