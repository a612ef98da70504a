"""Years of a store at once, for a demo of full size: the same things, flows and sums that single
commands would leave, written in large steps (see the ledger's `past`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db.models import Model

from wesprint.apps.goods.flow_names import GIVEN, INTAKE, PAID, SOLD
from wesprint.apps.goods.models import (
    Basis,
    Consideration,
    Displaced,
    HandOver,
    Intake,
    Item,
    ItemState,
    Route,
)
from wesprint.apps.goods.selectors.catalogue import SEARCH_KIND
from wesprint.apps.goods.selectors.house import centre_day, tree
from wesprint.apps.goods.services import books
from wesprint.apps.goods.suggest import friendly
from wesprint.kernel.context import Ctx
from wesprint.kernel.ids import many_public_ids
from wesprint.kernel.quantity import Quantity, Unit, grams
from wesprint.platform.agents.models import Agent
from wesprint.platform.base.inserts import insert_tuples, keys_used, next_key
from wesprint.platform.commands.services import command
from wesprint.platform.ledger import services as ledger
from wesprint.platform.ledger.models import ResourceSpecification
from wesprint.platform.ledger.past import MODELS as LEDGER_MODELS
from wesprint.platform.ledger.past import Past, PastAgreement, PastEvent, PastResource
from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference.facts import CategoryFacts
from wesprint.platform.reference.models import Category
from wesprint.platform.search.services import Entry, index_many

MODELS: tuple[type[Model], ...] = (Intake, Item, HandOver)
MOVES = 8  # within the house, so that an item has ten events, as in a store that scans
STAYS = timedelta(days=60)  # at most on the shelf before somebody takes it
SOLD_SHARE, FREE_SHARE, WEIGHED = 0.9, 0.05, 0.8
THINGS_A_VISIT = 3
ANSWERS = ("", "", *Displaced.values)
Kind = tuple[CategoryFacts, ResourceSpecification]


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the past: `count` things that came between two moments; `now` ends the story."""

    count: int
    since: datetime
    until: datetime
    now: datetime


@command("goods.tell_past")
def tell_past(ctx: Ctx, *, centre: Centre, part: Slice, seed: int) -> int:
    """Writes the slice; how many events of the ledger it were. The same seed, key and slice
    give the same things. Only into a house where nobody else is writing."""
    story = _Story(ctx, centre, part, Random(f"{seed}/{ctx.key}"))  # noqa: S311 - a story
    story.tell()
    return story.write()


class _Story:
    def __init__(self, ctx: Ctx, centre: Centre, part: Slice, chance: Random) -> None:
        self.centre, self.part, self.chance = centre, part, chance
        self.past, self.ids = Past(ctx, centre), many_public_ids()
        self.house: Agent = books.operator_agent(ctx, centre)
        self.public: Agent = books.agent_of(None, centre)
        self.money = books.euro(ctx)
        self.kinds = _kinds(ctx, centre)
        self.keys = {model: next_key(model) for model in MODELS}
        self.visits: list[Intake] = []
        self.items: list[Item] = []
        self.hand_overs: list[HandOver] = []

    def tell(self) -> None:
        step = (self.part.until - self.part.since) / max(self.part.count, 1)
        for number in range(self.part.count):
            at = self.part.since + number * step
            if number % THINGS_A_VISIT == 0:
                self._visit(at)
            self._thing(at)

    def _key(self, model: type[Model]) -> int:
        key = self.keys[model]
        self.keys[model] += 1
        return key

    def _visit(self, at: datetime) -> None:
        self.visits.append(
            Intake(
                pk=self._key(Intake),
                public_id=next(self.ids),
                centre_id=self.centre.id,
                started_at=at,
            )
        )

    def _thing(self, at: datetime) -> None:
        facts, specification = self.chance.choice(self.kinds)
        item = self._item(facts, at)
        resource = self.past.resource(specification, item.public_id)
        item.resource_id = resource.pk
        self._event("transfer", INTAKE, at, item, to_resource=resource, giver=self.public)
        leaves = at + self.chance.random() * STAYS
        for move in range(MOVES):
            moment = at + (min(leaves, self.part.now) - at) * (move + 1) / (MOVES + 1)
            place = f"R{self.chance.randrange(40):02d}"
            self._event("move", "moved", moment, item, resource, resource, to_location=place)
        if leaves <= self.part.now and self.chance.random() < SOLD_SHARE:
            self._hand_over(item, resource, leaves)
        else:
            item.for_sale_since = at

    def _item(self, facts: CategoryFacts, at: datetime) -> Item:
        mass = max(1, round(self.chance.triangular(facts.low_g, facts.high_g, facts.typical_g)))
        grade = self.chance.choice("ABBC")
        cents = friendly(facts.guide_price(grade, mass))
        item = Item(
            pk=self._key(Item),
            public_id=next(self.ids),
            centre_id=self.centre.id,
            intake_id=self.visits[-1].id,
            category_id=facts.id,
            title=facts.name_de,
            grade=grade,
            route=Route.SELL,
            state=ItemState.FOR_SALE,
            is_batch=facts.batch,
            mass_g=mass,
            basis=Basis.MEASURED if self.chance.random() < WEIGHED else Basis.ESTIMATED,
            price_cents=cents,
            suggested_cents=cents,
            taken_in_at=at,
            first_for_sale_at=at,
        )
        if facts.electrical:
            item.tested_at, item.test_passed = at, True
        self.items.append(item)
        return item

    def _hand_over(self, item: Item, resource: PastResource, at: datetime) -> None:
        free = self.chance.random() < FREE_SHARE
        agreement = self.past.agreement("goods.hand-over")
        self._event(
            "transfer", GIVEN if free else SOLD, at, item, resource, giver=self.house,
            agreement=agreement,
        )  # fmt: skip
        if not free:
            self._payment(item, agreement, at)
        item.state, item.left_at = ItemState.HANDED_OVER, at
        self.hand_overs.append(self._hand_over_row(item, agreement, at, free=free))

    def _hand_over_row(
        self, item: Item, agreement: PastAgreement, at: datetime, *, free: bool
    ) -> HandOver:
        return HandOver(
            pk=self._key(HandOver),
            public_id=next(self.ids),
            centre_id=self.centre.id,
            item_id=item.id,
            agreement_id=agreement.pk,
            price_cents=0 if free else item.price_cents or 0,
            consideration=Consideration.FREE if free else Consideration.CASH,
            displaced=self.chance.choice(ANSWERS),
            handed_over_at=at,
            recorded_at=at,
        )

    def _payment(self, item: Item, agreement: PastAgreement, at: datetime) -> None:
        self.past.add(
            PastEvent(
                "transfer",
                PAID,
                at,
                Quantity(item.price_cents or 0, Unit.CENT),
                ledger.Basis.NONE.value,
                self.public,
                self.house,
                conforms_to=self.money,
                agreement=agreement,
            )
        )

    def _event(
        self,
        action: str,
        flow: str,
        at: datetime,
        item: Item,
        resource: PastResource | None = None,
        to_resource: PastResource | None = None,
        *,
        giver: Agent | None = None,
        agreement: PastAgreement | None = None,
        to_location: str = "",
    ) -> None:
        provider = giver or self.house
        receiver = self.house if giver in (None, self.public) else self.public
        self.past.add(
            PastEvent(
                action,
                flow,
                at,
                grams(item.mass_g),
                item.basis,
                provider,
                receiver,
                resource,
                to_resource,
                agreement=agreement,
                to_location=to_location,
            )
        )

    def write(self) -> int:
        written = self.past.write()
        for rows in (self.visits, self.items, self.hand_overs):
            _insert(rows)
        index_many([entry for entry in map(self._entry, self.items) if entry])
        return written

    def _entry(self, item: Item) -> Entry | None:
        if not item.is_listed:
            return None
        facts = tree(centre_day(self.centre)).by_id[item.category_id]
        return Entry(SEARCH_KIND, item.public_id, self.centre.scope, item.title, facts.name_en)


def _kinds(ctx: Ctx, centre: Centre) -> list[Kind]:
    """Everything the house takes, with its specification in the ledger."""
    taken = [facts for facts in tree(centre_day(centre)).by_id.values() if facts.taken]
    categories = Category.objects.in_bulk([facts.id for facts in taken])
    return [(facts, books.kind_of_goods(ctx, categories[facts.id])) for facts in taken]


def _insert(rows: Sequence[Model]) -> None:
    if not rows:
        return
    model = type(rows[0])
    names = [field.attname for field in model._meta.concrete_fields]
    names.sort(key=lambda name: name != "id")
    insert_tuples(model, ([getattr(row, name) for name in names] for row in rows))


def finish() -> None:
    """After the last slice: the database hands out keys itself again."""
    keys_used(*MODELS, *LEDGER_MODELS)
