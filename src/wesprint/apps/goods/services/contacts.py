"""Whom the house gets to know by an offer or a reservation."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Invalid, Refused
from wesprint.platform.organisations.models import Centre, Organisation
from wesprint.platform.organisations.selectors import operator_of
from wesprint.platform.people.models import Person, User
from wesprint.platform.people.selectors import known_people, tidy_phone
from wesprint.platform.people.services import change_person, person_for, register_person


@dataclass(frozen=True, slots=True)
class Contact:
    """A name and a way to reach somebody; all of it may be empty where nobody asks. `account`
    is whoever sends it signed in."""

    name: str = ""
    phone: str = ""
    email: str = ""
    account: User | None = None

    def __bool__(self) -> bool:
        typed = self.name.strip() or self.phone.strip() or self.email.strip()
        return bool(typed or self.account)


def somebody(ctx: Ctx, centre: Centre, contact: Contact) -> Person | None:
    """The person with this e-mail or telephone, else a new one; None without any contact.

    Nobody who has an account is taken by a contact that anybody could type in.
    """
    if not contact:
        return None
    if contact.account is not None:
        return _owner(ctx, operator_for(ctx, centre), contact, contact.account)
    _check_reachable(contact)
    organisation = operator_for(ctx, centre)
    known = _known(organisation, contact)
    if known is not None:
        return known
    return register_person(
        ctx,
        organisation=organisation,
        name=contact.name,
        phone=contact.phone,
        email=contact.email,
        locale=ctx.locale,
    )


def _owner(ctx: Ctx, organisation: Organisation, contact: Contact, account: User) -> Person:
    """The person behind the account, so that "my data" and "erase me" reach what they send. What
    is known of them stays; what was missing is taken from the form."""
    person = person_for(ctx, user=account, organisation=organisation, name=contact.name)
    name, phone = person.name or contact.name, person.phone or check_phone(contact.phone)
    return change_person(
        ctx, person=person, name=name, phone=phone, email=person.email, letter=person.letter
    )


def operator_for(ctx: Ctx, centre: Centre) -> Organisation:
    operator = operator_of(centre, ctx.occurred_at.astimezone(centre.tz).date())
    if operator is None:
        raise Refused(
            _("Nobody runs this house at the moment."),
            kept=_("Nothing was saved."),
            code="no-operator",
        )
    return operator


FEWEST_DIGITS = 6  # the shortest numbers in German towns, without what surrounds them


def check_phone(text: str) -> str:
    """The telephone number, tidied. Raises Invalid for a text that nobody could call."""
    phone = tidy_phone(text)
    if text.strip() and len(phone.strip("+")) < FEWEST_DIGITS:
        raise Invalid(
            _("This is not a telephone number that we could call."),
            kept=_("Nothing was saved yet."),
            next=_("Please check it, or leave it out and give an e-mail address."),
            field="phone",
            code="no-phone",
        )
    return phone


def _check_reachable(contact: Contact) -> None:
    if not check_phone(contact.phone) and not contact.email.strip():
        raise Invalid(
            _("With the name alone we cannot reach you."),
            kept=_("Nothing was saved yet."),
            next=_("Please add a telephone number or an e-mail address."),
            field="phone",
            code="not-reachable",
        )


def _known(organisation: Organisation, contact: Contact) -> Person | None:
    """Somebody whose record says all that was typed. A number alone makes nobody the same:
    households share one, and nothing that was typed may be dropped."""
    email, phone = contact.email.strip().lower(), tidy_phone(contact.phone)
    people = known_people(organisation).filter(user=None, name__iexact=contact.name.strip())
    if email:
        people = people.filter(email=email)
    if phone:
        people = people.filter(phone=phone)
    return people.order_by("pk").first()


def same_contact(person: Person) -> Q:
    """Persons of the organisation who are reached where this one is, for limits per person."""
    found = Q(pk=person.pk)
    if person.phone:
        found |= Q(organisation=person.organisation_id, phone=person.phone)
    if person.email:
        found |= Q(organisation=person.organisation_id, email=person.email)
    return found
