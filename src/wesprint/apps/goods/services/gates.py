"""Gates that an operator adds, and the product data that open one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods import gates
from wesprint.apps.goods.models import Gate, Item, ItemState, ProductData
from wesprint.apps.goods.selectors.gates import as_facts, closed_gate
from wesprint.apps.goods.selectors.house import centre_day, facts_of
from wesprint.apps.goods.services.barring import bar
from wesprint.apps.goods.services.checks import NOTHING_SAVED, check_choice, text_of
from wesprint.apps.goods.services.held import held
from wesprint.apps.goods.services.selling import take_off_sale
from wesprint.apps.goods.states import check_item
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Invalid
from wesprint.platform.commands.services import changed, command
from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference.models import Category, GateKind


@dataclass(frozen=True, slots=True)
class Added:
    """A new gate, and how many things it took off the shelf at once."""

    gate: Gate
    taken_off: int


@command("goods.add_gate")
def add_gate(
    ctx: Ctx,
    *,
    centre: Centre,
    kind: str,
    reason: str,
    category: Category | None = None,
    words: str = "",
    reason_en: str = "",
    source: str = "",
    until: date | None = None,
) -> Added:
    """From today things of this kind, or with these words, are barred in this house; what
    stands on the shelf and is barred now goes back into the store room at once.

    words: phrases between semicolons. Raises Invalid for a gate about nothing, without a
    reason, or that would be over already.
    """
    check_choice(kind, GateKind.values, "kind")
    phrases = "; ".join(filter(None, map(str.strip, text_of(words, 300, "words").split(";"))))
    _check_about(category, phrases)
    since = centre_day(centre, ctx.occurred_at)
    if until is not None and until < since:
        raise Invalid(_("This day is already over."), kept=NOTHING_SAVED, field="until")
    gate = Gate.objects.create(
        centre=centre,
        kind=kind,
        category=category,
        words=phrases,
        reason_de=_needed(reason, "reason"),
        reason_en=text_of(reason_en, 200, "reason_en"),
        source=text_of(source, 200, "source"),
        since=since,
        until=until,
    )
    changed(centre, f"gate.{gate.public_id}")
    return Added(gate, _apply(ctx, gate))


def _check_about(category: Category | None, words: str) -> None:
    if category is None and not words:
        raise Invalid(
            _("A gate is about a kind, or about words in the name."),
            kept=NOTHING_SAVED,
            next=_("Please choose a kind, or write the model's name."),
            field="words",
            code="about-nothing",
        )


def _needed(text: str, field: str) -> str:
    found = text_of(text, 200, field)
    if not found:
        raise Invalid(
            _("Please say why, in one sentence."), kept=NOTHING_SAVED, field=field, code="no-reason"
        )
    return found


def _apply(ctx: Ctx, gate: Gate) -> int:
    """Things in the house that the new gate is about: those on the shelf come off it. What is
    reserved stays so; handing it over is refused."""
    facts = as_facts(gate)
    off = 0
    here = (ItemState.TAKEN_IN, ItemState.FOR_SALE)
    rows = Item.objects.filter(centre=gate.centre, state__in=here)
    if gate.category is not None:
        leaves = [gate.category_id, *gate.category.leaves.values_list("pk", flat=True)]
        rows = rows.filter(category__in=leaves)
    for item in rows.select_related("centre", "category").iterator(chunk_size=500):
        kind = facts_of(item.centre, item.category.slug, ctx.occurred_at)
        if gates.gates_of([facts], kind, f"{item.title} {item.note}"):
            off += _bar_now(ctx, item)
    return off


def _bar_now(ctx: Ctx, item: Item) -> int:
    was_listed = item.state == ItemState.FOR_SALE
    if closed_gate(item, ctx.occurred_at) is None:
        return 0
    if was_listed:
        item = take_off_sale(ctx, item=item, route=item.route)
    bar(item, ctx)
    item.save(update_fields=["barred"])
    return int(was_listed)


@command("goods.end_gate")
def end_gate(ctx: Ctx, *, gate: Gate) -> None:
    """It holds no longer from today on; a gate of today leaves no trace."""
    gate = held(gate, "centre")
    today = centre_day(gate.centre, ctx.occurred_at)
    if gate.since >= today:
        gate.delete()
    elif gate.until is None or gate.until >= today:
        gate.until = today - timedelta(days=1)
        gate.save(update_fields=["until"])
    changed(gate.centre, f"gate.{gate.public_id}")


@dataclass(frozen=True, slots=True)
class Data:
    """What an online offer says of a thing; without a maker it is unknown, and said so."""

    identification: str
    maker: str = ""
    maker_address: str = ""
    maker_contact: str = ""
    warnings: str = ""


@command("goods.record_product_data")
def record_product_data(ctx: Ctx, *, item: Item, data: Data) -> Item:
    """Maker, model and warnings of a thing. With them the gate for online offers is open.

    Raises Invalid without an identification, or for a maker without an address, Conflict when
    the thing has left the house.
    """
    item = held(item, "centre", "category")
    if item.state not in (ItemState.TAKEN_IN, ItemState.FOR_SALE, ItemState.RESERVED):
        check_item(item, ItemState.FOR_SALE)
    ProductData.objects.update_or_create(item=item, defaults=_checked(ctx, data))
    if item.state == ItemState.TAKEN_IN:
        bar(item, ctx)
        item.save(update_fields=["barred"])
    changed(item, "product_data")
    return item


def _checked(ctx: Ctx, data: Data) -> dict[str, object]:
    maker = text_of(data.maker, 120, "maker")
    address = text_of(data.maker_address, 200, "maker_address")
    if maker and not address:
        raise Invalid(
            _("A maker is named with an address."),
            kept=NOTHING_SAVED,
            next=_("Please add it, or leave the maker empty: then it is shown as unknown."),
            field="maker_address",
            code="no-address",
        )
    identification = text_of(data.identification, 120, "identification")
    if not identification:
        raise Invalid(
            _("Please say what it is: model, type or size."),
            kept=NOTHING_SAVED,
            field="identification",
            code="no-identification",
        )
    return {
        "maker_known": bool(maker),
        "maker": maker,
        "maker_address": address if maker else "",
        "maker_contact": text_of(data.maker_contact, 120, "maker_contact") if maker else "",
        "identification": identification,
        "warnings": text_of(data.warnings, 500, "warnings"),
        "recorded_at": ctx.occurred_at,
    }
