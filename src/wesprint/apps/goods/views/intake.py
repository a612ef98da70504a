"""The counter: who brings it, what it is, what to do with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wesprint.apps.goods import kinds, services
from wesprint.apps.goods.forms import IntakeForm
from wesprint.apps.goods.models import Basis, Intake, Item, Offer, Status
from wesprint.apps.goods.presenters import counter as show
from wesprint.apps.goods.presenters import items as show_items
from wesprint.apps.goods.selectors import counter as ask
from wesprint.apps.goods.selectors.catalogue import first_photos
from wesprint.apps.goods.selectors.house import centre_day, typical_of
from wesprint.apps.goods.selectors.items import item_by_id
from wesprint.apps.goods.selectors.offers import expected_offers, offer_by_id
from wesprint.apps.goods.services.intake import Weight
from wesprint.apps.goods.views.bench_language import in_counter_language, languages
from wesprint.apps.goods.views.common import (
    TOKENS,
    attempt,
    enter_work,
    mended,
    people_of,
    tokens,
    uploads,
)
from wesprint.kernel.errors import Invalid, NotFound
from wesprint.platform.base.clock import now
from wesprint.platform.files.services import Prepared
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import operator_of
from wesprint.platform.people.models import Person
from wesprint.platform.people.rules import may
from wesprint.platform.people.selectors import find_people
from wesprint.platform.reference.facts import CategoryFacts
from wesprint.platform.reference.models import Grade
from wesprint.web.errors import localise
from wesprint.web.fields import typed_mass
from wesprint.web.http import ctx_of, viewer_of
from wesprint.web.pieces import render_kept, rights

READ, WRITE = "goods.view_counter", "goods.take_in"
TILES = 8
_ADVISED = (
    "category", "grade", "mass", "status", "price", "suggested_price", "title", "over_capacity",
    "estimated",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@in_counter_language
def counter(request: HttpRequest, slug: str, visit: str = "") -> HttpResponse:
    """The bench: a new visit, or one under way. POST takes one thing in."""
    centre = enter_work(request, slug, READ, WRITE)
    intake = ask.intake_by_id(centre, visit) if visit else None
    if not may(viewer_of(request), WRITE, centre):
        return _reading(request, intake)
    if not (visit or request.GET or request.method == "POST"):
        return _empty_bench(request, centre)
    form = IntakeForm(request.POST or None, initial=_announced(request, centre, intake))
    photos: tuple[Prepared, ...] = ()
    if request.method == "POST":
        if request.POST.get("do") != "refresh":
            photos = attempt(form, lambda: uploads(request, "photo")) or ()
            item = attempt(form, lambda: _take_in(request, centre, form, intake, photos))
            if item is not None:
                return _next(item)
        else:
            photos = uploads(request, "photo")
            form = IntakeForm(initial=request.POST.dict())
    return mended(
        request,
        "goods/intake.html",
        {
            **_bench(request, centre, form, intake),
            "kept_photos": tokens(photos),
        },
        form,
    )


def _empty_bench(request: HttpRequest, centre: Centre) -> HttpResponse:
    """Nobody has brought anything yet: the same for all who work at it."""

    def context() -> dict[str, Any]:
        form = IntakeForm()
        return {**_bench(request, centre, form, None), "kept_photos": [], "form": form}

    key = (centre.pk, rights(viewer_of(request)))
    return render_kept(request, "goods/intake.html", key, context)


def _reading(request: HttpRequest, intake: Intake | None) -> HttpResponse:
    """For who only looks: what came in this visit, and nothing to fill in."""
    visit = ask.items_of_visit(intake) if intake else ()
    context = {
        "intake": intake,
        "visit": show.visit_rows(visit, first_photos(visit)),
        "visit_mass": sum(item.mass_g for item in visit),
    }
    return render(request, "goods/intake_read.html", context)


def _announced(request: HttpRequest, centre: Centre, intake: Intake | None) -> dict[str, str]:
    """The line of the offer that was tapped, or the first that is still to come: its words and
    kind need no typing again."""
    offer = intake.offer if intake else _offer(centre, request.GET.get("angebot", "")[:10])
    left = ask.lines_left(offer) if offer else ()
    asked = request.GET.get("was", "")
    line = next((one for one in left if str(one.position) == asked), left[0] if left else None)
    if line is None:
        return {}
    return {"title": line.what, "category": line.category.slug if line.category else ""}


def _givers_photos(
    request: HttpRequest, centre: Centre, offer: Offer | None, intake: Intake | None
) -> list[Any]:
    """Pictures of the offer that the thing on the bench may keep; not where the form comes
    back, which brings what was chosen."""
    shown = request.method != "POST" and may(viewer_of(request), "goods.view_offers", centre)
    return show.givers_photos(offer, intake) if offer and shown else []


def _next(item: Item) -> HttpResponse:
    return redirect(f"{_visit_of(item)}?neu={item.public_id}")


def _visit_of(item: Item) -> str:
    """What the workshop made came with no visit: then the empty bench."""
    if item.intake is None:
        return reverse("goods_intake", args=[item.centre.slug])
    return reverse("goods_visit", args=[item.centre.slug, item.intake.public_id])


def _take_in(
    request: HttpRequest,
    centre: Centre,
    form: IntakeForm,
    intake: Intake | None,
    photos: tuple[Prepared, ...],
) -> Item:
    data = form.cleaned_data
    basis = Basis.ESTIMATED if data["estimated"] else Basis.MEASURED
    return services.take_in(
        ctx_of(request, centre),
        centre=centre,
        category=data["category"],
        grade=data["grade"],
        weight=Weight(data["mass"], basis),
        status=data["status"] or Status.PRODUCT,
        route=data["route"],
        price_cents=data["price"],
        per_kg=data["per_kg"],
        over_capacity=data["over_capacity"],
        title=data["title"],
        note=data["note"],
        photos=photos,
        giver=_giver(centre, data["giver"]),
        offer=_offer(centre, data["offer"]),
        intake=intake,
    )


def _giver(centre: Centre, public_id: str) -> Person | None:
    if not public_id:
        return None
    found = people_of(centre).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("This person is not known here."), next=_("Please search again."))
    return found


def _offer(centre: Centre, public_id: str) -> Offer | None:
    return offer_by_id(centre, public_id) if public_id else None


def _bench(
    request: HttpRequest, centre: Centre, form: IntakeForm, intake: Intake | None
) -> dict[str, Any]:
    """Everything the bench shows; the query string may name giver, offer and the new item."""
    moment = now()
    tree = ask.today_tree(centre, moment)
    values = {name: form[name].value() or "" for name in form.fields}
    chosen = tree.by_slug.get(values["category"])
    offer = intake.offer if intake else _offer(centre, _value(request, values, "offer"))
    giver = intake.giver if intake else _giver(centre, _value(request, values, "giver"))
    visit = ask.items_of_visit(intake) if intake else ()
    left = ask.lines_left(offer) if offer else ()
    fresh = request.GET.get("neu", "")
    return {
        "intake": intake,
        "fetched": show.fetched(intake) if intake else "",
        "values": values,
        "giver": giver or (offer.giver if offer else None),
        "offer": offer,
        "givers_photos": _givers_photos(request, centre, offer, intake),
        "kept_field": TOKENS,
        "offer_lines": left,
        "only_line": len(left) == 1,
        "expected": [] if intake or offer else expected_offers(centre),
        "tiles": _tiles(centre, tree, chosen),
        "kinds_count": tree.kinds,
        "counter_languages": languages(),
        "groups": show.groups(tree),
        "grades": show.grades(values["grade"]),
        "statuses": show.statuses(values["status"] or Status.PRODUCT),
        "advice": (advised := _advice(centre, chosen, values)),
        "price": _price(values, advised),
        "visit": show.visit_rows(visit, first_photos(visit)),
        "visit_mass": sum(item.mass_g for item in visit),
        "fresh": next((item for item in visit if item.public_id == fresh), None),
        "may_take": may(viewer_of(request), WRITE, centre),
    }


def _value(request: HttpRequest, values: dict[str, Any], name: str) -> str:
    names = {"offer": "angebot", "giver": "geber"}
    return values[name] or request.GET.get(names[name], "")[:10]


def _tiles(centre: Centre, tree: Any, chosen: CategoryFacts | None) -> list[dict[str, Any]]:
    usual = list(ask.kinds_used_most(centre, tree, TILES))
    if chosen is not None and chosen not in usual:
        usual = [chosen, *usual[: TILES - 1]]
    return _shown(centre, usual, chosen)


def _shown(
    centre: Centre, kinds: Sequence[CategoryFacts], chosen: CategoryFacts | None
) -> list[dict[str, Any]]:
    """The house's own weighings stand on its tiles, too."""
    usual = typical_of(centre, list(filter(show.shows_mass, kinds)))
    return show.tiles(kinds, chosen, usual)


def _advice(
    centre: Centre, chosen: CategoryFacts | None, values: dict[str, Any]
) -> dict[str, Any] | None:
    if chosen is None or not chosen.taken:
        return None
    typed = str(values["mass"]).strip()
    grams, unread = _grams(typed)
    possible = grams is not None and chosen.is_plausible(grams)
    found = ask.suggestion(
        centre,
        chosen,
        grade=values["grade"] if values["grade"] in Grade.values else Grade.B,
        grams=grams if possible else None,
        is_waste=values["status"] == Status.WASTE,
        moment=now(),
        text=str(values["title"]),
    )
    warning = ""
    if typed and not possible:
        warning = unread if grams is None else show.mass_warning(chosen, grams)
    kept = show.to_be_kept(found, values)
    return show_items.advice(found) | {"mass_warning": warning, "kept": kept}


def _price(values: dict[str, Any], advised: dict[str, Any] | None) -> str:
    """A price of the counter's own stays; one that was only suggested follows the suggestion."""
    own = values["price"] != values["suggested_price"]
    return str(values["price"] if own or advised is None else advised["price_value"])


def _grams(text: str) -> tuple[int | None, str]:
    """What stands in the field while somebody is still typing, or why it is no weight yet."""
    try:
        return (typed_mass(text) if text else None), ""
    except Invalid as error:
        return None, localise(error.what)


@require_safe
@in_counter_language
def tiles(request: HttpRequest, slug: str) -> HttpResponse:
    """The tiles for what is searched, for one group, or the usual ones."""
    centre = enter_work(request, slug, READ)
    tree = ask.today_tree(centre, now())
    words, group = request.GET.get("q", "")[:60], request.GET.get("gruppe", "")
    chosen = tree.by_slug.get(request.GET.get("category", ""))
    if words.strip():
        options = _shown(centre, kinds.find(tree, words)[:12], chosen)
    elif leaves := next((one.leaves for one in tree.groups if one.slug == group), None):
        options = _shown(centre, leaves, chosen)
    else:
        options = _tiles(centre, tree, chosen)
    context = {"tiles": options, "words": words, "group": group}
    return render(request, "goods/parts/tiles.html", context)


@require_safe
@in_counter_language
def advice(request: HttpRequest, slug: str) -> HttpResponse:
    """The suggestion for what is chosen so far."""
    centre = enter_work(request, slug, READ)
    values = {name: request.GET.get(name, "")[:120] for name in _ADVISED}
    chosen = ask.today_tree(centre, now()).by_slug.get(values["category"])
    context = {
        "advice": (advised := _advice(centre, chosen, values)),
        "price": _price(values, advised),
        "values": values,
        "may_take": may(viewer_of(request), WRITE, centre),
        "swap": True,
    }
    return render(request, "goods/parts/advice.html", context)


@require_safe
@in_counter_language
def giver(request: HttpRequest, slug: str) -> HttpResponse:
    """Who brings it: a search over the people the house knows."""
    centre = enter_work(request, slug, READ, WRITE)
    words = request.GET.get("q", "")[:80]
    operator = operator_of(centre, centre_day(centre))
    found = find_people(operator, words) if words and operator else ()
    context = {"q": words, "found": found, "expected": expected_offers(centre)}
    return render(request, "goods/giver.html", context)


@require_POST
def undo(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """An entry was a mistake: the ledger takes it back."""
    centre = enter_work(request, slug, READ, "goods.correct")
    item = item_by_id(public_id, centre)
    services.withdraw_item(ctx_of(request, centre), item=item)
    return redirect(_visit_of(item))
