"""A server's worth of writers that is going to be killed: eight threads that record events and
one that folds and seals, until somebody ends the process. Prints a line per finished command."""

from __future__ import annotations

import os
import sys
import threading
import uuid

import django

WRITERS = 8
EVENTS = 4
_output = threading.Lock()


def say(line: str) -> None:
    with _output:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def main(centre_id: int) -> None:
    django.setup()
    threads = [threading.Thread(target=write, args=(centre_id,)) for _ in range(WRITERS)]
    for thread in [*threads, threading.Thread(target=keep_house)]:
        thread.start()


def write(centre_id: int) -> None:
    from wesprint.kernel.context import Actor, ActorKind, Ctx
    from wesprint.kernel.quantity import Quantity, Unit, grams
    from wesprint.platform.agents.models import Agent
    from wesprint.platform.base.clock import now
    from wesprint.platform.commands.services import command
    from wesprint.platform.ledger import services
    from wesprint.platform.ledger.models import ResourceSpecification
    from wesprint.platform.organisations.models import Centre

    centre = Centre.objects.get(pk=centre_id)
    house, person = Agent.objects.order_by("pk")[:2]
    chair = ResourceSpecification.objects.get(code="test.chair")
    money = ResourceSpecification.objects.get(code="money.eur")

    @command("crash.day")
    def day(ctx: Ctx) -> str:
        """In, found heavier, sold for money: four events in three calls of the ledger."""
        item = services.NewResource(chair)
        into = {"provider": person, "receiver": house, "resource_quantity": grams(700)}
        first = services.EventDraft("transfer", "intake", to_resource=item, **into)
        [event] = services.post(ctx, centre=centre, events=[first])
        there = event.to_resource_inventoried_as
        more = services.EventDraft("raise", "correction", resource=there, **into)
        services.post(ctx, centre=centre, events=[more])
        agreement = services.open_agreement(ctx, centre=centre, name="sale")
        out = services.EventDraft(
            "transfer",
            "sold",
            provider=house,
            receiver=person,
            resource=there,
            resource_quantity=grams(900),
            realization_of=agreement,
        )
        paid = services.EventDraft(
            "transfer",
            "paid",
            provider=person,
            receiver=house,
            conforms_to=money,
            resource_quantity=Quantity(500, Unit.CENT),
            realization_of=agreement,
        )
        services.post(ctx, centre=centre, events=[out, paid])
        return ctx.key

    while True:
        say(day(Ctx(Actor(ActorKind.JOB, "crash"), centre.scope, uuid.uuid4().hex, now())))


def keep_house() -> None:
    from wesprint.platform.ledger import tasks

    while True:
        tasks.fold.call()
        tasks.seal.call()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wesprint.config.settings_test")
    main(int(sys.argv[1]))
