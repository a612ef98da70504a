"""What belongs to an account: the suppliers and consignors that its owner speaks for. Whoever has
shown that the address of a supplier is theirs is let in, as by the letter to that address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from wesprint.apps.market.models import BookingState, Consignor, Settlement, Supplier
from wesprint.kernel.errors import NotFound
from wesprint.platform.people.models import User

PAGE = 36  # three years of monthly statements


@dataclass(frozen=True, slots=True)
class Mine:
    """A supplier with the number of its goods that are seen and of those put aside."""

    supplier: Supplier
    shown: int
    put_aside: int


def suppliers_of(user: User) -> tuple[Mine, ...]:
    """By house and name. Two queries."""
    shown = Count("listings", filter=Q(listings__shown_since__isnull=False), distinct=True)
    aside = Count(
        "listings__window_bookings",
        filter=Q(listings__window_bookings__state=BookingState.ACTIVE),
        distinct=True,
    )
    rows = _suppliers(_addresses(user), user).select_related("centre")
    found = rows.annotate(shown=shown, aside=aside).order_by("centre__name", "name", "pk")
    return tuple(Mine(one, vars(one)["shown"], vars(one)["aside"]) for one in found)


def settlements_of(user: User) -> tuple[Settlement, ...]:
    """Newest first. Two queries."""
    rows = Settlement.objects.filter(consignor__in=_consignors(user))
    rows = rows.select_related("centre", "payout")
    return tuple(rows.order_by("-month", "number")[:PAGE])


def settlement_of(user: User, public_id: str) -> Settlement:
    """With its lines. Raises NotFound for none and for somebody else's. Three queries."""
    rows = Settlement.objects.filter(consignor__in=_consignors(user), public_id=public_id)
    rows = rows.select_related("centre", "consignor__supplier", "consignor__person", "payout")
    found = rows.prefetch_related("shares__consigned__item__category").first()
    if found is None:
        raise NotFound(_("There is no such statement."))
    return found


def _addresses(user: User) -> list[str]:
    rows = EmailAddress.objects.filter(user=user, verified=True)
    return [email.lower() for email in rows.values_list("email", flat=True)]


def _suppliers(addresses: Sequence[str], user: User) -> QuerySet[Supplier]:
    rows = Supplier.objects.annotate(address=Lower("email"))
    return rows.filter(Q(contact__user=user) | Q(address__in=addresses))


def _consignors(user: User) -> QuerySet[Consignor]:
    """A person who has an account of another owner is theirs, whatever address they share."""
    addresses = _addresses(user)
    rows = Consignor.objects.annotate(address=Lower("person__email"))
    return rows.filter(
        Q(supplier__in=_suppliers(addresses, user).values("pk"))
        | Q(person__user=user)
        | Q(person__user=None, address__in=addresses)
    )
