"""The house's prices with a social pass."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wesprint.apps.goods import services
from wesprint.apps.goods.forms_social import SocialForm
from wesprint.apps.goods.models import SocialRule
from wesprint.apps.goods.presenters import inbox
from wesprint.apps.goods.presenters import social as show
from wesprint.apps.goods.selectors import social as ask
from wesprint.apps.goods.selectors.counter import today_tree
from wesprint.apps.goods.selectors.house import centre_day
from wesprint.apps.goods.views.common import attempt, enter_work, mended
from wesprint.kernel.errors import Invalid
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.platform.reference.models import Category
from wesprint.web.http import ctx_of, not_found, viewer_of

READ, WRITE = "goods.view_items", "goods.set_house_rules"
SPAN = timedelta(days=30)


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """What holds, what it gave, and a new rule."""
    centre = enter_work(request, slug, READ, WRITE)
    form = SocialForm(request.POST or None, initial={"since": centre_day(centre, now())})
    if request.method == "POST" and attempt(form, lambda: _set(request, centre, form)):
        messages.success(request, _("The rule is noted."))
        return redirect("goods_social", slug)
    today = centre_day(centre, now())
    context = {
        "rules": [show.rule_line(one, today) for one in ask.open_rules(centre, today)],
        "given": show.given_words(ask.given_between(centre, today - SPAN, today)),
        "options": inbox.kinds_to_choose(today_tree(centre, now())),
        "may_change": may(viewer_of(request), WRITE, centre),
    }
    return mended(request, "goods/social.html", context, form)


def _set(request: HttpRequest, centre: Centre, form: SocialForm) -> SocialRule:
    data = form.cleaned_data
    terms = services.SocialTerms(
        data["passes"], data["percent"], data["least"] or 0, data["since"], data["until"]
    )
    return services.set_social_rule(
        ctx_of(request, centre), centre=centre, terms=terms, category=_category(data["category"])
    )


def _category(slug: str) -> Category | None:
    """A kind or a whole group."""
    if not slug:
        return None
    category = Category.objects.filter(slug=slug).first()
    if category is None:
        raise Invalid(_("We do not know this category."), field="category")
    return category


@require_POST
def end(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = enter_work(request, slug, WRITE)
    rule = SocialRule.objects.filter(centre=centre, public_id=public_id).first()
    if rule is None:
        raise not_found()
    services.end_social_rule(ctx_of(request, centre), rule=rule)
    messages.success(request, _("The rule has ended."))
    return redirect("goods_social", slug)
