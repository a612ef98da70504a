"""One order in words: inputs, cost against price, the bar of masses, the next step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wesprint.apps.goods.public import Item, Material, hours, photo_url, tests, title, work_words
from wesprint.apps.workshop.balance import Balance
from wesprint.apps.workshop.links import repair_url
from wesprint.apps.workshop.models import (
    Approval,
    CustomerRepair,
    Kind,
    Lot,
    LotUnit,
    Order,
    OrderState,
    Result,
    WorkRole,
)
from wesprint.apps.workshop.presenters.board import KIND_ICONS, repair_of
from wesprint.apps.workshop.selectors.orders import Inputs
from wesprint.web import formats


def head(order: Order) -> dict[str, Any]:
    kind = Kind(order.kind)
    return {"kind": kind.label, "icon": KIND_ICONS[kind], "number": order.number}


def things(order: Order, inputs: Inputs, photos: Mapping[int, str]) -> list[dict[str, Any]]:
    return [
        {
            "id": row.item.public_id,
            "title": title(row.item),
            "url": reverse("goods_stock_item", args=[order.centre.slug, row.item.public_id]),
            "photo": photo_url(photos[row.item_id], 320) if row.item_id in photos else "",
            "icon": row.item.category.icon,
            "mass": formats.kilos_exact(row.mass_g or row.item.mass_g),
            "estimated": row.mass_g is None and row.item.basis != "measured",
            "electrical": row.item.category.electrical,
        }
        for row in inputs.things
    ]


def uses(inputs: Inputs) -> list[dict[str, Any]]:
    return [
        {
            "id": use.public_id,
            "name": use.lot.name,
            "lot": use.lot.lot,
            "count": quantity(use.lot, use.count),
            "money": formats.money(use.cents),
        }
        for use in inputs.uses
    ]


def quantity(lot: Lot, count: int) -> str:
    """ "2 pieces", "200 g"."""
    if lot.unit == LotUnit.GRAM:
        return formats.kilos(count)
    text = ngettext("%(count)s piece", "%(count)s pieces", count)
    return text % {"count": formats.number(count)}


def work(inputs: Inputs) -> list[dict[str, Any]]:
    return [
        {
            "id": one.public_id,
            "role": WorkRole(one.role).label,
            "time": work_words(one.seconds),
            "money": formats.money(one.cents),
        }
        for one in inputs.work
    ]


def roles() -> list[dict[str, Any]]:
    return [
        {"value": role.value, "label": role.label, "checked": role is WorkRole.VOLUNTEER}
        for role in WorkRole
    ]


def lots(found: Sequence[Lot]) -> list[dict[str, str]]:
    return [
        {
            "id": lot.public_id,
            "name": f"{lot.name} ({lot.lot})" if lot.lot else lot.name,
            "left": quantity(lot, lot.left),
            "hint": _("pieces") if lot.unit == LotUnit.PIECE else _("as 200 g"),
        }
        for lot in found
    ]


def cost(order: Order, inputs: Inputs, results: Sequence[Result]) -> dict[str, Any]:
    """What it costs beside what is asked, and what is left of it."""
    repair = repair_of(order)
    prices = [one.item.price_cents for one in results if one.item and one.item.price_cents]
    asked = sum(prices) if prices else order.asked_cents
    if repair is not None:
        asked = repair.price_cents if repair.price_cents is not None else repair.estimate_cents
    left = None if asked is None else asked - inputs.cost_cents
    share = _share(asked, inputs.cost_cents)
    return {
        "parts": formats.money(inputs.parts_cents),
        "work": formats.money(inputs.work_cents),
        "hours": hours(inputs.seconds) if inputs.seconds else "0",
        "sum": formats.money(inputs.cost_cents),
        "asked": "" if asked is None else formats.money(asked),
        "asked_field": "" if asked is None else _amount(asked),
        "left": "" if left is None else formats.money(left),
        "loses": left is not None and left < 0,
        "share": share,
        "share_text": "" if share is None else formats.percent(share / 100),
    }


def _amount(cents: int) -> str:
    return formats.number(cents // 100) if cents % 100 == 0 else f"{cents / 100:.2f}"


def _share(asked: int | None, costs: int) -> int | None:
    """The cost as a part of the price, in whole per cent, at most 100."""
    return None if not asked else min(100, round(costs * 100 / asked))


def bar(order: Order, balance: Balance) -> dict[str, Any] | None:
    """The masses of the order as two bars: what went in, what came out. Before the weighing
    only the first."""
    if order.kind == Kind.CUSTOMER or not balance.went_in:
        return None
    whole = max(balance.went_in, balance.came_out)
    went_in = [
        (_("Things"), balance.things, 1),
        (_("Parts and materials"), balance.materials, 3),
    ]
    out = [
        (_("Results"), balance.results, 1),
        (_("Offcuts"), balance.offcuts, 4),
        (_("Dust"), order.loss_g, 2),
    ]
    return {
        "went_in": _side_by_side(went_in, whole),
        "came_out": _side_by_side(out, whole),
        "in_sum": formats.kilos_exact(balance.went_in),
        "out_sum": formats.kilos_exact(balance.came_out + order.loss_g),
        "closed": order.weighed_at is not None,
    }


def _side_by_side(parts: Sequence[tuple[str, int, int]], whole: int) -> list[dict[str, Any]]:
    """The parts that weigh something, with start and width in hundredths of the longer bar."""
    found, start = [], 0.0
    for label, grams, colour in parts:
        if grams:
            width = max(0.6, grams * 100 / whole)
            text = formats.kilos_exact(grams)
            found.append(
                {
                    "label": label,
                    "text": text,
                    "x": f"{start:.2f}",
                    "share": f"{width:.2f}",
                    "colour": colour,
                }
            )
            start += width
    return found


def results(found: Sequence[Result]) -> list[dict[str, Any]]:
    return [_result(one) for one in found]


def _result(one: Result) -> dict[str, Any]:
    mass = formats.kilos_exact(one.mass_g)
    if one.item is None:
        return {"title": Material(one.material).label, "icon": "box", "mass": mass, "url": ""}
    pass_url = reverse("goods_pass", args=[one.item.public_id])
    return {
        "title": title(one.item),
        "icon": one.item.category.icon,
        "mass": mass,
        "url": pass_url,
        "label": reverse("goods_label", args=[one.item.public_id]),
        "id": one.item.public_id,
        "stock": reverse("goods_stock_item", args=[one.item.centre.slug, one.item.public_id]),
        "priced": one.item.price_cents is not None,
    }


def gate(missing: Sequence[Item], *, slug: str) -> list[dict[str, Any]]:
    """What has not passed its test, and where that is entered."""
    return [
        {
            "title": title(item),
            "failed": item.test_passed is False,
            "url": reverse("goods_stock_item", args=[slug, item.public_id]),
        }
        for item in missing
    ]


def next_step(order: Order, *, blocked: bool) -> dict[str, Any] | None:
    """The one primary button: a form to send, or a page to go to."""
    slug, number = order.centre.slug, order.public_id
    repair = repair_of(order)
    if not order.is_running:
        return None
    if order.weighed_at:
        if blocked or (repair and repair.electrical and not repair.test_passed):
            return None
        done = reverse("workshop_change", args=[slug, number, "fertig"])
        return {"label": _("Finish the order"), "icon": "check", "post": done, "state": ""}
    if order.state != OrderState.IN_WORK:
        if repair is not None and repair.approved_at is None:
            return None
        post = reverse("workshop_change", args=[slug, number, "stand"])
        label = _("Begin") if order.state == OrderState.ASSESS else _("The parts are here: go on")
        return {"label": label, "icon": "arrow", "post": post, "state": OrderState.IN_WORK}
    url = reverse("workshop_results", args=[slug, number])
    if order.kind == Kind.CUSTOMER:
        return {"label": _("It is finished: close the work"), "icon": "check", "url": url}
    return {"label": _("It is finished: weigh the results"), "icon": "scale", "url": url}


def moves(order: Order) -> list[dict[str, str]]:
    if order.state in (OrderState.IN_WORK, OrderState.ASSESS) and order.weighed_at is None:
        return [{"state": OrderState.WAITING, "label": _("Waits for parts"), "icon": "hourglass"}]
    return []


def care(order: Order) -> dict[str, Any] | None:
    """The customer's side: who, how to reach them, what was agreed."""
    repair = repair_of(order)
    if repair is None:
        return None
    return {
        "repair": repair,
        "person": repair.person,
        "link": repair_url(order),
        "estimate": _money(repair.estimate_cents),
        "estimate_field": "" if repair.estimate_cents is None else _amount(repair.estimate_cents),
        "price": _money(repair.price_cents),
        "status": _care_words(order, repair),
        "ask_yes": repair.estimated_at and not repair.approved_at and order.is_open,
        "must_test": repair.electrical and order.weighed_at and not repair.test_passed,
        "tests": tests(repair.tests.order_by("-tested_at", "-pk")) if repair.electrical else [],
        "over": not order.is_running,
        "pay": _amount(repair.estimate_cents or 0) if _owed(order, repair) else "0",
        "must_call": bool(repair.person and not repair.person.email),
    }


def _owed(order: Order, repair: CustomerRepair) -> bool:
    return order.state == OrderState.DONE and repair.approved_at is not None


def _money(cents: int | None) -> str:
    return "" if cents is None else formats.money(cents)


def _care_words(order: Order, repair: CustomerRepair) -> str:
    if repair.picked_up_at:
        return _("Fetched on %(day)s.") % {"day": formats.full_date(repair.picked_up_at)}
    if not order.is_running:
        return _("It waits to be fetched.")
    if repair.declined_at:
        return _("The customer would rather not have it repaired.")
    if repair.approved_at:
        by = Approval(repair.approved_by).label
        day = formats.full_date(repair.approved_at)
        return _("Approved on %(day)s, %(by)s.") % {"day": day, "by": by}
    if repair.estimated_at:
        return _("The estimate waits for a yes.")
    return _("There is no estimate yet.")
