"""How allauth behaves in this house."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from axes.handlers.proxy import AxesProxyHandler
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.errors import Unavailable
from wesprint.web.addresses import client_ip


class AccountAdapter(DefaultAccountAdapter):
    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """An address that is paused uses up nothing of the account's own limit: else one
        machine that goes on guessing would lock the owner out."""
        login = {"email": credentials.get("email", "")}
        if AxesProxyHandler.is_allowed(request, login):
            super().pre_authenticate(request, **credentials)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Without a mail server somebody must not be told that a letter is on its way."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # SMTPException is one; its text would quote the address
            if template_prefix.endswith("_signup"):
                context["user"].delete()  # made by this request: it must be possible again
            raise Unavailable(
                _("Letters cannot be sent at the moment."),
                kept=_("Nothing was lost; your entry is still in your browser."),
                next=_("Please try again in some minutes, or ask at the counter."),
            ) from error

    def format_email_subject(self, subject: str) -> str:
        return subject

    def get_user_search_fields(self) -> list[str]:
        return ["email"]
