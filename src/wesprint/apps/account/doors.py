"""What each door of the demo shows and invites to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wesprint.platform.people.models import RoleName

OPERATOR = "operator"

# role -> (icon, what to try with it)
DOORS: Mapping[str, tuple[str, Any]] = {
    RoleName.MEMBER: ("heart", _("Reserve something and follow what you brought.")),
    RoleName.VOLUNTEER: ("hand", _("Take something in at the counter.")),
    RoleName.STAFF: ("box", _("Take in, hand over, answer offers.")),
    RoleName.WORKSHOP_LEAD: ("route-workshop", _("See what is to be tested or repaired.")),
    RoleName.CASHIER: ("euro", _("Hand something over for money.")),
    RoleName.DISPATCHER: ("route-sell", _("Plan the tours of the day.")),
    RoleName.RIDER: ("bike", _("Ride your tour, stop by stop.")),
    RoleName.TREASURER: ("chart", _("Look at the week's figures and the items.")),
    RoleName.BOARD: ("key", _("See what waits today, set up the house, give roles.")),
    RoleName.TOWN_HALL: (
        "world-administration",
        _("See what the town is spared in bulky waste."),
    ),
    RoleName.AUDITOR: ("eye", _("Read the trail and everything else, change nothing.")),
    OPERATOR: ("settings", _("Look after the installation as a whole.")),
}
