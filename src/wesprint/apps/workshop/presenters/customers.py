"""What customers read on their own page, and what the counter hears after a tap."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from wesprint.apps.workshop.models import CustomerRepair, Order, OrderState
from wesprint.apps.workshop.presenters.board import repair_of
from wesprint.web import formats


def own_page(order: Order) -> dict[str, Any]:
    repair = repair_of(order)
    assert repair is not None  # noqa: S101 - found by its secret
    cents = repair.estimate_cents
    return {
        "title": _("Your repair no. %(number)s") % {"number": order.number},
        "repair": repair,
        "estimate": "" if cents is None else formats.money(cents),
        "status": status(order, repair),
        "steps": steps(order, repair),
        "asks": cents is not None
        and order.is_open
        and repair.approved_at is None
        and repair.declined_at is None,
        "may_decline": order.is_open
        and repair.declined_at is None
        and not (order.state == OrderState.IN_WORK and repair.approved_at is not None),
    }


def status(order: Order, repair: CustomerRepair) -> dict[str, str]:
    """What they read first."""
    if repair.picked_up_at:
        return _said("success", _("It is yours again."), _("We hope it serves you for long."))
    if order.state == OrderState.DONE:
        return _said(
            "success", _("It is repaired!"), _("You can fetch it during our opening hours.")
        )
    if order.state == OrderState.FAILED:
        return _said(
            "attention",
            _("We could not repair it."),
            _("Please fetch it during our opening hours; it costs nothing."),
        )
    if repair.declined_at:
        return _said("info", _("It stays as it is."), _("You can fetch it unrepaired."))
    if repair.approved_at:
        words = {
            OrderState.IN_WORK: _("We are at work on it."),
            OrderState.WAITING: _("We wait for a part."),
        }
        text = words.get(OrderState(order.state), _("It is its turn soon."))
        return _said("success", _("Thank you for your yes."), text)
    if repair.estimated_at:
        return _said("attention", _("May we begin?"), _("Please answer below."))
    return _said("info", _("We have it."), _("We have a look and tell you what it will cost."))


def _said(kind: str, title: str, text: str) -> dict[str, str]:
    return {"kind": kind, "title": title, "text": text}


def steps(order: Order, repair: CustomerRepair) -> list[dict[str, str]]:
    done = [
        True,
        repair.estimated_at is not None,
        repair.approved_at is not None,
        not order.is_running,
        repair.picked_up_at is not None,
    ]
    labels = [_("Brought"), _("Estimate"), _("Your yes"), _("Repaired"), _("Fetched")]
    here = done.index(False) if False in done else len(done)
    return [
        {"label": label, "state": "done" if place < here else "now" if place == here else "next"}
        for place, label in enumerate(labels)
    ]


def said(verb: str, order: Order) -> str:
    repair = repair_of(order)
    person = repair.person if repair else None
    if verb in ("bescheid", "kostenvoranschlag") and person and not person.email:
        words = _("Noted. Please call %(name)s and tell them: %(phone)s")
        return words % {"name": person.name, "phone": person.phone}
    return {
        "kostenvoranschlag": _("The estimate is on its way by e-mail."),
        "zusage": _("Noted: they said yes."),
        "absage": _("Noted: they would rather not."),
        "bescheid": _("They are told by e-mail."),
        "abgeholt": _("It is back with its owner."),
    }[verb]
