from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wesprint.platform.ledger.models import EconomicResource
from wesprint.platform.organisations.models import Centre


class Material(models.TextChoices):
    """What offcuts and removed parts are sorted by."""

    WOOD = "wood", _("Wood")
    METAL = "metal", _("Metal")
    TEXTILE = "textile", _("Textiles")
    PLASTIC = "plastic", _("Plastics")
    GLASS = "glass", _("Glass")
    PAPER = "paper", _("Paper and cardboard")
    ELECTRONICS = "electronics", _("Electrical parts")
    MIXED = "mixed", _("Mixed")


class FractionStock(models.Model):
    """The box of one material fraction in a house; how much is in it the ledger knows."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="fractions")
    material = models.CharField(max_length=12, choices=Material)
    resource = models.OneToOneField(
        EconomicResource, on_delete=models.PROTECT, related_name="fraction"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "material"], name="fraction_once"),
            models.CheckConstraint(
                condition=Q(material__in=Material.values), name="fraction_material_known"
            ),
        ]
