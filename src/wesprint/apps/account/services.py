"""What this room does beyond the platform's verbs."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.urls import reverse

from wesprint.kernel.context import Actor, ActorKind, Ctx
from wesprint.platform.base.clock import now
from wesprint.platform.commands.services import command, running_command
from wesprint.platform.notices import services as letters
from wesprint.platform.organisations.models import Centre, Organisation
from wesprint.platform.people import services as people
from wesprint.platform.people.models import Person, User
from wesprint.platform.people.secrets import secret_hash
from wesprint.platform.people.selectors import known_people, person_of


@command("account.erase_me")
def erase_me(ctx: Ctx, *, user_id: str) -> None:
    """The account, its ways to sign in and the person behind it; see people.erase_person."""
    email = User.objects.values_list("email", flat=True).filter(public_id=user_id).first() or ""
    AccessAttempt.objects.filter(username=secret_hash(email, "lockout")).delete()
    people.erase_account(ctx, user_id=user_id)


@command("account.tidy")
def tidy(ctx: Ctx) -> int:
    """Every night: forget people whom nothing ties to a house any more, failures of signing in
    after a week, sessions that have ended. Returns how many people were forgotten."""
    at = running_command().recorded_at
    AccessAttempt.objects.filter(attempt_time__lt=at - timedelta(days=7)).delete()
    Session.objects.filter(expire_date__lt=at).delete()
    alive = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=alive).delete()
    return people.forget_untied(
        ctx, untied_since=at - timedelta(days=settings.FORGET_AFTER_DAYS), today=at.date()
    )


@command("account.add_member")
def add_member(
    ctx: Ctx,
    *,
    centre: Centre,
    organisation: Organisation,
    name: str,
    role: str,
    since: date,
    phone: str = "",
    email: str = "",
) -> Person:
    """Somebody joins the team of a house: known already or new. An account whose address is
    confirmed is joined with them at once, one that comes later by `join_account`."""
    user = _account_with(email)
    person = _known(ctx, organisation, email, user)
    if person is None:
        person = people.register_person(
            ctx, organisation=organisation, name=name, phone=phone, email=email, user=user
        )
    elif not person.roles.exists():
        _name_as_the_house_does(ctx, person, name, phone)
    people.give_role(ctx, person=person, role=role, since=since, centre=centre)
    return person


def _known(ctx: Ctx, organisation: Organisation, email: str, user: User | None) -> Person | None:
    """By the account, else by the address of somebody of the team. Whom only the same address
    in an offer or a reservation made known stays apart: anybody could have typed it."""
    person = person_of(user, organisation) if user else None
    if person is None and email:
        person = _of_the_team(organisation, [email]).first()
        if person is not None and user is not None:
            people.link_user(ctx, person=person, user=user)
    return person


def _of_the_team(organisation: Organisation, emails: list[str]) -> QuerySet[Person]:
    """People without account to whom the house's own people gave a role and this address."""
    addresses = [email.strip().lower() for email in emails]
    found = known_people(organisation).filter(user=None, email__in=addresses, roles__isnull=False)
    return found.distinct().order_by("pk")


def _name_as_the_house_does(ctx: Ctx, person: Person, name: str, phone: str) -> None:
    """Until now they called themselves as they liked."""
    people.change_person(
        ctx,
        person=person,
        name=name or person.name,
        phone=phone or person.phone,
        email=person.email,
        letter=person.letter,
    )


def _account_with(email: str) -> User | None:
    """Only an account whose owner has shown that the address is theirs."""
    address = EmailAddress.objects.filter(email__iexact=email.strip(), verified=True).first()
    return User.objects.get(pk=address.user_id) if email.strip() and address else None


def join_account(user: User) -> list[Person]:
    """The account is joined with whom houses already have in their teams under one of its
    confirmed addresses; returns them. At most one per organisation: none where the account is
    somebody already or two people share the address, for people are never merged."""
    emails = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    addresses = [email.lower() for email in emails]
    waiting = Organisation.objects.filter(people__user=None, people__email__in=addresses)
    found = []
    for organisation in waiting.exclude(people__user=user).distinct().order_by("pk"):
        same = _of_the_team(organisation, addresses)[:2]
        if len(same) == 1:
            found.append(people.link_user(_own_ctx(user, organisation), person=same[0], user=user))
    return found


def _own_ctx(user: User, organisation: Organisation) -> Ctx:
    actor = Actor(ActorKind.PERSON, user.public_id)
    return Ctx(actor, organisation.scope, str(uuid.uuid4()), now())


@command("account.ask_to_confirm")
def ask_to_confirm(ctx: Ctx, *, person: Person, email: str, purpose: str) -> Person:
    """Send a letter with a link to the address; it counts once the link was opened (double
    opt-in). `purpose` is what the consent log will say, e.g. "contact"."""
    secret = people.ask_to_confirm(ctx, person=person, email=email, purpose=purpose)
    letters.send(
        ctx,
        to=email.strip().lower(),
        template="account_room/confirm_address",
        context={
            "path": reverse("confirm_address", args=[secret]),
            "house": person.organisation.name,
        },
        language=person.locale,
    )
    return person
