"""The page of labels in words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wesprint.apps.goods import labels
from wesprint.apps.goods.models import Item, LabelPrint, Place, PriceTag
from wesprint.apps.goods.presenters.batches import tag_price
from wesprint.apps.goods.presenters.items import facts_line, title
from wesprint.web import formats


def kinds(slug: str, chosen: str) -> list[dict[str, Any]]:
    here = reverse("goods_label_sheets", args=[slug])
    named = (("items", _("Pieces")), ("places", _("Places")), ("tags", _("Price tags")))
    return [
        {"label": label, "url": f"{here}?was={kind}", "current": kind == chosen}
        for kind, label in named
    ]


def to_choose(
    listed: Sequence[Item | Place | PriceTag], chosen: Collection[int]
) -> list[dict[str, Any]]:
    return [
        {
            "number": row.public_id,
            **_words(row),
            "printed": printed(row.prints),  # type: ignore[union-attr]  # prefetched for this page
            "checked": row.pk in chosen,
        }
        for row in listed
    ]


def _words(row: Item | Place | PriceTag) -> dict[str, str]:
    if isinstance(row, Place):
        return {"title": f"{row.code} · {row.name}", "facts": row.get_kind_display()}
    if isinstance(row, PriceTag):
        named = f"{row.name} · {title(row.item)}" if row.name else title(row.item)
        return {"title": named, "facts": tag_price(row)}
    price = "" if row.price_cents is None else f" · {formats.money(row.price_cents)}"
    return {"title": title(row), "facts": f"{facts_line(row)}{price}"}


def printed(prints: Sequence[LabelPrint]) -> str:
    """ "printed 2 times, last on 24.11.2026"; nothing for the first one."""
    if not prints:
        return ""
    count = sum(one.copies for one in prints)
    text = ngettext("printed on %(day)s", "printed %(count)s times, last on %(day)s", count)
    return text % {"count": count, "day": formats.short_date(prints[0].printed_at)}


def papers(chosen: labels.Paper) -> list[dict[str, Any]]:
    """Grouped by sheets and rolls."""
    groups = ((_("Sheets A4"), True), (_("Label printers"), False))
    return [
        {
            "name": name,
            "papers": [
                {"value": one.slug, "label": paper_name(one), "chosen": one == chosen}
                for one in labels.papers().values()
                if one.is_sheet is is_sheet
            ],
        }
        for name, is_sheet in groups
    ]


def paper_name(paper: labels.Paper) -> str:
    """ "24 labels, 70 × 37 mm" """
    size = f"{_millimetres(paper.width)} × {_millimetres(paper.height)} mm"
    if not paper.is_sheet:
        return size
    return _("%(count)s labels, %(size)s") % {"count": paper.per_page, "size": size}


def _millimetres(value: float) -> str:
    return formats.number(Decimal(str(value)), 0 if value == int(value) else 1)


def summary(count: int, paper: labels.Paper, start: int) -> str:
    text = ngettext("%(count)s label", "%(count)s labels", count) % {"count": count}
    if not paper.is_sheet or not count:
        return text
    skipped = min(start, paper.per_page) - 1
    sheets = -(-(count + skipped) // paper.per_page)
    on = ngettext("on %(sheets)s sheet", "on %(sheets)s sheets", sheets) % {"sheets": sheets}
    return f"{text} {on}"


def preview_url(request: HttpRequest, slug: str) -> str:
    return f"{reverse('goods_label_preview', args=[slug])}?{request.GET.urlencode()}"
