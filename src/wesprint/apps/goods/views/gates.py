"""What is barred and why, how much of a kind comes in on a day, tests and product data."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from wesprint.apps.goods import services
from wesprint.apps.goods.models import Item
from wesprint.apps.goods.presenters import gates as show
from wesprint.apps.goods.presenters import inbox as kinds
from wesprint.apps.goods.presenters.items import title
from wesprint.apps.goods.safety_forms import CapacityForm, GateForm, ProductDataForm, TestForm
from wesprint.apps.goods.selectors import gates as ask
from wesprint.apps.goods.selectors.counter import today_tree
from wesprint.apps.goods.selectors.house import centre_day, daily_capacities
from wesprint.apps.goods.selectors.items import item_by_id
from wesprint.apps.goods.services.gates import Added, Data
from wesprint.apps.goods.views.common import attempt, enter_work, mended
from wesprint.kernel.errors import Invalid
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.platform.reference.models import Category
from wesprint.web.http import ctx_of, viewer_of

READ, WRITE = "goods.view_offers", "goods.set_house_rules"
TEST_LIST = "goods.change_to_waste"


@require_http_methods(["GET", "HEAD", "POST"])
def gates(request: HttpRequest, slug: str) -> HttpResponse:
    """All that holds in this house; POST adds one."""
    centre = enter_work(request, slug, READ, WRITE)
    form = GateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = attempt(form, lambda: _add(request, centre, form.cleaned_data))
        if added is not None:
            messages.success(request, _added_words(added))
            return redirect("goods_gates", slug=slug)
    return mended(request, "goods/gates.html", _gates_context(request, centre, form), form)


def _gates_context(request: HttpRequest, centre: Centre, form: Form) -> dict[str, Any]:
    today, tree = centre_day(centre), today_tree(centre, now())
    return {
        "own": show.own(ask.own_gates(centre, today)),
        "everywhere": show.everywhere(ask.everywhere(today), tree),
        "options": kinds.kinds_to_choose(tree),
        "chosen": form["category"].value() or "",
        "may_change": may(viewer_of(request), WRITE, centre),
    }


def _category(slug: str) -> Category:
    found = Category.objects.filter(slug=slug).first()
    if found is None:
        raise Invalid(_("We do not know this category."), field="category")
    return found


def _add(request: HttpRequest, centre: Centre, data: dict[str, Any]) -> Added:
    return services.add_gate(
        ctx_of(request, centre),
        centre=centre,
        kind=data["kind"],
        category=_category(data["category"]) if data["category"] else None,
        words=data["words"],
        reason=data["reason"],
        source=data["source"],
        until=data["until"],
    )


def _added_words(added: Added) -> str:
    if not added.taken_off:
        return _("The gate holds from now on.")
    text = ngettext(
        "The gate holds from now on; %(number)s thing came off the shelf.",
        "The gate holds from now on; %(number)s things came off the shelf.",
        added.taken_off,
    )
    return text % {"number": added.taken_off}


@require_POST
def end(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = enter_work(request, slug, READ, WRITE)
    gate = ask.own_gate(centre, public_id)
    services.end_gate(ctx_of(request, centre), gate=gate)
    messages.success(request, _("This gate is open again."))
    return redirect("goods_gates", slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def capacity(request: HttpRequest, slug: str) -> HttpResponse:
    """How many pieces of a kind the house takes on a day."""
    centre = enter_work(request, slug, READ, WRITE)
    form = CapacityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: _set_capacity(request, centre, form.cleaned_data))
        if made is not None:
            messages.success(request, _("Changed."))
            return redirect("goods_capacity", slug=slug)
    tree = today_tree(centre, now())
    context = {
        "options": kinds.kinds_to_choose(tree),
        "chosen": form["category"].value() or "",
        "capacities": show.capacities(tree, daily_capacities(centre, centre_day(centre))),
        "may_change": may(viewer_of(request), WRITE, centre),
    }
    return mended(request, "goods/capacity.html", context, form)


def _set_capacity(request: HttpRequest, centre: Centre, data: dict[str, Any]) -> Any:
    return services.set_daily_capacity(
        ctx_of(request, centre),
        centre=centre,
        category=_category(data["category"]),
        pieces=data["pieces"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def test(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The sheet of an electrical test, made for the tablet beside the tester."""
    centre = enter_work(request, slug, TEST_LIST)
    item = item_by_id(public_id, centre)
    form = TestForm(request.POST or None, initial=show.last_sheet(ask.tests_of(item)))
    if request.method == "POST" and form.is_valid():
        passed = request.POST.get("passed") == "1"
        done = attempt(form, lambda: _record(request, item, form, passed=passed))
        if done is not None:
            messages.success(request, _("Passed.") if passed else _("Failed: it is not sold."))
            return redirect("goods_stock_item", slug=slug, public_id=item.public_id)
    context = {
        "item": item,
        "title": title(item),
        "limits": show.limits(ask.test_limits(centre_day(centre))),
        "tests": show.tests(ask.tests_of(item)),
    }
    return mended(request, "goods/test.html", context, form)


def _record(request: HttpRequest, item: Item, form: TestForm, *, passed: bool) -> Item:
    return services.record_test(
        ctx_of(request, item.centre), item=item, passed=passed, report=form.report()
    )


@require_http_methods(["GET", "HEAD", "POST"])
def product_data(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Who made it, what it is, which warnings it carries."""
    centre = enter_work(request, slug, "goods.view_items", "goods.take_in")
    item = item_by_id(public_id, centre)
    known = ask.product_data(item)
    form = ProductDataForm(request.POST or None, initial=show.data_values(known, item))
    if request.method == "POST" and form.is_valid():
        data = Data(**form.cleaned_data)
        ctx = ctx_of(request, centre)
        if attempt(form, lambda: services.record_product_data(ctx, item=item, data=data)):
            messages.success(request, _("Changed."))
            return redirect("goods_stock_item", slug=slug, public_id=item.public_id)
    context = {
        "item": item,
        "title": title(item),
        "may_change": may(viewer_of(request), "goods.take_in", centre),
    }
    return mended(request, "goods/product_data.html", context, form)
