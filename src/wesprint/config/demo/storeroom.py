"""Where everything stands at the end of the demo, price tags on the textiles, and the rule by
which prices fall."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from wesprint.apps.goods.public import (
    Fall,
    Item,
    Place,
    add_place,
    add_tag,
    move_items,
    set_ageing_rule,
)
from wesprint.config.demo.stage import Script
from wesprint.platform.base.db import write_transaction
from wesprint.platform.organisations.models import Centre


class PlacePlan(NamedTuple):
    """`below`: the code of the place it stands in. `groups`: what stands there."""

    kind: str
    code: str
    name: str
    below: str = ""
    groups: tuple[str, ...] = ()


PLACES = (
    PlacePlan("floor", "E", "Erdgeschoss"),
    PlacePlan("shelf", "EA", "Regal am Fenster", "E", ("kitchenware", "light-decor")),
    PlacePlan("box", "EA1", "Kiste Bücher", "EA", ("books-media",)),
    PlacePlan("shelf", "EB", "Kleiderständer", "E", ("textiles",)),
    PlacePlan(
        "shelf",
        "EC",
        "Elektrotisch",
        "E",
        ("electronics", "household-electrics", "kitchen-electrics"),
    ),
    PlacePlan("cage", "ER", "Käfig am Hof", "E"),
    PlacePlan("floor", "1", "Erstes Obergeschoss"),
    PlacePlan("shelf", "1A", "Möbelreihe", "1", ("furniture",)),
)
MOST = 40  # things in a place: enough to look at
TAGS = ((250, 200, "Hemd, grüner Punkt"), (500, 600, "Hose, gelber Punkt"))  # cents, grams, name


def furnish_store_room(script: Script, centre: Centre, at: datetime) -> None:
    with write_transaction():
        made: dict[str, Place] = {}
        for plan in PLACES:
            made[plan.code] = _place(script, centre, at, plan, made.get(plan.below))
        _tags(script, centre, at)
        fall = Fall(after_days=60, percent=20, at_most=3)
        set_ageing_rule(script.ctx(centre.scope, at), centre=centre, fall=fall)


def _place(
    script: Script, centre: Centre, at: datetime, plan: PlacePlan, parent: Place | None
) -> Place:
    place = add_place(
        script.ctx(centre.scope, at),
        centre=centre,
        kind=plan.kind,
        code=plan.code,
        name=plan.name,
        parent=parent,
    )
    rows = Item.objects.filter(centre=centre, for_sale_since__isnull=False)
    rows = rows.filter(category__parent__slug__in=plan.groups).order_by("-for_sale_since", "-pk")
    move_items(script.ctx(centre.scope, at), items=list(rows[:MOST]), place=place)
    return place


def _tags(script: Script, centre: Centre, at: datetime) -> None:
    """On the heaviest batch of clothing."""
    rows = Item.objects.filter(centre=centre, state="for-sale", category__slug="clothing")
    batch = rows.order_by("-mass_g", "pk").first()
    if batch is None:
        return
    for cents, grams, name in TAGS:
        ctx = script.ctx(centre.scope, at)
        add_tag(ctx, item=batch, price_cents=cents, piece_g=min(grams, batch.mass_g), name=name)
