"""What stands too long, and the rules by which its price falls."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wesprint.apps.goods import services
from wesprint.apps.goods.forms_stock import AgeingForm
from wesprint.apps.goods.presenters import ageing as rows
from wesprint.apps.goods.presenters import inbox, places
from wesprint.apps.goods.presenters.stock import more
from wesprint.apps.goods.selectors import ageing as ask
from wesprint.apps.goods.selectors.counter import today_tree
from wesprint.apps.goods.selectors.house import centre_day
from wesprint.apps.goods.services.ageing import AWAY, Fall
from wesprint.apps.goods.views.common import attempt, enter_work, mended
from wesprint.kernel.errors import Invalid
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.platform.reference.models import Category
from wesprint.web.http import ctx_of, viewer_of

READ, WRITE = "goods.view_items", "goods.set_house_rules"
SPANS = (30, 60, 90, 180)


@require_http_methods(["GET", "HEAD", "POST"])
def ageing(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, READ, WRITE)
    form = AgeingForm(request.POST or None)
    if request.method == "POST":
        said = attempt(form, lambda: _change(request, centre, form))
        if said is not None:
            messages.success(request, said)
            return redirect("goods_ageing", slug=slug)
    moment, days = now(), _days(request)
    rules = ask.rules_on(centre, centre_day(centre, moment))
    page = ask.standing(
        centre, moment - timedelta(days=days), after=request.GET.get("nach", "")[:10]
    )
    context = {
        "tabs": places.tabs(slug, "ageing"),
        "chips": rows.chips(slug, SPANS, days),
        "columns": rows.columns(),
        "rows": [rows.row(item, rules, moment, slug) for item in page.items],
        "more": more(request, page.after),
        "rules": rows.rules(rules),
        "options": inbox.kinds_to_choose(today_tree(centre, moment)),
        "routes": rows.routes(AWAY, form["route"].value() or ""),
        "may_change": may(viewer_of(request), WRITE, centre),
    }
    return mended(request, "goods/ageing.html", context, form)


def _days(request: HttpRequest) -> int:
    wanted = request.GET.get("tage", "")
    return int(wanted) if wanted in map(str, SPANS) else SPANS[0]


def _change(request: HttpRequest, centre: Centre, form: AgeingForm) -> str:
    data, ctx = form.cleaned_data, ctx_of(request, centre)
    category = _category(data["category"])
    if request.POST.get("do") == "end":
        services.end_ageing_rule(ctx, centre=centre, category=category)
        return _("The rule ends today.")
    fall = Fall(**{name: data[name] for name in Fall.__slots__})
    services.set_ageing_rule(ctx, centre=centre, fall=fall, category=category)
    return _("The rule holds from today on.")


def _category(slug: str) -> Category | None:
    if not slug:
        return None
    category = Category.objects.filter(slug=slug, parent__isnull=False).first()
    if category is None:
        raise Invalid(_("We do not know this category."), field="category")
    return category
