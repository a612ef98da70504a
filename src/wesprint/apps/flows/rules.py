"""Who may record what stands beside the figures, and read the entries behind them. The figures
themselves everybody may read."""

from __future__ import annotations

from collections.abc import Mapping

from rules.predicates import Predicate

from wesprint.platform.people.rules import R, has_role

_keepers = has_role(R.BOARD, R.TREASURER)

PERMISSIONS: Mapping[str, Predicate] = {
    "flows.view_ledger": _keepers | has_role(R.STAFF, R.AUDITOR),
    "flows.view_records": _keepers | has_role(R.STAFF, R.AUDITOR),
    "flows.record_use": _keepers | has_role(R.STAFF),
    "flows.record_baseline": has_role(R.BOARD),
}
