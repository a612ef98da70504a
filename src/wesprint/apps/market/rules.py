"""Who may do what with the window, consignments and the exchange. Deny by default; money needs
the treasurer, and a shared device the PIN."""

from __future__ import annotations

from collections.abc import Mapping

from rules.predicates import Predicate

from wesprint.platform.people.rules import R, has_proven_pin, has_role

_counter = has_role(R.CASHIER, R.STAFF)
_office = has_role(R.STAFF, R.BOARD)
_money = has_role(R.TREASURER, R.BOARD)
_readers = has_role(R.AUDITOR)

PERMISSIONS: Mapping[str, Predicate] = {
    "market.view_suppliers": _office | has_role(R.TREASURER) | _readers,
    "market.decide_suppliers": _office,
    "market.view_bookings": _counter | has_role(R.BOARD, R.DISPATCHER) | _readers,
    "market.hand_out": _counter & has_proven_pin,
    "market.view_consignments": _counter | _money | _readers,
    "market.consign": _counter | has_role(R.BOARD),
    "market.view_money": _money | has_role(R.STAFF) | _readers,
    "market.settle": _money & has_proven_pin,
    "market.view_entries": _office | has_role(R.TOWN_HALL) | _readers,
    "market.decide_entries": _office,
}
