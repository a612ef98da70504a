"""Letters to recipients who left an e-mail address. Run by the outbox. Text messages would go the
same way: a handler beside these, and a service that sends them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation

from wesprint.apps.delivery import links
from wesprint.apps.delivery.models import Shipment
from wesprint.kernel.context import Ctx
from wesprint.platform.commands.services import command
from wesprint.platform.notices.services import send
from wesprint.platform.outbox.models import OutboxEvent
from wesprint.platform.outbox.services import handler_ctx
from wesprint.web import formats


@command("delivery.write_letter")
def write_letter(
    ctx: Ctx, *, to: str, template: str, context: dict[str, Any], language: str
) -> None:
    send(ctx, to=to, template=template, context=context, language=language)


def announced(event: OutboxEvent) -> None:
    """With the link on which the recipient follows it."""
    rows = Shipment.objects.filter(public_id=event.payload["shipment"])
    found = rows.select_related("centre", "sender", "recipient").first()
    if found is None or found.recipient is None or not found.recipient.email:
        return
    language = found.recipient.locale or settings.LANGUAGE_CODE
    with translation.override(language):
        day = formats.full_date(found.day)
    context = {
        "sender": found.sender.name,
        "day": day,
        "link": links.tracking_url(found),
        "house": found.centre.name,
    }
    write_letter(
        handler_ctx(event, "delivery.letters"),
        to=found.recipient.email,
        template="delivery/announced",
        context=context,
        language=language,
    )
