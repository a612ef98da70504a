"""Who may do what in the workshop. Money at a shared device needs the PIN."""

from __future__ import annotations

from collections.abc import Mapping

from rules.predicates import Predicate

from wesprint.platform.people.rules import R, has_proven_pin, has_role

_makers = has_role(R.VOLUNTEER, R.STAFF, R.WORKSHOP_LEAD)
_leaders = has_role(R.STAFF, R.WORKSHOP_LEAD)

PERMISSIONS: Mapping[str, Predicate] = {
    "workshop.view_board": _makers | has_role(R.CASHIER, R.TREASURER, R.BOARD, R.AUDITOR),
    "workshop.work": _makers,
    "workshop.view_customers": _makers | has_role(R.CASHIER, R.AUDITOR),
    "workshop.take_in_repairs": _makers | has_role(R.CASHIER),
    "workshop.hand_back": (has_role(R.CASHIER) | _leaders) & has_proven_pin,
    "workshop.manage": _leaders | has_role(R.BOARD),
}
