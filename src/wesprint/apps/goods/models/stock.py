"""Where things stand, what a count of them found, and prices that fall with time."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models.items import Item, Route
from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference.models import Category


class PlaceKind(models.TextChoices):
    FLOOR = "floor", _("floor or room")
    SHELF = "shelf", _("shelf or rack")
    BOX = "box", _("box")
    CAGE = "cage", _("recycling cage")


class Place(models.Model):
    """Where a thing can stand: floors hold shelves, shelves hold boxes. `code` is short, for
    the label and for typing; `path` names the row numbers from the top, so that all that is
    below is one comparison."""

    public_id = PublicIdField()
    centre = models.ForeignKey(
        Centre, on_delete=models.PROTECT, related_name="goods_places", db_index=False
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="children", null=True, db_index=False
    )
    kind = models.CharField(max_length=5, choices=PlaceKind)
    code = models.CharField(max_length=8)
    name = models.CharField(max_length=60)
    path = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "code"], name="place_code_once"),
            models.CheckConstraint(condition=Q(kind__in=PlaceKind.values), name="place_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=PlaceKind.FLOOR, parent__isnull=True) | ~Q(kind=PlaceKind.FLOOR),
                name="place_floor_is_top",
            ),
            models.CheckConstraint(condition=~Q(code=""), name="place_has_code"),
        ]
        indexes = [models.Index(fields=["centre", "path"], name="place_tree")]

    def __str__(self) -> str:
        return self.public_id


class Stocktake(models.Model):
    """A count of one place and all below it, or of the whole house (no place)."""

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="stocktakes")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="stocktakes", null=True)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(cancelled_at__isnull=True),
                name="stocktake_ends_once",
            ),
        ]
        indexes = [models.Index(fields=["centre", "-begun_at"], name="stocktake_newest")]

    def __str__(self) -> str:
        return self.public_id


class Outcome(models.TextChoices):
    HERE = "here", _("where it belongs")
    MOVED = "moved", _("stood elsewhere in the books")
    FOUND = "found", _("was lost, is found")
    GONE = "gone", _("has left the house in the books")
    MISSING = "missing", _("missing")


class StocktakeLine(models.Model):
    """One thing of a count: seen at a time in a place, or missing at the end (seen_at null).
    `outcome` is empty until the count ends."""

    stocktake = models.ForeignKey(Stocktake, on_delete=models.CASCADE, related_name="lines")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="counted")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", null=True)
    seen_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stocktake", "item"], name="stocktake_item_once"),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(outcome__in=Outcome.values),
                name="stocktake_outcome_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.MISSING, seen_at__isnull=True)
                | (~Q(outcome=Outcome.MISSING) & Q(seen_at__isnull=False)),
                name="stocktake_seen_or_missing",
            ),
        ]


class AgeingRule(models.Model):
    """What becomes of things that stand long: every `after_days` days on the shelf the price
    falls by `percent`, at most `at_most` times; after `route_after_days` days they go another
    way. For one category, or for all that have no rule of their own. Holds from `since` up to
    and including `until`."""

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="ageing_rules")
    category = models.ForeignKey(
        Category, on_delete=models.CASCADE, related_name="ageing_rules", null=True
    )
    after_days = models.PositiveSmallIntegerField()
    percent = models.PositiveSmallIntegerField()
    at_most = models.PositiveSmallIntegerField()
    route_after_days = models.PositiveSmallIntegerField(null=True)
    route = models.CharField(max_length=12, choices=Route, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "category", "since"],
                condition=Q(category__isnull=False),
                name="ageing_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["centre", "since"],
                condition=Q(category__isnull=True),
                name="ageing_of_all_once_a_day",
            ),
            models.CheckConstraint(condition=Q(after_days__gte=1), name="ageing_takes_a_day"),
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=90), name="ageing_percent"
            ),
            models.CheckConstraint(condition=Q(at_most__lte=20), name="ageing_at_most"),
            models.CheckConstraint(
                condition=Q(route="", route_after_days__isnull=True)
                | Q(route__in=Route.values, route_after_days__gte=1),
                name="ageing_route_with_days",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="ageing_ends_after_start",
            ),
        ]


class PriceChange(models.Model):
    """The old price stays readable. rule, step: when a rule did it, and the how-manieth time
    since the thing came onto the shelf (`listed_since`)."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="price_changes")
    at = models.DateTimeField()
    old_cents = models.BigIntegerField()
    new_cents = models.BigIntegerField()
    rule = models.ForeignKey(
        AgeingRule, on_delete=models.PROTECT, related_name="price_changes", null=True
    )
    step = models.PositiveSmallIntegerField(default=0)
    listed_since = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "listed_since", "step"],
                condition=Q(step__gt=0),
                name="price_step_once",
            ),
            models.CheckConstraint(
                condition=Q(old_cents__gte=0, new_cents__gte=0), name="price_change_not_negative"
            ),
        ]


class PriceUnit(models.TextChoices):
    PIECE = "piece", _("per piece")
    KILO = "kg", _("per kilogram")


class PriceTag(models.Model):
    """What hangs on the pieces of a batch. piece_g: what one piece weighs as a rule; null for
    tags per kilogram, which are weighed."""

    public_id = PublicIdField()
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="tags")
    name = models.CharField(max_length=40)
    unit = models.CharField(max_length=5, choices=PriceUnit)
    price_cents = models.BigIntegerField()
    piece_g = models.PositiveIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__in=PriceUnit.values), name="price_tag_unit_known"
            ),
            models.CheckConstraint(condition=Q(price_cents__gte=0), name="price_tag_not_negative"),
            models.CheckConstraint(
                condition=Q(unit=PriceUnit.PIECE, piece_g__gt=0)
                | Q(unit=PriceUnit.KILO, piece_g__isnull=True),
                name="price_tag_piece_weighs",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class LabelPrint(models.Model):
    """That a label was made: of an item, a place or a price tag; on which paper, how many."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="label_prints")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="label_prints", null=True)
    place = models.ForeignKey(
        Place, on_delete=models.CASCADE, related_name="label_prints", null=True
    )
    tag = models.ForeignKey(
        PriceTag, on_delete=models.CASCADE, related_name="label_prints", null=True
    )
    paper = models.CharField(max_length=20)
    copies = models.PositiveSmallIntegerField()
    printed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False, place__isnull=True, tag__isnull=True)
                | Q(item__isnull=True, place__isnull=False, tag__isnull=True)
                | Q(item__isnull=True, place__isnull=True, tag__isnull=False),
                name="label_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(copies__gte=1), name="label_at_least_one"),
        ]
