"""Who may look after people, tablets and the house itself. What changes something asks for
the PIN at a shared device; names with `view_` only read."""

from __future__ import annotations

from collections.abc import Mapping

from rules.predicates import Predicate

from wesprint.platform.people.rules import R, has_proven_pin, has_role, is_signed_in

_board = has_role(R.BOARD)
_readers = has_role(R.AUDITOR)

PERMISSIONS: Mapping[str, Predicate] = {
    "account.view_own": is_signed_in,
    "account.view_team": _board | has_role(R.STAFF) | _readers,
    "account.manage_team": _board & has_proven_pin,
    "account.view_people_data": (_board | _readers) & has_proven_pin,
    "account.manage_people_data": _board & has_proven_pin,
    "account.view_devices": _board | has_role(R.STAFF) | _readers,
    "account.manage_devices": (_board | has_role(R.STAFF)) & has_proven_pin,
    "account.view_keys": _board | has_role(R.STAFF) | _readers,
    "account.manage_keys": (_board | has_role(R.STAFF)) & has_proven_pin,
    "account.view_house": _board | _readers,
    "account.manage_house": _board & has_proven_pin,
    "account.view_trail": (_board | _readers) & has_proven_pin,
}
