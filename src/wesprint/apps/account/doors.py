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
    RoleName.DISPATCHER: ("route-sell", _("See which offers are to be fetched.")),
    RoleName.RIDER: ("bike", _("See the page of the day.")),
    RoleName.TREASURER: ("chart", _("Look at items and the week's figures.")),
    RoleName.BOARD: ("key", _("Set up the house, give roles, read the trail.")),
    RoleName.TOWN_HALL: (
        "world-administration",
        _("See the house as the town's administration does."),
    ),
    RoleName.AUDITOR: ("eye", _("Read everything and change nothing.")),
    OPERATOR: ("settings", _("Look after the installation as a whole.")),
}
