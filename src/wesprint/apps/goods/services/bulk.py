"""Many things at once, by the same checks and the same entries of the ledger as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from wesprint.apps.goods.flow_names import INTAKE
from wesprint.apps.goods.models import Intake, Item, Route, Status
from wesprint.apps.goods.selectors.counter import StartPrices
from wesprint.apps.goods.services import books
from wesprint.apps.goods.services.entries import (
    CheckedEntry,
    Entry,
    HouseToday,
    check_entry,
    item_of,
)
from wesprint.apps.goods.services.intake import check_room, start_intake
from wesprint.apps.goods.services.selling import mark_with_price, search_entry
from wesprint.kernel.context import Ctx
from wesprint.kernel.quantity import grams
from wesprint.platform.agents.models import Agent
from wesprint.platform.base.inserts import insert
from wesprint.platform.commands.services import changed, command
from wesprint.platform.ledger import services as ledger
from wesprint.platform.ledger.models import ResourceSpecification
from wesprint.platform.ledger.posting import Posting
from wesprint.platform.organisations.models import Centre
from wesprint.platform.outbox.services import emit
from wesprint.platform.reference.models import Category
from wesprint.platform.search.services import index_many

MOST = 1_000


@dataclass(frozen=True, slots=True)
class Books:
    """Read once for many: who gives, who receives, what is counted and what it would cost."""

    public: Agent
    house: Agent
    categories: Mapping[int, Category]
    specifications: Mapping[int, ResourceSpecification]
    prices: StartPrices


def books_for(ctx: Ctx, centre: Centre, kinds: Iterable[int]) -> Books:
    """Inside a command: what is not in the ledger yet is entered there. Refused for a house that
    nobody runs."""
    categories = Category.objects.in_bulk(list(kinds))
    known = dict(_specifications(categories.values()))
    for category in categories.values():
        if category.pk not in known:
            known[category.pk] = books.kind_of_goods(ctx, category)
    public, house = books.agent_of(None, centre), books.operator_agent(ctx, centre)
    return Books(public, house, categories, known, StartPrices(centre))


def _specifications(
    categories: Iterable[Category],
) -> Iterable[tuple[int, ResourceSpecification]]:
    by_code = {f"goods.{category.slug}": category.pk for category in categories}
    for row in ResourceSpecification.objects.filter(code__in=by_code):
        yield by_code[row.code], row


@command("goods.take_in_many")
def take_in_many(
    ctx: Ctx, *, centre: Centre, entries: tuple[Entry, ...], intake: Intake | None = None
) -> Intake:
    """All of them or none, as one visit. Raises as `take_in`; ValueError beyond 1,000: those are
    for an import, which holds nobody up."""
    if len(entries) > MOST:
        raise ValueError("more than a thousand things are imported, not taken in at once")
    house = HouseToday(centre, ctx.occurred_at)
    checked = [check_entry(ctx, centre, entry, house) for entry in entries]
    if intake is None or intake.offer is None:
        for facts in {one.facts.slug: one.facts for one in checked}.values():
            check_room(ctx, centre, facts)
    intake = intake or start_intake(ctx, centre=centre)
    known = books_for(ctx, centre, {one.facts.id for one in checked})
    posting = Posting(ctx, centre)
    items = prepare(checked, intake, known, posting, [ctx.occurred_at] * len(checked))
    posting.write()
    insert(items)
    index_many([search_entry(item) for item in items if item.is_listed])
    changed(intake, "items")
    emit(ctx, "goods.items_taken_in", {"intake": intake.public_id, "count": len(items)})
    return intake


def prepare(
    checked: Sequence[CheckedEntry],
    intake: Intake,
    known: Books,
    posting: Posting,
    moments: Sequence[datetime],
) -> list[Item]:
    """Items to be, and their entries in the posting; nothing is written yet."""
    items = [
        _prepared(posting.ctx, one, intake, known, moment)
        for one, moment in zip(checked, moments, strict=True)
    ]
    drafts = [_draft(item, known) for item in items]
    for draft in drafts:
        posting.add(draft)
    for item, event in zip(items, posting.events[-len(items) :], strict=True):
        if event.to_resource_inventoried_as is not None:
            item.resource = event.to_resource_inventoried_as
    return items


def _prepared(ctx: Ctx, one: CheckedEntry, intake: Intake, known: Books, moment: datetime) -> Item:
    item = item_of(one, intake, moment)
    item.category = known.categories[one.facts.id]
    if one.route == Route.SELL and one.entry.price_cents is not None:
        mark_with_price(ctx, item, one.entry.price_cents, one.gate, moment)
    if item.is_listed:
        item.suggested_cents = known.prices.cents(one.facts, item.grade, item.mass_g)
    return item


def _draft(item: Item, known: Books) -> ledger.EventDraft:
    specification = known.specifications[item.category_id]
    return ledger.EventDraft(
        action="transfer",
        flow=INTAKE,
        provider=known.public,
        receiver=known.house,
        to_resource=ledger.NewResource(specification, tracking_identifier=item.public_id),
        resource_quantity=grams(item.mass_g),
        basis=ledger.Basis(item.basis),
        classified_as=("waste",) if item.status == Status.WASTE else (),
        occurred_at=item.taken_in_at,
    )
