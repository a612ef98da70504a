"""The board of materials: everybody reads, businesses write, both sides say yes by their links."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wesprint.apps.market import links, services
from wesprint.apps.market.forms import ApproachForm, EntryForm, WordsForm
from wesprint.apps.market.models import (
    Approach,
    ApproachState,
    Entry,
    EntryKind,
    EntryState,
    Material,
)
from wesprint.apps.market.presenters import exchange as show
from wesprint.apps.market.selectors import exchange as ask
from wesprint.apps.market.views.common import contact_of, person_at, today, tokens, uploads
from wesprint.kernel.errors import Invalid
from wesprint.platform.files.services import Prepared
from wesprint.platform.files.serving import serve
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.web.handling import attempt, enter, enter_work, mended, show_house
from wesprint.web.http import ctx_of, not_found, viewer_of
from wesprint.web.links import absolute
from wesprint.web.throttle import throttle

VIEW, DECIDE = "market.view_entries", "market.decide_entries"


@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """All entries of the region; a new one is written for this house."""
    centre = enter(request, slug)
    kind = next((one for one in EntryKind if one == request.GET.get("art")), None)
    material = next((one for one in Material if one == request.GET.get("stoff")), None)
    after = request.GET.get("nach", "")[:10]
    page = ask.board(today(centre), kind=kind or "", material=material or "", after=after)
    context = {
        "cards": show.cards(page.entries),
        "tabs": _tabs(centre, kind, material),
        "chips": _chips(centre, kind, material),
        "more": _more(request, page.after),
        "filtered": bool(kind or material),
    }
    return render(request, "market/board.html", context)


def _link(centre: Centre, kind: str, material: str) -> str:
    here = reverse("market_board", args=[centre.slug])
    query = {key: value for key, value in (("art", kind), ("stoff", material)) if value}
    return f"{here}?{urlencode(query)}" if query else here


def _tabs(
    centre: Centre, kind: EntryKind | None, material: Material | None
) -> list[dict[str, Any]]:
    chosen = material or ""
    words = {"": _("Both"), EntryKind.OFFER: _("Offered"), EntryKind.REQUEST: _("Sought")}
    return [
        {"label": label, "url": _link(centre, one, chosen), "current": one == (kind or "")}
        for one, label in words.items()
    ]


def _chips(
    centre: Centre, kind: EntryKind | None, material: Material | None
) -> list[dict[str, Any]]:
    chosen = kind or ""
    everything = {
        "label": _("Everything"),
        "url": _link(centre, chosen, ""),
        "current": not material,
    }
    return [everything] + [
        {
            "label": one.label,
            "url": _link(centre, chosen, one.value),
            "current": one is material,
            "icon": show.ICONS[one],
        }
        for one in Material
    ]


def _more(request: HttpRequest, after: str) -> str:
    if not after:
        return ""
    query = request.GET.copy()
    query["nach"] = after
    return f"{request.path}?{query.urlencode()}"


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter(request, slug)
    day = today(centre)
    initial = {"since": day, "until": day + timedelta(days=30), "town": centre.town}
    form = EntryForm(request.POST or None, initial=initial)
    photos: tuple[Prepared, ...] = ()
    if request.method == "POST":
        throttle(request, "offer")
        photos = attempt(form, lambda: uploads(request)) or ()
        made = attempt(form, lambda: _write(request, centre, form, photos))
        if made is not None:
            return redirect("market_letter_sent", slug)
    context = {"person": person_at(request, centre), **tokens(photos), **_choices(form)}
    return mended(request, "market/entry_new.html", context, form)


def _choices(form: EntryForm) -> dict[str, Any]:
    kind = form["kind"].value() or EntryKind.OFFER
    icons = {EntryKind.OFFER: "give", EntryKind.REQUEST: "search"}
    return {
        "kinds": [
            {"value": one.value, "label": one.label, "icon": icons[one], "checked": one == kind}
            for one in EntryKind
        ]
    }


def _write(
    request: HttpRequest, centre: Centre, form: EntryForm, photos: tuple[Prepared, ...]
) -> Entry:
    return services.write_entry(
        ctx_of(request, centre),
        centre=centre,
        words=form.as_words(),
        contact=contact_of(request, form.cleaned_data),
        photos=photos,
    )


@require_safe
def letter_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """A link is on its way to the address that was given; here it is not shown."""
    enter(request, slug)
    return render(request, "market/letter_sent.html")


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, public_id: str) -> HttpResponse:
    """One entry; POST says that somebody is interested."""
    found = ask.entry_by_public_id(public_id)
    centre = show_house(request, found.centre)
    found = ask.entry_on_board(public_id, today(centre))
    form = ApproachForm(request.POST or None)
    if request.method == "POST":
        throttle(request, "offer")
        if attempt(form, lambda: _approach(request, found, form)) is not None:
            return redirect("market_letter_sent", centre.slug)
    context = {
        "entry": found,
        "card": show.card(found),
        "photo": show.photo_url(found, 960),
        "facts": show.facts(found),
        "matches": show.matches(ask.matches(found, today(centre))),
        "person": person_at(request, centre),
    }
    return mended(request, "market/entry.html", context, form)


def _approach(request: HttpRequest, found: Entry, form: ApproachForm) -> Approach:
    data = form.cleaned_data
    return services.approach(
        ctx_of(request, found.centre),
        entry=found,
        contact=contact_of(request, data),
        text=data["text"],
    )


# -- by secret links -----------------------------------------------------------------------
@never_cache
@require_safe
def own(request: HttpRequest, secret: str) -> HttpResponse:
    """Whoever wrote it sees how it stands, who is interested, and what would fit."""
    found = ask.entry_by_secret(secret)
    centre = show_house(request, found.centre)
    shown = found.state == EntryState.SHOWN
    context = {
        "entry": found,
        "secret": secret,
        "link": absolute(request.path),
        "status": show.status(found),
        "facts": show.facts(found),
        "approaches": show.approach_lines(found),
        "matches": show.matches(ask.matches(found, today(centre))) if shown else [],
        "unconfirmed": found.state == EntryState.UNCONFIRMED,
        "may_end": found.state in (EntryState.WAITING, EntryState.SHOWN),
    }
    return render(request, "market/own_entry.html", context)


@never_cache
@require_POST
def own_verb(request: HttpRequest, secret: str, verb: str) -> HttpResponse:
    """Confirm it, or take it down."""
    throttle(request, "answer")
    found = ask.entry_by_secret(secret)
    centre = show_house(request, found.centre)
    work = {"bestaetigen": services.confirm_entry, "beenden": services.end_entry}.get(verb)
    if work is None:
        raise Invalid(_("This does not exist here."))
    work(ctx_of(request, centre), entry=found)
    return redirect(links.entry_path(found))


@never_cache
@require_POST
def answer(request: HttpRequest, secret: str, public_id: str, verb: str) -> HttpResponse:
    """Yes or no to somebody's interest."""
    throttle(request, "answer")
    found = ask.entry_by_secret(secret)
    centre = show_house(request, found.centre)
    if verb not in ("ja", "nein"):
        raise Invalid(_("This does not exist here."))
    services.answer_approach(
        ctx_of(request, centre), approach=ask.approach_of(found, public_id), agreed=verb == "ja"
    )
    return redirect(links.entry_path(found))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def approach(request: HttpRequest, secret: str) -> HttpResponse:
    """Whoever is interested confirms it here, and later sees the answer."""
    found = ask.approach_by_secret(secret)
    centre = show_house(request, found.entry.centre)
    if request.method == "POST":
        throttle(request, "answer")
        services.confirm_approach(ctx_of(request, centre), approach=found)
        return redirect(links.approach_path(found))
    context = {
        "approach": found,
        "entry": found.entry,
        "status": show.approach_status(found),
        "unconfirmed": found.state == ApproachState.UNCONFIRMED,
        "person": found.entry.person if found.state == ApproachState.AGREED else None,
    }
    return render(request, "market/approach.html", context)


# -- the house looks at it -----------------------------------------------------------------
@require_safe
def to_look_at(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, VIEW)
    found = ask.entries_to_look_at(centre)
    context = {
        "waiting": show.cards(one for one in found if one.state == EntryState.WAITING),
        "shown": show.cards(one for one in found if one.state == EntryState.SHOWN),
    }
    return render(request, "market/moderation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = enter_work(request, slug, VIEW, DECIDE)
    found = ask.entry_by_id(centre, public_id)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and attempt(form, lambda: _decide(request, found, form)):
        return redirect("market_moderation", slug)
    context = {
        "entry": found,
        "state": EntryState(found.state).label,
        "facts": show.facts(found),
        "card": show.card(found),
        "may": may(viewer_of(request), DECIDE, centre),
        "waiting": found.state == EntryState.WAITING,
        "shown": found.state == EntryState.SHOWN,
    }
    return mended(request, "market/moderate.html", context, form)


def _decide(request: HttpRequest, found: Entry, form: WordsForm) -> Entry:
    return services.decide_entry(
        ctx_of(request, found.centre),
        entry=found,
        shown=request.POST.get("verb") == "show",
        text=form.cleaned_data["text"],
    )


@require_safe
def photo_to_look_at(request: HttpRequest, slug: str, public_id: str) -> HttpResponseBase:
    """The photo of an entry that is not on the board yet."""
    centre = enter_work(request, slug, VIEW)
    found = ask.entry_by_id(centre, public_id)
    if found.photo is None:
        raise not_found()
    return serve(found.photo, 960, request=request)


@require_safe
def photo(request: HttpRequest, photo_id: str, size: int) -> HttpResponseBase:
    return serve(ask.photo_by_id(photo_id), size, request=request)
