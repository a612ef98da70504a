from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wesprint.apps.goods.models.basis import Basis
from wesprint.apps.goods.models.fractions import Material
from wesprint.apps.goods.models.house import Party
from wesprint.platform.agents.models import Agent
from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.organisations.models import Centre


class Recipient(models.Model):
    """A recycler or disposer by name; in the ledger an agent like any other."""

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="waste_recipients")
    party = models.CharField(max_length=10, choices=Party)
    name = models.CharField(max_length=120)
    certificate = models.CharField(max_length=80, blank=True)
    agent = models.OneToOneField(Agent, on_delete=models.PROTECT, related_name="receives")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "name"], name="recipient_once"),
            models.CheckConstraint(
                condition=Q(party__in=[Party.RECYCLER, Party.WASTE]), name="recipient_party_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="recipient_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Load(models.Model):
    """What left together under one key of the waste catalogue.

        mass_g: what the weighbridge or the own scale said of the whole; recorded_g: what its things
    weighed in the books. The difference stands in the ledger as a correction. material: no things
    but offcuts of the workshop, out of the box of that material. cancelled_at: when it was taken
    back; its things are in the cage again.
    """

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="loads")
    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, null=True, related_name="loads"
    )
    party = models.CharField(max_length=10, choices=Party)
    waste_code = models.CharField(max_length=12)
    slip_number = models.CharField(max_length=40, blank=True)
    mass_g = models.BigIntegerField()
    recorded_g = models.BigIntegerField()
    basis = models.CharField(max_length=10, choices=Basis)
    pieces = models.PositiveIntegerField()
    material = models.CharField(max_length=12, choices=Material, blank=True)
    left_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(mass_g__gt=0, recorded_g__gt=0), name="load_weighs"),
            models.CheckConstraint(
                condition=Q(pieces__gt=0, material="") | Q(pieces=0, material__in=Material.values),
                name="load_holds_things_or_offcuts",
            ),
            models.CheckConstraint(condition=~Q(waste_code=""), name="load_has_code"),
            models.CheckConstraint(
                condition=Q(party__in=[Party.RECYCLER, Party.WASTE]), name="load_party_known"
            ),
            models.UniqueConstraint(
                fields=["recipient", "slip_number"],
                condition=~Q(slip_number="") & Q(cancelled_at=None),
                name="load_slip_once",
            ),
        ]
        indexes = [
            models.Index(F("centre"), F("left_at").desc(), F("id").desc(), name="load_newest")
        ]

    def __str__(self) -> str:
        return self.public_id
