"""Who may do what about people at work. What the lead sees of people is for the lead of the house
alone: the auditor gets figures of teams, everybody their own page."""

from __future__ import annotations

from collections.abc import Mapping

import rules
from rules.predicates import Predicate

from wesprint.platform.people.rules import R, has_proven_pin, has_role
from wesprint.platform.people.viewer import Viewer

_lead = has_role(R.BOARD, R.WORKSHOP_LEAD)
_works = has_role(R.VOLUNTEER, R.STAFF, R.WORKSHOP_LEAD, R.CASHIER, R.DISPATCHER, R.RIDER, R.BOARD)


def _at_the_tablet(viewer: Viewer) -> bool:
    return viewer.device_centre_id is not None


at_the_tablet = rules.predicate(_at_the_tablet, name="at a registered tablet")

PERMISSIONS: Mapping[str, Predicate] = {
    "team.clock": _works & at_the_tablet,
    "team.view_own": _works | has_role(R.AUDITOR),
    "team.lead": _lead & has_proven_pin,
    "team.view_figures": _lead | has_role(R.STAFF, R.TREASURER, R.AUDITOR),
    "team.set_rules": has_role(R.BOARD) & has_proven_pin,
}
