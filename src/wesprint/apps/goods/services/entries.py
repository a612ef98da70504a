"""What somebody says of a thing that comes in, and everything that has to be right about it: at
the counter, from a program and in a table of a thousand rows by the same checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods import gates, suggest
from wesprint.apps.goods.models import Basis, Intake, Item, ItemState, Route, RuleName, Status
from wesprint.apps.goods.selectors.gates import gates_in
from wesprint.apps.goods.selectors.house import centre_day, facts_of, house_rule, typical_grams
from wesprint.apps.goods.services.barring import refusal
from wesprint.apps.goods.services.checks import (
    NOTHING_SAVED,
    check_choice,
    check_taken,
    text_of,
)
from wesprint.apps.goods.services.weight import UNWEIGHED, Weight
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Refused
from wesprint.kernel.ids import new_public_id
from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference.facts import CategoryFacts, GateFacts
from wesprint.platform.reference.models import GateKind, Grade
from wesprint.platform.reference.weights import check_mass

LEAVES_THE_HOUSE = (Route.RECYCLE, Route.DISPOSE)
# Django puts the lists of its choices together anew for every question.
GRADES, STATUSES, ROUTES, BASES = Grade.values, Status.values, Route.values, Basis.values


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody says of one thing that comes in; see `take_in`."""

    category: str
    grade: str
    weight: Weight = UNWEIGHED
    status: str = Status.PRODUCT
    route: str = ""
    price_cents: int | None = None
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CheckedEntry:
    """An entry that may come in, with what the house adds to it; `gate`: what keeps it from the
    shelf."""

    entry: Entry
    facts: CategoryFacts
    mass_g: int
    route: str
    title: str
    note: str
    gate: GateFacts | None


class HouseToday:
    """What a house asks of everything that comes in, read once for many things."""

    def __init__(self, centre: Centre, moment: datetime) -> None:
        self.centre, self.day = centre, centre_day(centre, moment)

    @cached_property
    def gates(self) -> tuple[GateFacts, ...]:
        return gates_in(self.centre, self.day)

    @cached_property
    def certified(self) -> bool:
        return bool(house_rule(self.centre, RuleName.CERTIFIED_ELECTRICALS, self.day))

    def closed_gate(self, facts: CategoryFacts, text: str) -> GateFacts | None:
        """Of a thing of which nothing is tested and nothing known yet."""
        return gates.first_closed(gates.gates_of(self.gates, facts, text), gates.Known())

    def may_take_parts(self, facts: CategoryFacts) -> bool:
        return not facts.electrical or self.certified


def check_entry(
    ctx: Ctx, centre: Centre, entry: Entry, house: HouseToday | None = None
) -> CheckedEntry:
    """Everything that has to be right before a thing comes in; raises as `take_in` says. Two
    queries, three for electrical things; with a given weight and a known house none."""
    house = house or HouseToday(centre, ctx.occurred_at)
    facts = facts_of(centre, entry.category, ctx.occurred_at)
    check_taken(facts, ctx.locale)
    check_choice(entry.grade, GRADES, "grade")
    check_choice(entry.status, STATUSES, "status")
    mass_g = mass_of(centre, facts, entry.weight)
    _check_waste(house, facts, entry.status)
    title = text_of(entry.title, 120, "title") or facts.name("de")
    note = text_of(entry.note, 500, "note")
    gate = house.closed_gate(facts, f"{title} {note}")
    route = _route(ctx, house, facts, entry, gate)
    return CheckedEntry(entry, facts, mass_g, route, title, note, gate)


def mass_of(centre: Centre, facts: CategoryFacts, weight: Weight) -> int:
    """Grams. What the house weighed before is believed, however light."""
    check_choice(weight.basis, BASES, "basis")
    if weight.grams is None:
        return typical_grams(centre, facts).grams
    check_mass(facts, weight.grams)
    return weight.grams


def _check_waste(house: HouseToday, facts: CategoryFacts, status: str) -> None:
    """ElektroG §12: waste electricals only at certified places."""
    if status == Status.WASTE and facts.electrical and not house.certified:
        raise Refused(
            _("We may not take electrical appliances that the giver hands over as waste."),
            kept=NOTHING_SAVED,
            next=_("The recycling centre takes them free of charge (ElektroG §12)."),
            field="status",
            code="waste-electrical",
        )


def _route(
    ctx: Ctx, house: HouseToday, facts: CategoryFacts, entry: Entry, gate: GateFacts | None
) -> str:
    never = gate if gate is not None and gate.kind == GateKind.NEVER_SELL else None
    if not entry.route:
        return _suggested(house, facts, entry, never_sold=never is not None)
    check_choice(entry.route, ROUTES, "route")
    _check_route(house, facts, entry)
    if never is not None and entry.route in (Route.SELL, Route.LEND):
        raise refusal(never, ctx)
    return entry.route


def _suggested(house: HouseToday, facts: CategoryFacts, entry: Entry, *, never_sold: bool) -> str:
    return suggest.way(
        grade=entry.grade,
        electrical=facts.electrical,
        is_waste=entry.status == Status.WASTE,
        never_sold=never_sold,
        certified=house.may_take_parts(facts),
    ).route


def _check_route(house: HouseToday, facts: CategoryFacts, entry: Entry) -> None:
    if entry.status == Status.WASTE and entry.route not in LEAVES_THE_HOUSE:
        raise Refused(
            _("What was handed over as waste goes to recycling or disposal."),
            kept=NOTHING_SAVED,
            next=_("If it is still good, choose “still usable” instead."),
            field="route",
            code="waste-route",
        )
    if entry.route == Route.SPARE_PARTS and not house.may_take_parts(facts):
        raise Refused(
            _("Taking parts out of electrical things is treatment of waste."),
            kept=NOTHING_SAVED,
            next=_("Only certified places may do it (ElektroG §21): please choose another way."),
            field="route",
            code="parts-certificate",
        )


def item_of(checked: CheckedEntry, intake: Intake, taken_in_at: datetime) -> Item:
    """The item to be, still without its resource."""
    entry, facts, gate = checked.entry, checked.facts, checked.gate
    leaves = entry.status == Status.WASTE or checked.route in LEAVES_THE_HOUSE
    return Item(
        public_id=new_public_id(),
        centre=intake.centre,
        intake=intake,
        category_id=facts.id,
        title=checked.title,
        note=checked.note,
        grade=entry.grade,
        route=checked.route,
        is_batch=facts.batch,
        mass_g=checked.mass_g,
        basis=entry.weight.basis,
        status=entry.status,
        barred=gate.kind if gate else "",
        waste_code=facts.waste_code if leaves else "",
        state=ItemState.TAKEN_IN,
        taken_in_at=taken_in_at,
    )
