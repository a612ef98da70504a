from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.files.models import StoredFile
from wesprint.platform.geo.models import Located, place_is_whole
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Person
from wesprint.platform.reference.models import Category


class OfferState(models.TextChoices):
    OFFERED = "offered", _("waiting for an answer")
    ASKED = "asked", _("question open")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    ARRIVED = "arrived", _("arrived")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Way(models.TextChoices):
    BRING = "bring", _("I bring it")
    FETCH = "fetch", _("Please fetch it")


class Source(models.TextChoices):
    WEB = "web", _("online")
    TELEPHONE = "telephone", _("by telephone")
    COUNTER = "counter", _("at the counter")


class Size(models.TextChoices):
    S = "S", _("fits into a bag")
    M = "M", _("one person carries it")
    L = "L", _("two people carry it")
    XL = "XL", _("needs a van")


class Offer(Located):
    """What somebody would like to give away. The giver's data stand in `people`; only the
    address for fetching stands here, because it may be another one (and where that is)."""

    public_id = PublicIdField()
    secret_hash = models.CharField(max_length=64, unique=True)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="offers")
    number = models.PositiveIntegerField()  # short, for the telephone; counts per centre
    giver = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="offers")
    state = models.CharField(max_length=10, choices=OfferState, default=OfferState.OFFERED)
    way = models.CharField(max_length=5, choices=Way)
    source = models.CharField(max_length=10, choices=Source)
    size = models.CharField(max_length=2, choices=Size)
    note = models.CharField(max_length=500, blank=True)
    fetch_address = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=500, blank=True)  # the friendly words of the decision
    offered_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    link_until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "number"], name="offer_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=OfferState.values), name="offer_state_known"
            ),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="offer_way_known"),
            models.CheckConstraint(
                condition=Q(source__in=Source.values), name="offer_source_known"
            ),
            models.CheckConstraint(condition=Q(size__in=Size.values), name="offer_size_known"),
            models.CheckConstraint(
                condition=Q(link_until__gt=F("offered_at")), name="offer_link_lives"
            ),
            place_is_whole("offer_place_whole"),
        ]
        indexes = [
            models.Index(fields=["centre", "state", "-offered_at"], name="offer_inbox"),
        ]

    def __str__(self) -> str:
        return self.public_id


class OfferLine(models.Model):
    """One thing of an offer, or some of a kind. `category` is our guess from the words, and may
    be empty. size, wish: asked only in a household clearance; so is `taken`, the store's choice
    (null until somebody chose)."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=120)
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, related_name="offer_lines"
    )
    count = models.PositiveSmallIntegerField(default=1)
    size = models.CharField(max_length=2, choices=Size, blank=True, default="")
    wish = models.CharField(max_length=120, blank=True, default="")
    taken = models.BooleanField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(condition=Q(count__gt=0), name="offer_line_counts"),
            models.CheckConstraint(
                condition=Q(size="") | Q(size__in=Size.values), name="offer_line_size_known"
            ),
            models.UniqueConstraint(fields=["offer", "position"], name="offer_line_once"),
            models.CheckConstraint(condition=~Q(what=""), name="offer_line_says_what"),
        ]


class OfferMessage(models.Model):
    """A question of the house or an answer of the giver."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="messages")
    from_giver = models.BooleanField()
    text = models.CharField(max_length=1000)
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["sent_at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="offer_message_says")]


class OfferPhoto(models.Model):
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="photos")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="offer_photos")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "position"], name="offer_photo_once")
        ]
