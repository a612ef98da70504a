"""What may happen to people: each verb is a command unless its docstring says otherwise."""

from wesprint.platform.people.services.badges import (
    BADGE_LETTERS,
    PinResult,
    issue_badge,
    register_device,
    revoke_badge,
    revoke_device,
    set_pin,
    try_pin,
)
from wesprint.platform.people.services.consents import (
    ask_to_confirm,
    confirm_email,
    record_consent,
)
from wesprint.platform.people.services.persons import (
    change_person,
    give_role,
    link_user,
    person_for,
    register_person,
    set_locale,
    withdraw_role,
)
from wesprint.platform.people.services.privacy import (
    Stays,
    erase_account,
    erase_person,
    forget_untied,
    my_data,
    person_data,
    what_stays,
)
from wesprint.platform.people.services.trail import (
    TEAM_OF_FIVE,
    look_into_audit,
    team_figures,
)

__all__ = [
    "BADGE_LETTERS",
    "TEAM_OF_FIVE",
    "PinResult",
    "Stays",
    "ask_to_confirm",
    "change_person",
    "confirm_email",
    "erase_account",
    "erase_person",
    "forget_untied",
    "give_role",
    "issue_badge",
    "link_user",
    "look_into_audit",
    "my_data",
    "person_data",
    "person_for",
    "record_consent",
    "register_device",
    "register_person",
    "revoke_badge",
    "revoke_device",
    "set_locale",
    "set_pin",
    "team_figures",
    "try_pin",
    "what_stays",
    "withdraw_role",
]
