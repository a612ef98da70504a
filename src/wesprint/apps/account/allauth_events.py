"""When an address is confirmed, and at every sign-in, an account meets the person whom a house
added to its team before there was an account."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from wesprint.apps.account.services import join_account
from wesprint.platform.people.models import User


@receiver(email_confirmed)
def address_confirmed(email_address: EmailAddress, **_more: Any) -> None:
    join_account(User.objects.get(pk=email_address.user_id))


@receiver(user_logged_in)
def signed_in(user: User, **_more: Any) -> None:
    join_account(user)
