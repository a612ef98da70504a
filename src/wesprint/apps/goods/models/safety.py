from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wesprint.apps.goods.models.items import Item
from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Person
from wesprint.platform.reference.models import Category, GateKind
from wesprint.platform.reference.sheets import TestSheet, sheet_constraints


class Gate(models.Model):
    """A gate that one house adds to those that hold everywhere: from `since` up to and
    including `until`. About a category or a group, about words in the name, or about both.

    words: phrases between semicolons, one of them is enough ("Modell 2000; Typ GX").
    """

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="gates")
    kind = models.CharField(max_length=10, choices=GateKind)
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, related_name="house_gates"
    )
    words = models.CharField(max_length=300, blank=True)
    reason_de = models.CharField(max_length=200)
    reason_en = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=GateKind.values), name="gate_kind_known"),
            models.CheckConstraint(
                condition=Q(category__isnull=False) | ~Q(words=""), name="gate_is_about_something"
            ),
            models.CheckConstraint(condition=~Q(reason_de=""), name="gate_has_reason"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="gate_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class ElectricalTest(TestSheet):
    """Of a thing of the store."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="tests")
    tester = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="electrical_tests"
    )

    class Meta:
        constraints = sheet_constraints("electrical_test")
        indexes = [models.Index(F("item"), F("tested_at").desc(), name="electrical_test_newest")]

    def __str__(self) -> str:
        return self.public_id


class ProductData(models.Model):
    """What an online offer must say of a thing (EU 2023/988, art. 19): who made it and how to
    reach them, what it is, which warnings it carries. An unknown maker is said to be unknown."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="product_data")
    maker_known = models.BooleanField()
    maker = models.CharField(max_length=120, blank=True)
    maker_address = models.CharField(max_length=200, blank=True)
    maker_contact = models.CharField(max_length=120, blank=True)
    identification = models.CharField(max_length=120)
    warnings = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "product data"
        constraints = [
            models.CheckConstraint(
                condition=Q(maker_known=True) & ~Q(maker="") & ~Q(maker_address="")
                | Q(maker_known=False, maker="", maker_address="", maker_contact=""),
                name="product_data_maker_is_whole",
            ),
            models.CheckConstraint(condition=~Q(identification=""), name="product_data_identifies"),
        ]
