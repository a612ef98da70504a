from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models.collections import Collection
from wesprint.apps.goods.models.items import Item
from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.ledger.models import Agreement
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Person


class ReservationState(models.TextChoices):
    ACTIVE = "active", _("reserved")
    FULFILLED = "fulfilled", _("collected")
    CANCELLED = "cancelled", _("cancelled")
    EXPIRED = "expired", _("expired")


class Reservation(models.Model):
    """A thing put aside until the close of the next opening day."""

    public_id = PublicIdField()
    secret_hash = models.CharField(max_length=64, unique=True)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="reservations")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="reservations")
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="reservations"
    )
    collection = models.ForeignKey(
        Collection, on_delete=models.SET_NULL, null=True, related_name="reservations"
    )
    state = models.CharField(
        max_length=10, choices=ReservationState, default=ReservationState.ACTIVE
    )
    reserved_at = models.DateTimeField()
    until = models.DateTimeField()
    # Only of strangers, and only while it runs: see services/strangers.py.
    browser_mark = models.CharField(max_length=64, blank=True)
    connection_mark = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(state="active"), name="reservation_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ReservationState.values), name="reservation_state_known"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("reserved_at")), name="reservation_ends_after_start"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "until"], name="reservation_runs_out"),
        ]


class Consideration(models.TextChoices):
    CASH = "cash", _("Cash")
    CARD = "card", _("Card")
    VOUCHER = "voucher", _("Voucher")
    FREE = "free", _("Given away")


class Displaced(models.TextChoices):
    """The answer to: would you have bought it new?"""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNSURE = "unsure", _("Perhaps")


class HandOver(models.Model):
    """A thing went to somebody. No receipt and no tax: those are the till's.

    price_cents is what was agreed; a free hand-over has 0. Taken back: `cancelled_at`.
    part_g: grams that left a batch (its last part too); null for a single thing. pieces: how
    many of them, where they were counted, with the price tag they bore.
    social_rule: a pass was seen, full_cents is the price before; whose pass is kept nowhere.
    """

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="hand_overs")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="hand_overs")
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="hand_overs"
    )
    reservation = models.ForeignKey(
        Reservation, on_delete=models.PROTECT, null=True, related_name="hand_overs"
    )
    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="hand_over")
    price_cents = models.BigIntegerField()
    consideration = models.CharField(max_length=10, choices=Consideration)
    displaced = models.CharField(max_length=6, choices=Displaced, blank=True)
    handed_over_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    part_g = models.BigIntegerField(null=True)
    pieces = models.PositiveSmallIntegerField(null=True)
    tag = models.ForeignKey(
        "goods.PriceTag", on_delete=models.PROTECT, related_name="hand_overs", null=True
    )
    social_rule = models.ForeignKey(
        "goods.SocialRule", on_delete=models.PROTECT, related_name="hand_overs", null=True
    )
    full_cents = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(cancelled_at__isnull=True, part_g__isnull=True),
                name="item_handed_over_once",
            ),
            models.CheckConstraint(
                condition=Q(part_g__isnull=True, pieces__isnull=True, tag__isnull=True)
                | Q(part_g__gt=0) & (Q(pieces__isnull=True) | Q(pieces__gte=1)),
                name="hand_over_part_weighs",
            ),
            models.CheckConstraint(
                condition=Q(consideration__in=Consideration.values),
                name="hand_over_consideration_known",
            ),
            models.CheckConstraint(
                condition=Q(displaced="") | Q(displaced__in=Displaced.values),
                name="hand_over_displaced_known",
            ),
            models.CheckConstraint(
                condition=Q(price_cents__gt=0) & ~Q(consideration="free")
                | Q(price_cents=0, consideration="free"),
                name="hand_over_free_costs_nothing",
            ),
            models.CheckConstraint(
                condition=Q(social_rule__isnull=True, full_cents__isnull=True)
                | Q(social_rule__isnull=False, full_cents__gte=F("price_cents")),
                name="hand_over_social_price_is_less",
            ),
            models.CheckConstraint(
                condition=Q(social_rule__isnull=True)
                | Q(person__isnull=True, reservation__isnull=True),
                name="hand_over_with_pass_is_nameless",
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "-handed_over_at"], name="hand_over_newest"),
        ]
