from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wesprint.apps.workshop.models.orders import Order
from wesprint.platform.ledger.models import EconomicResource
from wesprint.platform.people.models import Person
from wesprint.platform.reference.sheets import TestSheet, sheet_constraints


class Approval(models.TextChoices):
    LINK = "link", _("by the link")
    TELEPHONE = "telephone", _("by telephone")
    COUNTER = "counter", _("at the counter")


class CustomerRepair(models.Model):
    """The customer's side of an order: it is their thing, we only have it in custody.

    estimate_cents: at most this, unless they approve of more. price_cents: what it was at the
    pick-up. ready_at: when they were told, by e-mail or by telephone.
    """

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="repair")
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="workshop_repairs"
    )
    custody = models.OneToOneField(
        EconomicResource, on_delete=models.PROTECT, related_name="workshop_repair"
    )
    secret_hash = models.CharField(max_length=64, unique=True)
    link_until = models.DateTimeField()
    electrical = models.BooleanField(default=False)
    tested_at = models.DateTimeField(null=True)
    test_passed = models.BooleanField(null=True)
    fault = models.CharField(max_length=500, blank=True)
    estimate_cents = models.BigIntegerField(null=True)
    estimate_note = models.CharField(max_length=500, blank=True)
    estimated_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=10, choices=Approval, blank=True)
    declined_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)
    price_cents = models.BigIntegerField(null=True)
    picked_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(estimate_cents__isnull=True, estimated_at__isnull=True)
                | Q(estimate_cents__gte=0, estimated_at__isnull=False),
                name="repair_estimate_dated",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by="")
                | (Q(approved_at__isnull=False, estimated_at__isnull=False) & ~Q(approved_by="")),
                name="repair_approval_says_how",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(declined_at__isnull=True),
                name="repair_yes_or_no",
            ),
            models.CheckConstraint(
                condition=Q(price_cents__isnull=True)
                | Q(price_cents__gte=0, picked_up_at__isnull=False),
                name="repair_paid_at_pick_up",
            ),
            models.CheckConstraint(
                condition=Q(tested_at__isnull=True, test_passed__isnull=True)
                | Q(tested_at__isnull=False, test_passed__isnull=False),
                name="repair_test_has_result",
            ),
        ]
        indexes = [
            models.Index(F("ready_at"), condition=Q(picked_up_at__isnull=True), name="repair_ready")
        ]


class RepairTest(TestSheet):
    """Of somebody's own thing, before it goes back."""

    repair = models.ForeignKey(CustomerRepair, on_delete=models.CASCADE, related_name="tests")
    tester = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="repair_tests"
    )

    class Meta:
        constraints = sheet_constraints("repair_test")
        indexes = [models.Index(F("repair"), F("tested_at").desc(), name="repair_test_newest")]

    def __str__(self) -> str:
        return self.public_id
