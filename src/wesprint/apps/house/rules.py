"""Who sees the page of the day. What stands on it, each room decides for itself."""

from __future__ import annotations

from collections.abc import Mapping

from rules.predicates import Predicate

from wesprint.platform.people.rules import R, has_role

PERMISSIONS: Mapping[str, Predicate] = {
    "house.view_desk": has_role(
        R.VOLUNTEER,
        R.STAFF,
        R.WORKSHOP_LEAD,
        R.CASHIER,
        R.DISPATCHER,
        R.RIDER,
        R.TREASURER,
        R.BOARD,
        R.AUDITOR,
    ),
}
