from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wesprint.apps.workshop.models.house import WorkRole
from wesprint.apps.workshop.models.orders import Order
from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.ledger.models import EconomicEvent, EconomicResource
from wesprint.platform.organisations.models import Centre


class OrderItem(models.Model):
    """A thing of the store on the bench. mass_g: what it weighed when the work was closed; null
    until then, because the item itself says it. in_work: it stands in no other order."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="bench")
    item = models.ForeignKey("goods.Item", on_delete=models.PROTECT, related_name="workshop_orders")
    in_work = models.BooleanField(default=True)
    mass_g = models.BigIntegerField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(in_work=True), name="item_in_one_order"
            ),
            models.CheckConstraint(
                condition=Q(mass_g__isnull=True) | Q(mass_g__gt=0), name="order_item_weighs"
            ),
        ]


class LotUnit(models.TextChoices):
    PIECE = "piece", _("pieces")
    GRAM = "g", _("by weight")


class Lot(models.Model):
    """One purchase of a part or material. bought, left: pieces or grams; price_cents: for one
    piece, or for a kilo. left goes down when it is noted for an order; the ledger hears of it
    when the work is closed. grams_each: what one piece weighs, 1 by weight."""

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="workshop_lots")
    name = models.CharField(max_length=80)
    lot = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=5, choices=LotUnit)
    price_cents = models.BigIntegerField()
    grams_each = models.BigIntegerField(default=1)
    bought = models.BigIntegerField()
    left = models.BigIntegerField()
    resource = models.OneToOneField(
        EconomicResource, on_delete=models.PROTECT, related_name="workshop_lot"
    )
    bought_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(unit__in=LotUnit.values), name="lot_unit_known"),
            models.CheckConstraint(condition=~Q(name=""), name="lot_says_what"),
            models.CheckConstraint(
                condition=Q(bought__gt=0, left__gte=0, left__lte=F("bought")),
                name="lot_left_of_bought",
            ),
            models.CheckConstraint(
                condition=Q(grams_each__gt=0, price_cents__gte=0), name="lot_weighs_and_costs"
            ),
        ]
        indexes = [
            models.Index(
                F("centre"), F("name"), F("id"), condition=Q(left__gt=0), name="lot_in_stock"
            )
        ]

    def __str__(self) -> str:
        return self.public_id


class Use(models.Model):
    """So much of a lot for one order; cents as they were when it was noted."""

    public_id = PublicIdField()
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="uses")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="uses")
    count = models.BigIntegerField()
    mass_g = models.BigIntegerField()
    cents = models.BigIntegerField()
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(count__gt=0, mass_g__gt=0, cents__gte=0), name="use_is_something"
            )
        ]


class Work(models.Model):
    """Time worked on an order by somebody of a role: whose time it was is kept nowhere. Taken
    back: `taken_back_at`, and the ledger has the correction."""

    public_id = PublicIdField()
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="work")
    role = models.CharField(max_length=14, choices=WorkRole)
    seconds = models.BigIntegerField()
    cents = models.BigIntegerField()
    event = models.OneToOneField(EconomicEvent, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=WorkRole.values), name="work_role_known"),
            models.CheckConstraint(
                condition=Q(seconds__gt=0, cents__gte=0), name="work_takes_time"
            ),
        ]
        indexes = [models.Index(fields=["order", "role"], name="work_by_role")]
