"""The tabs of one's own account."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

register = template.Library()
TABS = (
    ("account_overview", _("Overview")),
    ("mfa_index", _("Security")),
    ("account_email", _("E-mail address")),
    ("account_data", _("My data")),
)


@register.simple_tag(takes_context=True)
def account_tabs(context: Context) -> list[dict[str, Any]]:
    """The longest address that the page lies under is the current one."""
    here = context["request"].path
    tabs = [{"label": label, "url": reverse(name), "current": False} for name, label in TABS]
    fitting = [tab for tab in tabs if here.startswith(str(tab["url"]))]
    if fitting:
        max(fitting, key=lambda tab: len(str(tab["url"])))["current"] = True
    return tabs
