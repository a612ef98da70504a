"""Letters to customers who left an e-mail address. Run by the outbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.utils import translation

from wesprint.apps.workshop import links
from wesprint.apps.workshop.models import Order, OrderState
from wesprint.kernel.context import Ctx
from wesprint.platform.commands.services import command
from wesprint.platform.notices.services import send
from wesprint.platform.outbox.models import OutboxEvent
from wesprint.platform.outbox.services import handler_ctx
from wesprint.platform.people.models import Person
from wesprint.web import formats


@command("workshop.write_letter")
def write_letter(
    ctx: Ctx, *, to: str, template: str, context: dict[str, Any], language: str
) -> None:
    send(ctx, to=to, template=template, context=context, language=language)


def _about_repair(template: str) -> Callable[[OutboxEvent], None]:
    def handle(event: OutboxEvent) -> None:
        rows = Order.objects.filter(public_id=event.payload["order"])
        order = rows.select_related("centre", "repair__person").first()
        person = order.repair.person if order else None
        if order is None or person is None or not person.email:
            return
        write_letter(
            handler_ctx(event, "workshop.letters"),
            to=person.email,
            template=template,
            context=dict(_words(order, _language(person))),
            language=_language(person),
        )

    return handle


def _language(person: Person) -> str:
    return person.locale or settings.LANGUAGE_CODE


def _words(order: Order, language: str) -> Mapping[str, Any]:
    repair = order.repair
    with translation.override(language):
        price = formats.money(repair.estimate_cents) if repair.estimate_cents is not None else ""
    return {
        "house": order.centre.name,
        "number": order.number,
        "thing": order.title,
        "price": price,
        "note": repair.estimate_note,
        "done": order.state == OrderState.DONE,
        "link": links.repair_url(order),
    }


HANDLERS = {
    "workshop.repair_taken_in": _about_repair("workshop/taken_in"),
    "workshop.repair_estimated": _about_repair("workshop/estimated"),
    "workshop.repair_ready": _about_repair("workshop/ready"),
}
