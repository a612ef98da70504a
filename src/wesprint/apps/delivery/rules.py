"""Who may do what in the delivery. In a small town the rider is the dispatcher too: whoever rides
may also take in, plan and load."""

from __future__ import annotations

from collections.abc import Mapping

from rules.predicates import Predicate

from wesprint.platform.people.rules import R, has_role

_riders = has_role(R.DISPATCHER, R.RIDER)
_desk = has_role(R.DISPATCHER, R.RIDER, R.STAFF)

PERMISSIONS: Mapping[str, Predicate] = {
    "delivery.view_board": _desk | has_role(R.BOARD, R.AUDITOR),
    "delivery.work": _desk,
    "delivery.ride": _riders,
    "delivery.manage": has_role(R.DISPATCHER, R.STAFF, R.BOARD, R.TREASURER),
    "delivery.view_figures": _desk | has_role(R.BOARD, R.TREASURER, R.AUDITOR),
}
