"""Who may do what with goods. Deny by default; money at a shared device needs the PIN."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from rules.predicates import Predicate

from wesprint.platform.people.rules import R, has_proven_pin, has_role
from wesprint.platform.tokens.scopes import Scope

_takers = has_role(R.VOLUNTEER, R.STAFF, R.WORKSHOP_LEAD, R.CASHIER)
_sellers = has_role(R.CASHIER, R.STAFF)
_office = has_role(R.STAFF, R.WORKSHOP_LEAD, R.BOARD)
_readers = has_role(R.AUDITOR)

PERMISSIONS: Mapping[str, Predicate] = {
    "goods.view_counter": _takers | _readers,
    "goods.take_in": _takers,
    "goods.view_offers": _takers | has_role(R.DISPATCHER) | _readers,
    "goods.answer_offers": _takers,
    "goods.view_diversion": _office | has_role(R.TREASURER, R.TOWN_HALL) | _readers,
    "goods.set_diversion": has_role(R.BOARD, R.TREASURER),
    "goods.set_price": _sellers | has_role(R.WORKSHOP_LEAD),
    "goods.view_hand_over": _sellers | has_role(R.BOARD) | _readers,
    "goods.hand_over": _sellers & has_proven_pin,
    "goods.take_back_late": has_role(R.STAFF, R.BOARD) & has_proven_pin,
    "goods.reserve_for": _takers | _sellers,
    "goods.keep_collections": _sellers,
    "goods.change_to_waste": has_role(R.STAFF, R.WORKSHOP_LEAD),
    "goods.correct": _takers,
    "goods.view_items": _takers | has_role(R.TREASURER, R.BOARD) | _readers,
    "goods.view_week": _office | has_role(R.TREASURER) | _readers,
    "goods.import_stock": has_role(R.STAFF, R.BOARD) & has_proven_pin,
    "goods.set_house_rules": _office,
    "goods.move": _takers,
    "goods.count": _takers,
    "goods.set_places": has_role(R.STAFF, R.WORKSHOP_LEAD),
}

SCOPES = (
    Scope(
        "goods.read",
        _("Read items, reservations and offers"),
        frozenset({"goods.view_items", "goods.view_offers"}),
    ),
    Scope("goods.intake", _("Take things in"), frozenset({"goods.take_in", "goods.correct"})),
    Scope(
        "goods.sell",
        _("Test, price, reserve and hand over"),
        frozenset(
            {"goods.set_price", "goods.hand_over", "goods.reserve_for", "goods.change_to_waste"}
        ),
    ),
    Scope("goods.offers", _("Enter and answer offers"), frozenset({"goods.answer_offers"})),
)
