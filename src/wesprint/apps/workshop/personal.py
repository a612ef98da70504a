"""What this room knows about a person: handed out on request, erased on request."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wesprint.apps.workshop.models import CustomerRepair, Order, RepairTest
from wesprint.kernel.context import Ctx
from wesprint.platform.commands.services import changed
from wesprint.platform.people.models import Person
from wesprint.platform.people.privacy import PersonalData

NO_WORDS = "–"  # an order has to say something; that it was a repair stays


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _export(person: Person) -> Any:
    rows = CustomerRepair.objects.filter(person=person).select_related("order__centre")
    return [
        {
            "number": repair.order.number,
            "centre": repair.order.centre.name,
            "thing": repair.order.title,
            "fault": repair.fault,
            "state": repair.order.state,
            "estimate_cents": repair.estimate_cents,
            "estimate_note": repair.estimate_note,
            "approved_at": _iso(repair.approved_at),
            "price_cents": repair.price_cents,
            "brought_at": _iso(repair.order.opened_at),
            "picked_up_at": _iso(repair.picked_up_at),
        }
        for repair in rows.order_by("pk")
    ]


def _erase(ctx: Ctx, person: Person) -> None:
    """What they brought and said about it goes; that something was repaired, its parts and
    hours stay without a name."""
    rows = CustomerRepair.objects.filter(person=person)
    orders = Order.objects.filter(repair__in=rows.values("pk"))
    for order in orders:
        changed(order, "title", "note", "fault", "estimate_note", "person")
    orders.update(title=NO_WORDS, note="")
    rows.update(person=None, fault="", estimate_note="", link_until=ctx.occurred_at)


def _last_used(person: Person) -> datetime | None:
    rows = CustomerRepair.objects.filter(person=person).order_by("-order__opened_at")
    moment: datetime | None = rows.values_list("order__opened_at", flat=True).first()
    return moment


# -- who tested ----------------------------------------------------------------------------
def _export_tests(person: Person) -> Any:
    rows = RepairTest.objects.filter(tester=person).order_by("tested_at")
    return [
        {
            "number": test.repair.order.number,
            "passed": test.passed,
            "initials": test.initials,
            "at": _iso(test.tested_at),
        }
        for test in rows.select_related("repair__order")
    ]


def _erase_tests(ctx: Ctx, person: Person) -> None:
    """What was measured stays with the order, without who measured it."""
    if RepairTest.objects.filter(tester=person).update(tester=None, initials=""):
        changed(person, "repair_tests")


def _tests_last_used(person: Person) -> datetime | None:
    rows = RepairTest.objects.filter(tester=person).order_by("-tested_at")
    moment: datetime | None = rows.values_list("tested_at", flat=True).first()
    return moment


PERSONAL = [
    PersonalData("workshop.repairs", _export, _erase, last_used=_last_used),
    PersonalData("workshop.repair_tests", _export_tests, _erase_tests, last_used=_tests_last_used),
]
