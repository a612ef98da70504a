from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models.collections import Collection
from wesprint.apps.goods.models.items import Item
from wesprint.apps.goods.models.leaving import Reservation
from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.geo.models import Located, place_is_whole
from wesprint.platform.ledger.models import Intent
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Person


class WaitingState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    SERVED = "served", _("had their turn")
    LEFT = "left", _("left the list")
    GONE = "gone", _("the thing is gone")


class Waiting(models.Model):
    """Somebody who gets a reserved thing next. Their place is the order of the rows.

    told_at: when a letter went or somebody called; a served one without it has to be called.
    """

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="waiting")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="waiting")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="waiting")
    collection = models.ForeignKey(
        Collection, on_delete=models.SET_NULL, null=True, related_name="waiting"
    )
    state = models.CharField(max_length=8, choices=WaitingState, default=WaitingState.WAITING)
    joined_at = models.DateTimeField()
    reservation = models.OneToOneField(
        Reservation, on_delete=models.PROTECT, null=True, related_name="waited"
    )
    told_at = models.DateTimeField(null=True)
    # Only of strangers, and only while it runs: see services/strangers.py.
    browser_mark = models.CharField(max_length=64, blank=True)
    connection_mark = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name_plural = "waiting"
        constraints = [
            models.UniqueConstraint(
                fields=["item", "person"], condition=Q(state="waiting"), name="waiting_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=WaitingState.values), name="waiting_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="served", reservation__isnull=False)
                | (~Q(state="served") & Q(reservation__isnull=True)),
                name="waiting_served_has_it",
            ),
        ]
        indexes = [
            models.Index(fields=["item", "state", "id"], name="waiting_in_line"),
            models.Index(fields=["centre", "state", "told_at"], name="waiting_to_call"),
        ]

    def __str__(self) -> str:
        return self.public_id


class DeliveryWish(Located):
    """ "Have it delivered": the wish stands in the ledger as an Intent for the delivery room;
    here only where to, and that goes as soon as the wish is closed."""

    reservation = models.OneToOneField(
        Reservation, on_delete=models.PROTECT, related_name="delivery_wish"
    )
    intent = models.OneToOneField(Intent, on_delete=models.PROTECT, related_name="delivery_wish")
    address = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "delivery wishes"
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(address=""),
                name="delivery_wish_closed_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(lat__isnull=True),
                name="delivery_wish_closed_is_nowhere",
            ),
            place_is_whole("delivery_wish_place_whole"),
        ]


class SearchState(models.TextChoices):
    ASKED = "asked", _("waits for your yes")
    ACTIVE = "active", _("runs")
    ENDED = "ended", _("ended")


class SavedSearch(models.Model):
    """What somebody looks for (`wanted`, as in the shelf's address) and is written to about.

    It begins with the yes from the mailbox itself. seen_until: what came onto the shelf before
    is not told any more; written_on: the day of the last letter.
    """

    public_id = PublicIdField()
    secret_hash = models.CharField(max_length=64, unique=True)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="saved_searches")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_searches")
    wanted = models.CharField(max_length=400)
    state = models.CharField(max_length=6, choices=SearchState, default=SearchState.ASKED)
    asked_at = models.DateTimeField()
    seen_until = models.DateTimeField()
    written_on = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "saved searches"
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "person", "wanted"],
                condition=~Q(state="ended"),
                name="saved_search_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SearchState.values), name="saved_search_state_known"
            ),
        ]
        indexes = [models.Index(fields=["state", "written_on", "id"], name="saved_search_due")]

    def __str__(self) -> str:
        return self.public_id
