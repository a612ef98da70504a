"""Tiles, grades and the visit under way, for the bench at the counter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wesprint.apps.goods import words
from wesprint.apps.goods.models import Basis, Intake, Item, Offer, Status
from wesprint.apps.goods.presenters.items import photo_url, state_tag, title
from wesprint.apps.goods.selectors.counter import Suggestion
from wesprint.apps.goods.selectors.house import Tree
from wesprint.platform.files.services import Prepared, keep_token
from wesprint.platform.reference.facts import CategoryFacts
from wesprint.platform.reference.models import Grade
from wesprint.platform.reference.weights import TypicalMass
from wesprint.web import formats


def shows_mass(facts: CategoryFacts) -> bool:
    """Whether its tile says what such a thing usually weighs."""
    return facts.taken and not facts.electrical and not facts.batch


def tiles(
    found: Iterable[CategoryFacts],
    chosen: CategoryFacts | None,
    usual: Mapping[int, TypicalMass],
) -> list[dict[str, Any]]:
    """For the picture tiles: name, usual weight or a word of warning. usual: what those that
    `shows_mass` weigh in this house, by their id."""
    return [_tile(facts, facts == chosen, usual) for facts in found]


def _tile(facts: CategoryFacts, checked: bool, usual: Mapping[int, TypicalMass]) -> dict[str, Any]:
    language = get_language() or "de"
    return {
        "value": facts.slug,
        "label": facts.name(language),
        "note": _note(facts, usual) if facts.taken else facts.note(language),
        "icon": facts.icon,
        "checked": checked,
        "disabled": not facts.taken,
    }


def _note(facts: CategoryFacts, usual: Mapping[int, TypicalMass]) -> str:
    if facts.electrical:
        return _("needs a test")
    if facts.batch:
        return _("by the kilo")
    return _("about %(mass)s") % {"mass": formats.kilos(usual[facts.id].grams)}


def mass_warning(facts: CategoryFacts, grams: int) -> str:
    """What is wrong with a weight that cannot be, before it is sent; often it was grams, or
    kilograms where grams were meant."""
    if grams <= 0:
        return _("A weight is more than zero.")
    words = _out_of_reach(facts, grams)
    meant = facts.probably_meant(grams)
    if not meant:
        return words
    return f"{words} {_('Do you mean %(mass)s?') % {'mass': formats.kilos(meant)}}"


def _out_of_reach(facts: CategoryFacts, grams: int) -> str:
    kind = facts.name(get_language() or "de")
    if grams < facts.min_plausible_g:
        return _("%(mass)s is too little for %(kind)s: less than %(limit)s cannot be.") % {
            "mass": formats.kilos(grams),
            "kind": kind,
            "limit": formats.kilos(facts.min_plausible_g),
        }
    return _("%(mass)s is too much for %(kind)s: more than %(limit)s cannot be.") % {
        "mass": formats.kilos(grams),
        "kind": kind,
        "limit": formats.kilos(facts.max_plausible_g),
    }


def groups(tree: Tree) -> list[dict[str, Any]]:
    language = get_language() or "de"
    return [
        {
            "slug": group.slug,
            "name": group.name(language),
            "icon": group.icon,
            "kinds": [{"slug": one.slug, "name": one.name(language)} for one in group.leaves],
        }
        for group in tree.groups
    ]


def grades(chosen: str) -> list[dict[str, Any]]:
    return [
        {
            "value": grade.value,
            "letter": grade.value,
            "label": words.GRADE[grade],
            "checked": grade.value == chosen,
        }
        for grade in Grade
    ]


def to_be_kept(found: Suggestion, values: Mapping[str, Any]) -> str:
    """What is chosen so far in one line: "Kommode · B – gut · 31,5 kg"."""
    parts = [found.facts.name(get_language() or "de")]
    if values["grade"] in Grade.values:
        parts.append(f"{values['grade']} – {words.GRADE[Grade(values['grade'])]}")
    if found.weighed:
        parts.append(formats.kilos(found.grams))
    elif values["estimated"] and values["estimated"] != "False":
        usual = formats.kilos(found.typical.grams)
        parts.append(f"{usual}{formats.comma()}{Basis.ESTIMATED.label}")
    return " · ".join(parts)


def statuses(chosen: str) -> list[dict[str, Any]]:
    labels = {Status.PRODUCT: _("Still usable"), Status.WASTE: _("Handed over as waste")}
    return [
        {"value": one.value, "label": labels[one], "checked": one.value == chosen} for one in Status
    ]


def fetched(intake: Intake) -> str:
    """What the tour's scale said at the giver's door; empty for what no tour fetched."""
    return formats.kilos(intake.fetched_g) if intake.fetched_g else ""


def givers_photos(offer: Offer, intake: Intake | None = None) -> list[dict[str, str]]:
    """What the giver sent and the rider saw: where it is seen, and the token with which a form
    takes it over."""
    slug = offer.centre.slug
    seen = [photo.file for photo in offer.photos.select_related("file")]
    if intake is not None and intake.fetched_photo is not None:
        seen.append(intake.fetched_photo)
    return [
        {
            "url": reverse("goods_offer_photo", args=[slug, offer.public_id, file.public_id]),
            "token": keep_token(Prepared(file.digest, file.width, file.height, tuple(file.sizes))),
        }
        for file in seen
    ]


def visit_rows(items: Iterable[Item], photos: Mapping[int, str]) -> list[dict[str, Any]]:
    """What came in this visit, newest first."""
    return [
        {
            "item": item,
            "title": title(item),
            "mass": formats.kilos(item.mass_g),
            "estimated": item.basis == "estimated",
            "route": item.get_route_display(),
            "tag": state_tag(item),
            "photo": photo_url(photos[item.pk], 320) if item.pk in photos else "",
            "icon": item.category.icon,
            "may_undo": item.state in ("taken-in", "for-sale"),
        }
        for item in items
    ]
