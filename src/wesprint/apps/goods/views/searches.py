"""A search to keep: as letters after a yes, or as a feed without any account; the sitemap."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wesprint.apps.goods import links, services
from wesprint.apps.goods.forms import SearchForm
from wesprint.apps.goods.models import SavedSearch
from wesprint.apps.goods.presenters import items as show
from wesprint.apps.goods.presenters import shelf as words
from wesprint.apps.goods.selectors import catalogue
from wesprint.apps.goods.selectors.counter import today_tree
from wesprint.apps.goods.selectors.searches import search_by_secret
from wesprint.apps.goods.views.common import attempt, enter, mended, person_at
from wesprint.apps.goods.wanted import Wanted, from_query, from_text
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.web.http import ctx_of, not_found
from wesprint.web.throttle import throttle

IN_FEED = 50
IN_SITEMAP = 50_000  # as many as the protocol allows in one file


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """What shall be watched, and how: by letter or by feed."""
    centre = enter(request, slug)
    wanted = from_query(request.GET.dict()).but(fresh="")
    form, person = SearchForm(request.POST or None), person_at(request, centre)
    form.fields["email"].required = not (person and person.email)
    if request.method == "POST":
        throttle(request, "search")
        made = attempt(form, lambda: _save(request, centre, wanted, form))
        if made is not None:
            return redirect(f"{request.get_full_path()}&gefragt=1")
    context = _about(centre, wanted) | {
        "wanted": wanted,
        "asked": request.GET.get("gefragt") == "1" and request.method != "POST",
        "person": person,
        "here": request.get_full_path(),
    }
    return mended(request, "goods/search_new.html", context, form)


def _about(centre: Centre, wanted: Wanted) -> dict[str, Any]:
    tree = today_tree(centre, now())
    return {
        "words": words.in_words(tree, wanted),
        "shelf": words.address(centre, wanted),
        "feed": links.absolute(words.address(centre, wanted, "goods_feed")),
    }


def _save(request: HttpRequest, centre: Centre, wanted: Wanted, form: SearchForm) -> SavedSearch:
    email = form.cleaned_data["email"]
    person = person_at(request, centre)
    own = person if person and person.email and email in ("", person.email) else None
    return services.save_search(
        ctx_of(request, centre), centre=centre, wanted=wanted, email=email, person=own
    )


@never_cache
@require_safe
def search(request: HttpRequest, secret: str) -> HttpResponse:
    """By the link of a letter: say yes, look, or end it."""
    found = _search(request, secret)
    context = _about(found.centre, from_text(found.wanted)) | {"search": found, "secret": secret}
    return render(request, "goods/search.html", context)


def _search(request: HttpRequest, secret: str) -> SavedSearch:
    found = search_by_secret(secret)
    request.centre = found.centre  # type: ignore[attr-defined]  # read by the page's context
    return found


@never_cache
@require_POST
def confirm(request: HttpRequest, secret: str) -> HttpResponse:
    found = _search(request, secret)
    services.confirm_search(ctx_of(request, found.centre), search=found)
    return redirect("goods_search", secret=secret)


@never_cache
@require_POST
def end(request: HttpRequest, secret: str) -> HttpResponse:
    found = _search(request, secret)
    services.end_search(ctx_of(request, found.centre), search=found)
    messages.success(request, _("Ended: no more letters about it."))
    return redirect("goods_search", secret=secret)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, secret: str) -> HttpResponse:
    """RFC 8058: the mail program's one click, without a cookie; its secret is the proof. Who
    opens the address in a browser gets the page with the button."""
    found = _search(request, secret)
    if request.method != "POST":
        return redirect("goods_search", secret=secret)
    services.end_searches(ctx_of(request, found.centre), search=found)
    return HttpResponse(status=204)


@require_safe
@cache_control(public=True, max_age=900)
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Atom (RFC 4287) of what is new for a search; nobody needs an account for it."""
    centre, at = enter(request, slug), now()
    wanted, tree = from_query(request.GET.dict()).but(fresh=""), today_tree(centre, at)
    items = catalogue.newly_listed(centre, tree, wanted, at, most=IN_FEED)
    entries = [show.feed_entry(card) for card in catalogue.with_photos(items)]
    context = {
        "house": centre.name,
        "words": words.in_words(tree, wanted),
        "self": links.absolute(words.address(centre, wanted, "goods_feed")),
        "shelf": links.absolute(words.address(centre, wanted)),
        "updated": entries[0]["updated"] if entries else centre.created_at,
        "entries": entries,
    }
    return render(request, "goods/feed.xml", context, content_type="application/atom+xml")


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest, slug: str, month: str) -> HttpResponse:
    """The things on the shelf since one month."""
    centre = enter(request, slug)
    if month not in catalogue.months_on_shelf(centre):
        raise not_found()
    rows = catalogue.listed_in_month(centre, month, IN_SITEMAP)
    things = [
        {"url": links.absolute(reverse("goods_shelf_item", args=[slug, public_id])), "since": since}
        for public_id, since in rows
    ]
    return render(request, "goods/sitemap.xml", {"things": things}, content_type="application/xml")
