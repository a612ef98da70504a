"""What a house delivers with and for whom: the hub, its bikes, senders, prices."""

from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wesprint.platform.agents.models import Agent
from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.geo.models import Town
from wesprint.platform.organisations.models import Centre


class Hub(models.Model):
    """Where the bikes load. `loading_s`: seconds for every trip; `service_s`: at a door, `more_s`
    for each further parcel there. Three minutes a stop give the 10 stops an hour that cargo bikes
    reach (Urbike, Brussels: 10.1 in 7,340 deliveries)."""

    centre = models.OneToOneField(Centre, on_delete=models.PROTECT, related_name="hub")
    town = models.ForeignKey(Town, on_delete=models.PROTECT, related_name="+")
    lat = models.FloatField()
    lon = models.FloatField()
    loading_s = models.PositiveIntegerField(default=600)
    service_s = models.PositiveIntegerField(default=180)
    more_s = models.PositiveIntegerField(default=20)
    shares_position = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180),
                name="hub_is_on_earth",
            )
        ]


class Bike(models.Model):
    """A cargo bike, perhaps with its trailer. `range_m`: metres of one charge."""

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="delivery_bikes")
    name = models.CharField(max_length=40)
    capacity_g = models.PositiveIntegerField(default=120_000)
    capacity_ml = models.PositiveIntegerField(default=1_000_000)
    range_m = models.PositiveIntegerField(default=50_000)
    trailer = models.BooleanField(default=False)
    starts = models.TimeField(default=time(9))
    ends = models.TimeField(default=time(17))
    cost_hour_cents = models.PositiveIntegerField(default=2600)
    cost_km_cents = models.PositiveIntegerField(default=15)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "name"], condition=Q(gone_at=None), name="bike_name_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="bike_has_a_name"),
            models.CheckConstraint(
                condition=Q(capacity_g__gt=0, capacity_ml__gt=0, range_m__gt=0),
                name="bike_carries_something",
            ),
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="bike_shift_in_order"),
        ]

    def __str__(self) -> str:
        return self.public_id


class SenderKind(models.TextChoices):
    SHOP = "shop", _("Shop")
    CARRIER = "carrier", _("Carrier")
    HOUSE = "house", _("This house")


class Sender(models.Model):
    """Whose parcels these are. `usual_cents`: what the sender pays a carrier for such a parcel now,
    shown beside our price. `provider_number`: of the register of postal providers (PostG §4)."""

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="delivery_senders")
    kind = models.CharField(max_length=8, choices=SenderKind)
    name = models.CharField(max_length=80)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    provider_number = models.CharField(max_length=40, blank=True)
    usual_cents = models.PositiveIntegerField(null=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    link_until = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "name"], condition=Q(gone_at=None), name="sender_name_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="sender_has_a_name"),
            models.CheckConstraint(
                condition=Q(kind__in=SenderKind.values), name="sender_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class PriceRule(models.Model):
    """Net cents for a parcel of a size from a day on; for one sender (a contract) or, without one,
    for all. `window_cents`: more where a window is promised."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="delivery_prices")
    sender = models.ForeignKey(
        Sender, on_delete=models.PROTECT, null=True, related_name="price_rules"
    )
    size = models.CharField(max_length=2)
    within_m = models.PositiveIntegerField(default=100_000)
    cents = models.PositiveIntegerField()
    window_cents = models.PositiveIntegerField(default=0)
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "size", "within_m", "since"],
                condition=Q(sender=None),
                name="delivery_price_once",
            ),
            models.UniqueConstraint(
                fields=["sender", "size", "within_m", "since"],
                condition=Q(sender__isnull=False),
                name="delivery_contract_price_once",
            ),
        ]
