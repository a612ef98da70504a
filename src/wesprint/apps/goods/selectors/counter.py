"""What the counter sees: the kinds used most, the suggestion, the visit under way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods import gates, suggest
from wesprint.apps.goods.models import HandOver, Intake, Item, ItemState, Offer, OfferLine
from wesprint.apps.goods.selectors.gates import gates_about
from wesprint.apps.goods.selectors.house import (
    LOOK_BACK,
    Full,
    Tree,
    centre_day,
    full_of,
    may_take_parts,
    tree,
    typical_grams,
)
from wesprint.apps.goods.selectors.items import footprint_on
from wesprint.engines.footprint import Avoided
from wesprint.kernel.errors import NotFound
from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference.facts import CategoryFacts, GateFacts
from wesprint.platform.reference.models import GateKind
from wesprint.platform.reference.weights import TypicalMass

RECENT = 400
# What comes most often at first, until the house knows better.
USUAL = (
    "chest-of-drawers", "chair", "table", "lamp", "dishes", "clothing", "books",
    "kettle", "shelf", "toy", "pots",
)  # fmt: skip


def kinds_used_most(centre: Centre, kinds: Tree, count: int) -> tuple[CategoryFacts, ...]:
    """Leaves by how often they came lately, filled up with the usual ones. One query."""
    recent = Item.objects.filter(centre=centre).order_by("-taken_in_at", "-id")
    numbers = Counter(recent.values_list("category_id", flat=True)[:RECENT])
    often = [kinds.by_id[pk] for pk, _count in numbers.most_common() if pk in kinds.by_id]
    usual = [kinds.by_slug[slug] for slug in USUAL if slug in kinds.by_slug]
    taken = {facts.slug: facts for facts in (*often, *usual) if facts.taken}
    return tuple(taken.values())[:count]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to do with a thing of this kind, grade and weight, each part with its reason."""

    facts: CategoryFacts
    grade: str
    grams: int
    weighed: bool
    typical: TypicalMass
    way: suggest.Way
    price: suggest.Price
    per_kg: suggest.Price | None
    footprint: Avoided | None
    gate: GateFacts | None
    full: Full | None
    certified: bool


def suggestion(
    centre: Centre,
    facts: CategoryFacts,
    *,
    grade: str,
    grams: int | None,
    is_waste: bool,
    moment: datetime,
    text: str = "",
) -> Suggestion:
    """grams: as weighed; None takes the typical weight. text: its name on the shelf. Five
    queries, six for electrical things."""
    typical = typical_grams(centre, facts)
    mass = typical.grams if grams is None else grams
    on, sold = centre_day(centre, moment), own_prices(centre, facts, grade)
    gate = gates.first_closed(gates_about(centre, facts, text, moment), gates.Known())
    certified = may_take_parts(centre, facts, moment)
    return Suggestion(
        facts=facts,
        grade=grade,
        grams=mass,
        weighed=grams is not None,
        typical=typical,
        way=suggest.way(
            grade=grade,
            electrical=facts.electrical,
            is_waste=is_waste,
            never_sold=gate is not None and gate.kind == GateKind.NEVER_SELL,
            certified=certified,
        ),
        price=suggest.price(facts, grade=grade, grams=mass, sold=sold),
        per_kg=_per_kg(facts, grade, sold),
        gate=gate,
        full=full_of(centre, facts, on),
        certified=certified,
        footprint=footprint_on(
            on,
            facts.slug,
            mass_g=mass,
            weighed=grams is not None,
            grade=grade,
        ),
    )


def _per_kg(facts: CategoryFacts, grade: str, sold: list[int]) -> suggest.Price | None:
    if facts.price_per == "piece":
        return None
    return suggest.price(facts, grade=grade, grams=1000, sold=sold)


def own_prices(centre: Centre, facts: CategoryFacts, grade: str) -> list[int]:
    """Cents of the newest own sales, per piece or per kilogram as the kind is sold. One query.

    The house of the hand-over is that of its thing; asked for both, the newest are found in an
    index and not among all that was ever sold.
    """
    sales = HandOver.objects.filter(
        centre=centre,
        item__centre=centre,
        item__category_id=facts.id,
        item__grade=grade,
        item__left_at__isnull=False,
        cancelled_at=None,
        price_cents__gt=0,
    ).order_by("-item__left_at")
    mass = Coalesce("part_g", "item__mass_g")
    rows = sales.annotate(grams=mass).values_list("price_cents", "grams")[:LOOK_BACK]
    per_piece = facts.price_per == "piece"
    return [cents if per_piece else cents * 1000 // grams for cents, grams in rows]


class StartPrices:
    """The prices that we would start with; own sales are read once per kind and grade."""

    def __init__(self, centre: Centre) -> None:
        self.centre = centre
        self._sold: dict[tuple[int, str], list[int]] = {}

    def cents(self, facts: CategoryFacts, grade: str, grams: int) -> int | None:
        """None where we know none. One query for each kind and grade."""
        key = facts.id, grade
        if key not in self._sold:
            self._sold[key] = own_prices(self.centre, facts, grade)
        return suggest.price(facts, grade=grade, grams=grams, sold=self._sold[key]).central or None


def suggested_cents(item: Item, moment: datetime) -> int | None:
    """The price that we would start with; None where we know none. One query."""
    facts = today_tree(item.centre, moment).by_id.get(item.category_id)
    if facts is None:
        return None
    return StartPrices(item.centre).cents(facts, item.grade, item.mass_g)


def intake_by_id(centre: Centre, public_id: str) -> Intake:
    """With giver and offer. Raises NotFound. One query."""
    rows = Intake.objects.filter(centre=centre, public_id=public_id)
    found = rows.select_related("giver", "offer", "fetched_photo").first()
    if found is None:
        raise NotFound(_("This visit does not exist."), next=_("Please begin a new one."))
    return found


def items_of_visit(intake: Intake) -> tuple[Item, ...]:
    """What came so far, newest first, without entries withdrawn. One query."""
    rows = intake.items.exclude(state=ItemState.WITHDRAWN).select_related("category", "centre")
    return tuple(rows.order_by("-id"))


def lines_left(offer: Offer) -> tuple[OfferLine, ...]:
    """What was announced and has not been taken in under its words. Two queries."""
    taken = Item.objects.filter(intake__offer=offer).exclude(state=ItemState.WITHDRAWN)
    titles = Counter(taken.values_list("title", flat=True))
    left = []
    for line in offer.lines.select_related("category"):
        if titles[line.what]:
            titles[line.what] -= 1
        else:
            left.append(line)
    return tuple(left)


def today_tree(centre: Centre, moment: datetime) -> Tree:
    return tree(centre_day(centre, moment))
