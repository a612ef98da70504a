"""The office and the data of people the house knows, most of them without an account.

Each verb needs a cause and leaves it on the trail; none of them answers with personal data,
because a command's answer is kept.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wesprint.kernel.context import Audit, Ctx
from wesprint.kernel.errors import Refused
from wesprint.platform.commands.services import changed, command
from wesprint.platform.organisations.models import Organisation
from wesprint.platform.people import services as people
from wesprint.platform.people.models import Person
from wesprint.platform.people.selectors import active_roles, find_people


@command("account.find_people", audit_policy=Audit.CAUSE_REQUIRED)
def find(ctx: Ctx, *, organisation: Organisation, text: str) -> tuple[int, ...]:
    """Row numbers of at most 12 people by name, telephone or e-mail, as in `find_people`."""
    changed(organisation, "looked for people")
    return tuple(person.pk for person in find_people(organisation, text))


@command("account.look_at_person", audit_policy=Audit.CAUSE_REQUIRED)
def look_at(ctx: Ctx, *, person: Person) -> None:
    changed(person, "looked at")


@command("account.hand_out_data", audit_policy=Audit.CAUSE_REQUIRED)
def hand_out(ctx: Ctx, *, person: Person) -> None:
    """Articles 15 and 20 GDPR; what is handed out, `people.person_data` says."""
    changed(person, "handed out")


@command("account.change_contact", audit_policy=Audit.CAUSE_REQUIRED)
def change_contact(
    ctx: Ctx, *, person: Person, name: str, phone: str, email: str, letter: str
) -> Person:
    """Article 16 GDPR. Raises Invalid when nothing would be left, as `people.change_person`."""
    return people.change_person(
        ctx, person=person, name=name, phone=phone, email=email, letter=letter
    )


@command("account.erase_known", audit_policy=Audit.CAUSE_REQUIRED)
def erase(ctx: Ctx, *, person: Person) -> Person:
    """Article 17 GDPR, see `people.erase_person`. Refused for somebody with a role: the team
    must not lose its board by the way."""
    if active_roles(ctx.occurred_at.date()).filter(person=person).exists():
        raise Refused(
            _("This person has a role in the house."),
            kept=_("Nothing was changed."),
            next=_("Please withdraw the roles first, under “People”."),
        )
    return people.erase_person(ctx, person=person)
