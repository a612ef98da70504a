from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models.offers import Offer, Way
from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.ledger.models import Intent
from wesprint.platform.organisations.models import Centre


class Slot(models.Model):
    """A time of a weekday (0 is Monday) at which so many givers may come, or are fetched from.

    From `since` up to and including `until` (open end: null). at_once: a giver may take it with
    the offer, before anybody has answered.
    """

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="slots")
    way = models.CharField(max_length=5, choices=Way)
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    capacity = models.PositiveSmallIntegerField()
    at_once = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="slot_weekday"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="slot_ends_after_start"),
            models.CheckConstraint(condition=Q(capacity__gt=0), name="slot_has_room"),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="slot_way_known"),
        ]
        indexes = [models.Index(fields=["centre", "way", "weekday"], name="slot_by_weekday")]

    def __str__(self) -> str:
        return self.public_id


class BookingState(models.TextChoices):
    BOOKED = "booked", _("agreed")
    CANCELLED = "cancelled", _("cancelled")


class Booking(models.Model):
    """An offer's appointment. To be fetched it has an Intent for the delivery room."""

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="bookings")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="bookings")
    day = models.DateField()
    state = models.CharField(max_length=9, choices=BookingState, default=BookingState.BOOKED)
    intent = models.OneToOneField(
        Intent, on_delete=models.PROTECT, null=True, related_name="booking"
    )
    booked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["offer"], condition=Q(state="booked"), name="booking_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=BookingState.values), name="booking_state_known"
            ),
        ]
        indexes = [
            models.Index(fields=["slot", "day", "state"], name="booking_fills"),
            models.Index(fields=["centre", "day", "state"], name="booking_by_day"),
        ]

    def __str__(self) -> str:
        return self.public_id


class Clearance(models.Model):
    """A household clearance: an offer of many lines, from which the store chooses first.

    rest_to_authority: the giver wants the waste authority to hear of the rest. passed_on_at:
    the authority's link is valid from then until `link_until`.
    """

    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="clearance")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="clearances")
    secret_hash = models.CharField(max_length=64, unique=True)
    rest_to_authority = models.BooleanField(default=False)
    chosen_at = models.DateTimeField(null=True)
    passed_on_at = models.DateTimeField(null=True)
    link_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(passed_on_at__isnull=True) | Q(link_until__isnull=False),
                name="clearance_link_ends",
            )
        ]
        indexes = [models.Index(fields=["centre", "chosen_at"], name="clearance_by_choice")]


class DiversionRate(models.Model):
    """What the waste authority pays for a tonne kept out of bulky waste, in cents, from a day
    on; `source` names the agreement."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="diversion_rates")
    cents_per_tonne = models.PositiveIntegerField()
    source = models.CharField(max_length=160)
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "since"], name="diversion_rate_once"),
            models.CheckConstraint(condition=~Q(source=""), name="diversion_rate_has_source"),
        ]
