"""What of the store stands on the page of the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from wesprint.apps.goods.models import Item, ItemState, Offer, Way
from wesprint.apps.goods.presenters.appointments import hours
from wesprint.apps.goods.presenters.items import title
from wesprint.apps.goods.selectors import desk as ask
from wesprint.apps.goods.selectors.appointments import bookings_from
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.platform.people.viewer import Viewer
from wesprint.web import formats
from wesprint.web.rooms import DESK_COUNTS_TO, DeskCard, DeskRow

_WAYS = {Way.BRING: lambda: _("is brought"), Way.FETCH: lambda: _("to be fetched")}


def desk(centre: Centre, viewer: Viewer, at: datetime) -> Sequence[DeskCard]:
    """Nine queries for somebody who may see everything, one more for each list that is longer
    than what is shown of it."""
    found: list[DeskCard] = []
    if may(viewer, "goods.view_offers", centre):
        found += [*_offers_and_expected(centre), _appointments(centre, at)]
    if may(viewer, "goods.view_hand_over", centre):
        found.append(_reservations(centre, at))
    if may(viewer, "goods.view_items", centre):
        found += _items(centre, at)
    return found


def _offers_and_expected(centre: Centre) -> list[DeskCard]:
    """Three queries."""
    waiting = ask.offers_in(centre, "waiting", DESK_COUNTS_TO)
    expected = ask.offers_in(centre, "expected", DESK_COUNTS_TO)
    ask.with_lines([*waiting.first, *expected.first])
    return [_offers(centre, waiting), _expected(centre, expected)]


def _offers(centre: Centre, waiting: ask.Waiting[Offer]) -> DeskCard:
    return DeskCard(
        _("Offers to answer"),
        waiting.count,
        reverse("goods_offers", args=[centre.slug]),
        "bell",
        _("every offer has its answer"),
        [_offer_row(one, _since(one.offered_at)) for one in waiting.first],
        position=10,
    )


def _expected(centre: Centre, expected: ask.Waiting[Offer]) -> DeskCard:
    here = reverse("goods_offers", args=[centre.slug])
    return DeskCard(
        _("Accepted, on their way"),
        expected.count,
        f"{here}?fach=expected",
        "hourglass",
        _("nobody is expected"),
        [_offer_row(one, _WAYS[Way(one.way)]()) for one in expected.first],
        position=20,
    )


def _appointments(centre: Centre, at: datetime) -> DeskCard:
    day = at.astimezone(centre.tz).date()
    today = bookings_from(centre, day, last=day)
    return DeskCard(
        _("Appointments today"),
        len(today),
        reverse("goods_appointments", args=[centre.slug]),
        "calendar",
        _("nobody comes by appointment"),
        [_offer_row(one.offer, hours(one.slot)) for one in today[: ask.FIRST]],
        position=15,
    )


def _offer_row(offer: Offer, note: str) -> DeskRow:
    first = next(iter(offer.lines.all()), None)
    number = _("No. %(number)s") % {"number": offer.number}
    url = reverse("goods_offer", args=[offer.centre.slug, offer.public_id])
    return DeskRow(first.what if first else number, note, url)


def _reservations(centre: Centre, at: datetime) -> DeskCard:
    ending = ask.reservations_ending(centre, at, DESK_COUNTS_TO)
    return DeskCard(
        _("Reservations that end today"),
        ending.count,
        reverse("goods_collections", args=[centre.slug]),
        "state-reserved",
        _("none ends today"),
        [
            DeskRow(
                title(one.item),
                _("until %(time)s") % {"time": formats.clock(one.until)},
                reverse("goods_hand_over", args=[centre.slug, one.item.public_id]),
            )
            for one in ending.first
        ],
        urgent=True,
        position=30,
    )


def _items(centre: Centre, at: datetime) -> Iterator[DeskCard]:
    here = reverse("goods_stock", args=[centre.slug])
    store_room, shelf = f"{here}?stand={ItemState.TAKEN_IN}", f"{here}?stand={ItemState.FOR_SALE}"
    untested = ask.untested(centre, DESK_COUNTS_TO)
    yield _card(
        _("Electrical, not tested yet"),
        untested,
        store_room,
        "state-test",
        _("everything is tested"),
        40,
    )
    waste = ask.waste_waiting(centre, DESK_COUNTS_TO)
    yield _card(
        _("Waste still in the house"), waste, store_room, "route-recycle", _("all has left"), 60
    )
    long = ask.standing_long(centre, at, DESK_COUNTS_TO)
    yield _card(
        _("On the shelf for more than 90 days"),
        long,
        shelf,
        "clock",
        _("nothing stands too long"),
        70,
    )


def _card(
    heading: str, found: ask.Waiting[Item], url: str, icon: str, nothing: str, position: int
) -> DeskCard:
    rows = [_item_row(item) for item in found.first]
    return DeskCard(heading, found.count, url, icon, nothing, rows, position=position)


def _item_row(item: Item) -> DeskRow:
    note = _since(item.for_sale_since or item.taken_in_at)
    url = reverse("goods_stock_item", args=[item.centre.slug, item.public_id])
    return DeskRow(title(item), note, url)


def _since(moment: datetime) -> str:
    return _("since %(day)s") % {"day": formats.short_date(moment)}
