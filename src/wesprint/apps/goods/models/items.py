from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models.basis import Basis
from wesprint.apps.goods.models.offers import Offer
from wesprint.apps.goods.models.outflows import Load
from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.files.models import StoredFile
from wesprint.platform.ledger.models import EconomicResource
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Person
from wesprint.platform.reference.models import Category, GateKind, Grade


class Route(models.TextChoices):
    SELL = "sell", _("Sell")
    WORKSHOP = "workshop", _("Workshop")
    LEND = "lend", _("Lend")
    SPARE_PARTS = "spare-parts", _("Spare parts")
    RECYCLE = "recycle", _("Recycle")
    DISPOSE = "dispose", _("Dispose")


class ItemState(models.TextChoices):
    TAKEN_IN = "taken-in", _("taken in")
    IN_WORKSHOP = "in-workshop", _("in the workshop")
    FOR_SALE = "for-sale", _("for sale")
    RESERVED = "reserved", _("reserved")
    HANDED_OVER = "handed-over", _("handed over")
    DISPOSED = "disposed", _("recycled or disposed of")
    USED_UP = "used-up", _("became something else")
    WITHDRAWN = "withdrawn", _("entry withdrawn")
    RETURNED = "returned", _("given back to its owner")
    LOST = "lost", _("lost")


class Status(models.TextChoices):
    PRODUCT = "product", _("product")
    WASTE = "waste", _("waste")


class Intake(models.Model):
    """One visit of a giver, known or not, with or without an offer before. imported_at: no visit
    but a table of existing stock, all of which was there from this moment on. fetched_g,
    fetched_photo: what the rider of a tour weighed and photographed at the door; the first is null
    where no tour fetched it."""

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="intakes")
    giver = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="intakes")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, null=True, related_name="intakes")
    started_at = models.DateTimeField()
    imported_at = models.DateTimeField(null=True)
    fetched_g = models.PositiveIntegerField(null=True)
    fetched_photo = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["centre", "-started_at"], name="intake_newest"),
            models.Index(
                fields=["centre", "imported_at"],
                condition=Q(imported_at__isnull=False),
                name="intake_imported",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


LISTED = [ItemState.FOR_SALE, ItemState.RESERVED]
IN_HOUSE = [ItemState.TAKEN_IN, *LISTED]


class Item(models.Model):
    """One thing, or one batch by weight, with its identity in the ledger.

    intake: null for what the workshop made. mass_g: grams, as weighed or estimated (`basis`).
    price_cents: null until somebody set it.
    suggested_cents: what we suggested when it first got its price; null where we knew nothing.
    for_sale_since: null unless it is in the catalogue now. tested_at, test_passed: the electrical
    test; null where none was made. left_at: when it was handed over, recycled, disposed of or
    found missing. place: where it stands, or stood last. A batch that was sold out keeps the mass
    of its last part. barred: the gate that keeps it from the shelf, empty when all are open.
    waste_code: under which key it waits in the recycling cage, or left. caged_at: when a product
    became waste. load: with what it left.
    over_capacity: why it was taken although the house was full.
    """

    public_id = PublicIdField()
    centre = models.ForeignKey(
        Centre, on_delete=models.PROTECT, related_name="items", db_index=False
    )
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="items", null=True)
    resource = models.OneToOneField(EconomicResource, on_delete=models.PROTECT, related_name="item")
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="items", db_index=False
    )
    title = models.CharField(max_length=120)
    note = models.CharField(max_length=500, blank=True)
    grade = models.CharField(max_length=1, choices=Grade)
    route = models.CharField(max_length=12, choices=Route)
    state = models.CharField(max_length=12, choices=ItemState, default=ItemState.TAKEN_IN)
    status = models.CharField(max_length=8, choices=Status, default=Status.PRODUCT)
    is_batch = models.BooleanField(default=False)
    mass_g = models.BigIntegerField()
    basis = models.CharField(max_length=10, choices=Basis)
    price_cents = models.BigIntegerField(null=True)
    suggested_cents = models.BigIntegerField(null=True)
    tested_at = models.DateTimeField(null=True)
    test_passed = models.BooleanField(null=True)
    barred = models.CharField(max_length=10, choices=GateKind, blank=True)
    waste_code = models.CharField(max_length=12, blank=True)
    caged_at = models.DateTimeField(null=True)
    over_capacity = models.CharField(max_length=120, blank=True)
    load = models.ForeignKey(Load, on_delete=models.PROTECT, null=True, related_name="items")
    taken_in_at = models.DateTimeField()
    first_for_sale_at = models.DateTimeField(null=True)
    for_sale_since = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    place = models.ForeignKey(
        "goods.Place", on_delete=models.PROTECT, related_name="items", null=True, db_index=False
    )
    placed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(grade__in=Grade.values), name="item_grade_known"),
            models.CheckConstraint(condition=Q(route__in=Route.values), name="item_route_known"),
            models.CheckConstraint(
                condition=Q(state__in=ItemState.values), name="item_state_known"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="item_status_known"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="item_basis_known"),
            models.CheckConstraint(condition=Q(mass_g__gt=0), name="item_weighs_something"),
            models.CheckConstraint(
                condition=Q(price_cents__isnull=True) | Q(price_cents__gte=0),
                name="item_price_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(suggested_cents__isnull=True) | Q(suggested_cents__gt=0),
                name="item_suggested_something",
            ),
            models.CheckConstraint(
                condition=Q(state__in=LISTED, for_sale_since__isnull=False)
                | (~Q(state__in=LISTED) & Q(for_sale_since__isnull=True)),
                name="item_listed_since",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=LISTED) | Q(price_cents__isnull=False, status="product"),
                name="item_listed_has_price",
            ),
            models.CheckConstraint(
                condition=Q(tested_at__isnull=True, test_passed__isnull=True)
                | Q(tested_at__isnull=False, test_passed__isnull=False),
                name="item_test_has_result",
            ),
            models.CheckConstraint(
                condition=~Q(state=ItemState.DISPOSED) | ~Q(waste_code=""),
                name="item_disposed_has_code",
            ),
            models.CheckConstraint(
                condition=Q(barred="") | Q(barred__in=GateKind.values), name="item_gate_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=LISTED) | Q(barred=""), name="item_listed_passed_its_gates"
            ),
        ]
        # SQLite uses a partial index only for conditions without parameters, hence "is null".
        indexes = [
            # The filters' columns stand in it, so that a rare wish is answered by the index alone.
            models.Index(
                F("centre"),
                F("for_sale_since").desc(),
                F("id").desc(),
                F("category"),
                F("grade"),
                F("price_cents"),
                F("mass_g"),
                condition=Q(for_sale_since__isnull=False),
                name="item_catalogue_filters",
            ),
            models.Index(
                F("centre"),
                F("category"),
                F("for_sale_since").desc(),
                F("id").desc(),
                condition=Q(for_sale_since__isnull=False),
                name="item_catalogue_category",
            ),
            models.Index(
                F("centre"),
                F("category"),
                F("left_at").desc(),
                condition=Q(left_at__isnull=False),
                name="item_own_sales",
            ),
            models.Index(
                F("centre"),
                F("state"),
                F("taken_in_at").desc(),
                F("id").desc(),
                name="item_by_state",
            ),
            models.Index(fields=["centre", "state", "waste_code"], name="item_in_cage"),
            models.Index(F("centre"), F("taken_in_at").desc(), F("id").desc(), name="item_newest"),
            models.Index(
                F("centre"),
                F("category"),
                F("taken_in_at").desc(),
                F("id").desc(),
                name="item_of_kind_newest",
            ),
            models.Index(
                F("centre"),
                F("left_at").desc(),
                F("id").desc(),
                condition=Q(left_at__isnull=False),
                name="item_left_newest",
            ),
            models.Index(fields=["place"], condition=Q(place__isnull=False), name="item_stands_at"),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_listed(self) -> bool:
        return self.state in LISTED


class ItemPhoto(models.Model):
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="photos")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="item_photos")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["item", "position"], name="item_photo_once")]
