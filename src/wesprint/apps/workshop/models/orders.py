from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.ledger.models import Process
from wesprint.platform.organisations.models import Centre


class Kind(models.TextChoices):
    REPAIR = "repair", _("Repair")
    UPCYCLE = "upcycle", _("Upcycling")
    CUSTOMER = "customer", _("Repair for a customer")


class OrderState(models.TextChoices):
    ASSESS = "assess", _("to assess")
    IN_WORK = "in-work", _("in work")
    WAITING = "waiting", _("waiting for parts")
    DONE = "done", _("done")
    FAILED = "failed", _("did not work out")


RUNNING = [OrderState.ASSESS, OrderState.IN_WORK, OrderState.WAITING]


class Order(models.Model):
    """One job of the workshop. number: short, for calling across the room; counts per centre.

    process: its inputs and outputs in the ledger. asked_cents: the price that is meant to be
    asked for what comes out. weighed_at: when inputs and outputs were closed against each other;
    after that only a missing test keeps it open. loss_g: dust, declared at that moment.
    """

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="workshop_orders")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=OrderState, default=OrderState.ASSESS)
    title = models.CharField(max_length=120)
    note = models.CharField(max_length=1000, blank=True)
    process = models.OneToOneField(Process, on_delete=models.PROTECT, related_name="order")
    asked_cents = models.BigIntegerField(null=True)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    weighed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    loss_g = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "number"], name="order_number_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="order_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=OrderState.values), name="order_state_known"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="order_says_what"),
            models.CheckConstraint(condition=Q(loss_g__gte=0), name="order_loses_no_less"),
            models.CheckConstraint(
                condition=Q(asked_cents__isnull=True) | Q(asked_cents__gte=0),
                name="order_price_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RUNNING, closed_at__isnull=True)
                | (~Q(state__in=RUNNING) & Q(closed_at__isnull=False)),
                name="order_closed_since",
            ),
            models.CheckConstraint(
                condition=~Q(state=OrderState.DONE) | Q(weighed_at__isnull=False),
                name="order_done_is_weighed",
            ),
        ]
        indexes = [
            models.Index(
                F("centre"),
                F("state"),
                F("number"),
                name="order_board",
            ),
            models.Index(F("centre"), F("closed_at").desc(), F("id").desc(), name="order_closed"),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def is_open(self) -> bool:
        """Things, hours and materials may still be entered."""
        return self.is_running and self.weighed_at is None


class Result(models.Model):
    """What came out: an item, or grams of a material fraction (`item` null)."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="results")
    item = models.ForeignKey(
        "goods.Item", on_delete=models.PROTECT, null=True, related_name="workshop_results"
    )
    material = models.CharField(max_length=12, blank=True)
    mass_g = models.BigIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(mass_g__gt=0), name="result_weighs_something"),
            models.CheckConstraint(
                condition=Q(item__isnull=False, material="")
                | (Q(item__isnull=True) & ~Q(material="")),
                name="result_item_or_material",
            ),
            models.UniqueConstraint(fields=["order", "item"], name="result_item_once"),
        ]
