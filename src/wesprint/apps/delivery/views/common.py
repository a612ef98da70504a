"""What the pages of this room do alike: say what was done, know who rides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from wesprint.apps.delivery.selectors.house import hub_of
from wesprint.kernel.errors import DomainError, Invalid, Refused
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import operator_of
from wesprint.platform.people.models import Person
from wesprint.web.errors import localise
from wesprint.web.http import viewer_of
from wesprint.web.maps.fields import AddressField, town_of


def told(request: HttpRequest, work: Callable[[], str]) -> bool:
    """Do it and say so; what a service refuses is said in its own words. Whether it was done."""
    try:
        if words := work():
            messages.success(request, words)
    except DomainError as error:
        messages.error(request, " ".join(filter(None, map(localise, (error.what, error.next)))))
        return False
    return True


def near_hub(form: forms.BaseForm, centre: Centre) -> None:
    """The form's addresses are looked for in the town that the bikes ride in."""
    hub = hub_of(centre)
    for field in form.fields.values():
        if isinstance(field, AddressField):
            field.here(hub.town if hub else town_of(centre))


def myself(request: HttpRequest, centre: Centre) -> Person:
    """Whoever holds the phone, as the house knows them. Raises Refused for a strange account."""
    operator = operator_of(centre, now().astimezone(centre.tz).date())
    mine = Person.objects.filter(pk__in=viewer_of(request).person_ids, organisation=operator)
    found = mine.filter(erased_at=None).first()
    if found is None:
        raise Refused(
            _("The house does not know you as a person."),
            kept=_("Nothing was changed."),
            next=_("Please let the board enter you first."),
            code="no-person",
        )
    return found


def month_asked(request: HttpRequest, centre: Centre) -> tuple[date, date]:
    """The month of the address, else this one: its first day and the day after its last."""
    today = now().astimezone(centre.tz).date()
    try:
        first = date.fromisoformat(f"{request.GET.get('monat', '')}-01")
    except ValueError:
        first = today.replace(day=1)
    if not 2000 <= first.year <= 2100:
        raise Invalid(_("This month does not exist here."))
    after = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return first, after
