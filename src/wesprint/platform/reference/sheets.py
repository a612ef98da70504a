"""The sheet of an electrical test, for every room that tests things."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.reference.models import ProtectionClass


class TestSheet(models.Model):
    """One test as it was read off the device; never changed, only repeated.

    Values in milliohms, kiloohms and microamperes; null where the protection class has none.
    initials: of who tested, as on the label; `tester` only where it was somebody with an account.
    """

    public_id = PublicIdField()
    protection_class = models.CharField(max_length=3, choices=ProtectionClass)
    visual_ok = models.BooleanField()
    function_ok = models.BooleanField()
    conductor_mohm = models.PositiveIntegerField(null=True)
    insulation_kohm = models.PositiveIntegerField(null=True)
    leakage_ua = models.PositiveIntegerField(null=True)
    device = models.CharField(max_length=80)
    initials = models.CharField(max_length=8, blank=True)
    passed = models.BooleanField()
    note = models.CharField(max_length=200, blank=True)
    tested_at = models.DateTimeField()

    class Meta:
        abstract = True


def sheet_constraints(name: str) -> list[models.BaseConstraint]:
    """What every sheet must hold; a passed one its values."""
    return [
        models.CheckConstraint(
            condition=Q(protection_class__in=ProtectionClass.values), name=f"{name}_class_known"
        ),
        models.CheckConstraint(condition=~Q(device=""), name=f"{name}_has_device"),
        models.CheckConstraint(
            condition=Q(passed=False) | Q(visual_ok=True, function_ok=True),
            name=f"{name}_passed_is_whole",
        ),
        models.CheckConstraint(
            condition=Q(passed=False)
            | ~Q(protection_class=ProtectionClass.ONE)
            | Q(conductor_mohm__isnull=False),
            name=f"{name}_class_one_measured",
        ),
        models.CheckConstraint(
            condition=Q(passed=False)
            | Q(insulation_kohm__isnull=False)
            | Q(leakage_ua__isnull=False),
            name=f"{name}_insulation_measured",
        ),
    ]
