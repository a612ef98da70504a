"""The first house: an organisation, the house it owns and runs, and its first board member."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.urls import reverse

from wesprint.config.cli.accounts import create_account
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict
from wesprint.platform.commands.services import command, running_command
from wesprint.platform.organisations.models import Centre, Organisation, RelationKind
from wesprint.platform.organisations.services import (
    Address,
    found_organisation,
    open_centre,
    relate,
)
from wesprint.platform.people.models import Role, RoleName, User
from wesprint.platform.people.services import give_role, person_for

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e"})


@dataclass(frozen=True, slots=True)
class House:
    name: str
    slug: str
    kind: str
    address: Address


@dataclass(frozen=True, slots=True)
class Tenant:
    """Who owns and runs it. One with the same short name is taken, if the name is the same."""

    name: str
    slug: str
    legal_form: str


@dataclass(frozen=True, slots=True)
class Opened:
    centre: Centre
    organisation: Organisation
    board: User


def slug_of(name: str) -> str:
    """ "Kaufhaus am Markt" -> "kaufhaus-am-markt"; at most 40 signs."""
    plain = name.lower().translate(UMLAUTS)
    return re.sub(r"[^a-z0-9]+", "-", plain)[:40].strip("-")


@command("cli.open_house")
def open_house(
    ctx: Ctx, *, house: House, tenant: Tenant, board_email: str, board_name: str
) -> Opened:
    """All of it or nothing. Conflict where a short name is taken by somebody else."""
    organisation = _organisation(ctx, tenant)
    centre = open_centre(
        ctx, name=house.name, slug=house.slug, address=house.address, kind=house.kind
    )
    today = running_command().recorded_at.astimezone(centre.tz).date()
    for relation in (RelationKind.OWNER, RelationKind.OPERATOR):
        relate(ctx, centre=centre, organisation=organisation, kind=relation, since=today)
    user = User.objects.filter(email=board_email).first() or create_account(
        ctx, email=board_email, password_hash=_nobodys_password()
    )
    person = person_for(ctx, user=user, organisation=organisation, name=board_name)
    held = Role.objects.filter(person=person, role=RoleName.BOARD, centre=None, until=None)
    if not held.exists():
        give_role(ctx, person=person, role=RoleName.BOARD, since=today)
    return Opened(centre, organisation, user)


def _organisation(ctx: Ctx, tenant: Tenant) -> Organisation:
    known = Organisation.objects.filter(slug=tenant.slug).first()
    if known is None:
        return found_organisation(
            ctx, name=tenant.name, slug=tenant.slug, legal_form=tenant.legal_form
        )
    if known.name != tenant.name:
        raise Conflict(
            f"The short name {tenant.slug} belongs to {known.name}.",
            kept="Nothing was changed.",
            next="Give another one: --organisation-slug.",
        )
    return known


def _nobodys_password() -> str:
    """The link sets the real one; until then none fits."""
    return make_password(secrets.token_urlsafe(32))


def password_link(user: User) -> str:
    """For one use, within Django's PASSWORD_RESET_TIMEOUT (three days)."""
    words = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    path = reverse("account_reset_password_from_key", kwargs=words)
    return f"{settings.BASE_URL}{path}"
