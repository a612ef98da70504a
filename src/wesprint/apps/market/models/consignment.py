from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wesprint.apps.market.models.window import Supplier
from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Person

ALL = 1000  # per mille


class Consignor(models.Model):
    """Who leaves things to be sold: a supplier of the window, or a person. iban: where the
    money goes; empty where it is paid out at the counter."""

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="consignors")
    supplier = models.OneToOneField(
        Supplier, on_delete=models.PROTECT, null=True, related_name="consignor"
    )
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="consignors"
    )
    iban = models.CharField(max_length=34, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(supplier__isnull=True) | Q(person__isnull=True),
                name="consignor_is_one",
            ),
            models.UniqueConstraint(
                fields=["centre", "person"],
                condition=Q(person__isnull=False),
                name="consignor_person_once",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Afterwards(models.TextChoices):
    BACK = "back", _("it goes back")
    DONATED = "donated", _("it is given to the house")


class Consignment(models.Model):
    """The agreement with a consignor. until: the last day (open end: null); afterwards: what
    happens with what nobody bought. least_cents: nothing is sold below it."""

    public_id = PublicIdField()
    consignor = models.ForeignKey(Consignor, on_delete=models.PROTECT, related_name="consignments")
    number = models.CharField(max_length=30)
    since = models.DateField()
    until = models.DateField(null=True)
    afterwards = models.CharField(max_length=8, choices=Afterwards)
    least_cents = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(afterwards__in=Afterwards.values), name="consignment_afterwards_known"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="consignment_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(least_cents__gte=0), name="consignment_least_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class CommissionRate(models.Model):
    """The house's share of the price, in thousandths, from a day on."""

    consignment = models.ForeignKey(Consignment, on_delete=models.CASCADE, related_name="rates")
    per_mille = models.PositiveSmallIntegerField()
    since = models.DateField()

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["consignment", "since"], name="commission_once_a_day"),
            models.CheckConstraint(condition=Q(per_mille__lte=ALL), name="commission_at_most_all"),
        ]


class ConsignedState(models.TextChoices):
    HELD = "held", _("in the house")
    RETURNED = "returned", _("given back")
    DONATED = "donated", _("given to the house")


class ConsignedItem(models.Model):
    """An item that is in the house and is not the house's. Whether it is sold, the item says."""

    item = models.OneToOneField("goods.Item", on_delete=models.PROTECT, related_name="consigned")
    consignment = models.ForeignKey(Consignment, on_delete=models.PROTECT, related_name="brought")
    least_cents = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=ConsignedState, default=ConsignedState.HELD)
    brought_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ConsignedState.values), name="consigned_state_known"
            ),
            models.CheckConstraint(
                condition=Q(least_cents__gte=0), name="consigned_least_not_negative"
            ),
        ]


class PayoutState(models.TextChoices):
    DRAWN_UP = "drawn-up", _("drawn up")
    PAID = "paid", _("paid")


class Payout(models.Model):
    """A list of what goes to whom; paid when the treasurer says so."""

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="payouts")
    number = models.CharField(max_length=30)
    state = models.CharField(max_length=8, choices=PayoutState, default=PayoutState.DRAWN_UP)
    drawn_up_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "number"], name="payout_number_once"),
            models.CheckConstraint(
                condition=Q(state="drawn-up", paid_at__isnull=True)
                | Q(state="paid", paid_at__isnull=False),
                name="payout_paid_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Settlement(models.Model):
    """The statement of one month for one consignor: what was sold and what is due. Sums are
    kept with it, so that a printed statement says the same for ever."""

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="settlements")
    consignor = models.ForeignKey(Consignor, on_delete=models.PROTECT, related_name="settlements")
    payout = models.ForeignKey(
        Payout, on_delete=models.PROTECT, null=True, related_name="settlements"
    )
    number = models.CharField(max_length=30)
    month = models.DateField()  # its first day
    price_cents = models.BigIntegerField()
    due_cents = models.BigIntegerField()
    house_cents = models.BigIntegerField()
    drawn_up_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "number"], name="settlement_number_once"),
            models.UniqueConstraint(fields=["consignor", "month"], name="settlement_month_once"),
            models.CheckConstraint(
                condition=Q(price_cents=F("due_cents") + F("house_cents")),
                name="settlement_adds_up",
            ),
            models.CheckConstraint(condition=Q(due_cents__gte=0), name="settlement_not_negative"),
        ]
        indexes = [models.Index(fields=["centre", "-month"], name="settlement_newest")]

    def __str__(self) -> str:
        return self.public_id


class SettlementLine(models.Model):
    """What of one sale is whose: price = due + house, to the cent. A sale taken back has a
    second line with the opposite signs (`reverses`)."""

    consigned = models.ForeignKey(ConsignedItem, on_delete=models.PROTECT, related_name="shares")
    hand_over = models.ForeignKey(
        "goods.HandOver", on_delete=models.PROTECT, related_name="settlement_lines"
    )
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by"
    )
    settlement = models.ForeignKey(
        Settlement, on_delete=models.PROTECT, null=True, related_name="shares"
    )
    sold_on = models.DateField()
    price_cents = models.BigIntegerField()
    per_mille = models.PositiveSmallIntegerField()
    due_cents = models.BigIntegerField()
    house_cents = models.BigIntegerField()

    class Meta:
        ordering = ["sold_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["hand_over"],
                condition=Q(reverses__isnull=True),
                name="settlement_line_once",
            ),
            models.CheckConstraint(
                condition=Q(price_cents=F("due_cents") + F("house_cents")),
                name="settlement_line_adds_up",
            ),
        ]
