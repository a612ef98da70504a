"""The numbers that the house sets for its counter and its shelf."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wesprint.apps.goods import services
from wesprint.apps.goods.forms_rules import RulesForm
from wesprint.apps.goods.models import RuleName
from wesprint.apps.goods.selectors.house import centre_day, house_rules
from wesprint.apps.goods.views.common import attempt, enter_work, mended
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.web.http import ctx_of, viewer_of

READ, WRITE = "goods.view_items", "goods.set_house_rules"


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """What holds today; POST sets what is different."""
    centre = enter_work(request, slug, READ, WRITE)
    held = house_rules(centre, centre_day(centre))
    form = RulesForm(request.POST or None, initial={_field(name): held[name] for name in held})
    if request.method == "POST" and attempt(form, lambda: _set(request, centre, form)) is not None:
        messages.success(request, _("Changed."))
        return redirect("goods_rules", slug=slug)
    context = {"may_change": may(viewer_of(request), WRITE, centre)}
    return mended(request, "goods/rules.html", context, form)


def _set(request: HttpRequest, centre: Centre, form: RulesForm) -> list[str]:
    values = {name: int(form.cleaned_data[_field(name)]) for name in RuleName.values}
    return services.set_house_rules(ctx_of(request, centre), centre=centre, values=values)


def _field(name: str) -> str:
    return name.replace("-", "_")
