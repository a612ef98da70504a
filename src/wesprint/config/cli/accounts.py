"""What the command line does to accounts, as commands with their audit rows."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid
from wesprint.platform.commands.services import changed, command
from wesprint.platform.people.models import User


@command("cli.create_account")
def create_account(ctx: Ctx, *, email: str, password_hash: str) -> User:
    """An account whose address counts as confirmed: the operator vouches for it."""
    try:
        validate_email(email)
    except ValidationError:
        raise Invalid(f"{email} is not an e-mail address.", kept="Nothing was saved.") from None
    if User.objects.filter(email=email).exists():
        raise Conflict(f"There is an account {email} already.", kept="Nothing was changed.")
    user = User.objects.create(email=email, password=password_hash)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    changed(user, "email", "password")
    return user


@command("cli.set_password")
def set_password(ctx: Ctx, *, user: User, password_hash: str) -> User:
    user.password = password_hash
    user.save(update_fields=["password"])
    changed(user, "password")
    return user


@command("cli.make_operator")
def make_operator(ctx: Ctx, *, user: User) -> User:
    user.is_operator = True
    user.save(update_fields=["is_operator"])
    changed(user, "is_operator")
    return user
