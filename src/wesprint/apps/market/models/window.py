from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wesprint.platform.agents.models import Agent
from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.files.models import StoredFile
from wesprint.platform.ledger.models import Intent
from wesprint.platform.organisations.models import Centre, Organisation
from wesprint.platform.people.models import Person


class SupplierState(models.TextChoices):
    APPLIED = "applied", _("waiting for the house")
    APPROVED = "approved", _("in the window")
    DECLINED = "declined", _("declined")
    ENDED = "ended", _("ended")


class Supplier(models.Model):
    """A maker or a shop of the region. `organisation`: where it is a tenant itself; else name
    and address stand here, because every offer shows them (GPSR Art. 19). The contact person
    stands in `people`. agreed_on: the day of the agreement with the house; null until then.

    feed_*: its product feed, what the last visit brought, and the version that it named.
    """

    public_id = PublicIdField()
    secret_hash = models.CharField(max_length=64, unique=True)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="suppliers")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="supplies"
    )
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="suppliers")
    contact = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="supplier_contacts"
    )
    name = models.CharField(max_length=120)
    street = models.CharField(max_length=120)
    postcode = models.CharField(max_length=10)
    town = models.CharField(max_length=80)
    email = models.EmailField()
    about = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=SupplierState, default=SupplierState.APPLIED)
    agreed_on = models.DateField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    applied_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    feed_url = models.CharField(max_length=500, blank=True)
    feed_etag = models.CharField(max_length=200, blank=True)
    feed_read_at = models.DateTimeField(null=True)
    feed_note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=SupplierState.values), name="supplier_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=SupplierState.APPROVED) | Q(agreed_on__isnull=False),
                name="supplier_approved_has_agreement",
            ),
            models.CheckConstraint(
                condition=~Q(name="")
                & ~Q(street="")
                & ~Q(postcode="")
                & ~Q(town="")
                & ~Q(email=""),
                name="supplier_can_be_named",
            ),
        ]
        indexes = [models.Index(fields=["centre", "state", "name"], name="supplier_by_state")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_approved(self) -> bool:
        return self.state == SupplierState.APPROVED


class Kind(models.TextChoices):
    FOOD = "food", _("Food and drink")
    HOME = "home", _("Home and table")
    CLOTHING = "clothing", _("Clothing and textiles")
    BODY = "body", _("Soap and care")
    TOYS = "toys", _("Toys and books")
    GARDEN = "garden", _("Garden and tools")
    REPAIR = "repair", _("Parts and repair")
    OTHER = "other", _("Everything else")


class Place(models.TextChoices):
    SUPPLIER = "supplier", _("at the supplier's")
    HOUSE = "house", _("in the house")


class ListingState(models.TextChoices):
    SHOWN = "shown", _("in the window")
    PAUSED = "paused", _("paused")
    HIDDEN = "hidden", _("taken down by the house")
    GONE = "gone", _("no longer offered")


class ListingSource(models.TextChoices):
    FORM = "form", _("form")
    TABLE = "table", _("table")
    FEED = "feed", _("product feed")


class Listing(models.Model):
    """What a supplier shows. ref: its own number, by which a table or feed finds it again.

    shown_since: null unless it can be seen and reserved now. made_within_km: as the supplier
    says. maker_*, identification, warnings: GPSR Art. 19; an empty maker is the supplier.
    """

    public_id = PublicIdField()
    centre = models.ForeignKey(
        Centre, on_delete=models.PROTECT, related_name="listings", db_index=False
    )
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="listings")
    ref = models.CharField(max_length=80)
    source = models.CharField(max_length=5, choices=ListingSource)
    title = models.CharField(max_length=120)
    text = models.CharField(max_length=2000, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.OTHER)
    price_cents = models.BigIntegerField()
    stock = models.PositiveIntegerField()
    place = models.CharField(max_length=8, choices=Place, default=Place.SUPPLIER)
    made_within_km = models.PositiveSmallIntegerField(null=True)
    maker_name = models.CharField(max_length=120, blank=True)
    maker_address = models.CharField(max_length=200, blank=True)
    maker_email = models.CharField(max_length=200, blank=True)
    identification = models.CharField(max_length=120, blank=True)
    warnings = models.CharField(max_length=500, blank=True)
    image_url = models.CharField(max_length=1000, blank=True)
    state = models.CharField(max_length=8, choices=ListingState, default=ListingState.SHOWN)
    made_at = models.DateTimeField()
    shown_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supplier", "ref"], name="listing_ref_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="listing_kind_known"),
            models.CheckConstraint(condition=Q(place__in=Place.values), name="listing_place_known"),
            models.CheckConstraint(
                condition=Q(state__in=ListingState.values), name="listing_state_known"
            ),
            models.CheckConstraint(
                condition=Q(source__in=ListingSource.values), name="listing_source_known"
            ),
            models.CheckConstraint(condition=Q(price_cents__gt=0), name="listing_costs_something"),
            models.CheckConstraint(condition=~Q(title=""), name="listing_has_title"),
            models.CheckConstraint(
                condition=Q(shown_since__isnull=True) | Q(state=ListingState.SHOWN, stock__gt=0),
                name="listing_shown_is_there",
            ),
            models.CheckConstraint(
                condition=Q(maker_name="", maker_address="", maker_email="")
                | (~Q(maker_name="") & ~Q(maker_address="") & ~Q(maker_email="")),
                name="listing_maker_complete",
            ),
        ]
        indexes = [
            models.Index(
                F("centre"),
                F("shown_since").desc(),
                F("id").desc(),
                condition=Q(shown_since__isnull=False),
                name="listing_window",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class ListingPhoto(models.Model):
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="pictures")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="listing_photos")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["listing", "position"], name="listing_photo_once")
        ]


class BookingWay(models.TextChoices):
    COLLECT = "collect", _("I collect it")
    DELIVER = "deliver", _("Please deliver it")


class BookingState(models.TextChoices):
    ACTIVE = "active", _("reserved")
    COLLECTED = "collected", _("collected")
    CANCELLED = "cancelled", _("cancelled")
    EXPIRED = "expired", _("expired")


class Booking(models.Model):
    """Some of a listing put aside; its stock is lower by `count` until it is given back.

    intent: the wish for a delivery, answered by whoever delivers. deliver_to: an address of
    the person, for that alone.
    """

    public_id = PublicIdField()
    secret_hash = models.CharField(max_length=64, unique=True)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="window_bookings")
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="window_bookings")
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="window_bookings"
    )
    count = models.PositiveIntegerField()
    price_cents = models.BigIntegerField()  # of one, as promised
    way = models.CharField(max_length=8, choices=BookingWay)
    deliver_to = models.CharField(max_length=200, blank=True)
    intent = models.OneToOneField(
        Intent, on_delete=models.PROTECT, null=True, related_name="window_booking"
    )
    state = models.CharField(max_length=10, choices=BookingState, default=BookingState.ACTIVE)
    booked_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=BookingState.values), name="window_booking_state_known"
            ),
            models.CheckConstraint(
                condition=Q(way__in=BookingWay.values), name="booking_way_known"
            ),
            models.CheckConstraint(condition=Q(count__gt=0), name="booking_of_something"),
            models.CheckConstraint(
                condition=Q(until__gt=F("booked_at")), name="booking_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(way="deliver", intent__isnull=False)
                | Q(way="collect", intent__isnull=True, deliver_to=""),
                name="booking_delivered_has_intent",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "until"], name="booking_runs_out"),
            models.Index(fields=["centre", "state", "booked_at"], name="booking_desk"),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def total_cents(self) -> int:
        return self.count * self.price_cents
