"""Existing stock from a table: every row by the checks of the counter, all rows laid out before the
first is visible, then moved by commits so short that nobody at the counter waits for them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from datetime import time as clock_time
from typing import Any

from django.db import connection

from wesprint.apps.goods import cells
from wesprint.apps.goods.columns import COLUMNS
from wesprint.apps.goods.kinds import guess
from wesprint.apps.goods.models import Basis, Intake, Item, ItemState, Route, Status
from wesprint.apps.goods.selectors.house import Tree, centre_day, facts_of, tree, typical_grams
from wesprint.apps.goods.services.bulk import Books, books_for, prepare
from wesprint.apps.goods.services.entries import Entry, HouseToday, check_entry
from wesprint.apps.goods.services.selling import mark_with_price, search_entry
from wesprint.apps.goods.services.weight import Weight
from wesprint.kernel.context import Ctx, job_ctx
from wesprint.kernel.errors import DomainError
from wesprint.platform.base.clock import now
from wesprint.platform.base.db import Turns, write_transaction
from wesprint.platform.base.staging import Stage, reserve_keys, staging
from wesprint.platform.commands.services import Running, command
from wesprint.platform.imports.checking import CHUNK
from wesprint.platform.imports.folding import fold
from wesprint.platform.imports.kinds import Check, Checked, Fault, Kind, Values
from wesprint.platform.imports.limits import MOST_ROWS
from wesprint.platform.imports.models import Import, ImportState
from wesprint.platform.imports.services import check_wanted, end
from wesprint.platform.jobs.progress import Meter
from wesprint.platform.ledger.models import EconomicEvent, EconomicResource
from wesprint.platform.ledger.posting import Keys, Posting
from wesprint.platform.organisations.models import Centre
from wesprint.platform.outbox.services import emit
from wesprint.platform.reference.models import Category
from wesprint.platform.search.services import index_many

# Rows in one commit. SQLite has one writer, and two hundred things keep it for some milliseconds;
# PostgreSQL holds nobody up and shows all of them in one moment.
PORTION = {"sqlite": 200, "postgresql": MOST_ROWS}
INDEXED_AT_ONCE = 100  # so that a writer who waits behind it waits for milliseconds
FIRST_DAY = date(1990, 1, 1)  # the ledger knows nothing older
NOON = clock_time(12)  # of the day that the table names


class Checker:
    """The check of one table; what many rows share is looked up once."""

    def __init__(self, row: Import) -> None:
        self.centre, self.exact = row.centre, row.format == "xlsx"
        self.at = now()
        self.ctx = job_ctx(
            "imports", scope=self.centre.scope, key=row.public_id, occurred_at=self.at
        )
        self.house = HouseToday(self.centre, self.at)
        self.tree: Tree = tree(centre_day(self.centre, self.at))
        self.today = centre_day(self.centre, self.at)
        self.model = Item(centre=self.centre, status=Status.PRODUCT)  # one for all rows
        self.categories = Category.objects.in_bulk()
        self._kinds: dict[str, str] = {}
        self._typical: dict[str, int] = {}

    def __call__(self, values: Values) -> Checked:
        entry, on, faults = self._read(values)
        if not faults:
            faults = self._check(entry, on)
        return Checked(None if faults else _packed(entry, on), faults)

    def _read(self, values: Values) -> tuple[Entry, date | None, list[Fault]]:
        """Every cell that cannot be read is named, not the first alone."""
        faults: list[Fault] = []

        def cell(name: str, read: Callable[[str], Any]) -> Any:
            if name not in values:
                return None
            try:
                return read(values[name])
            except DomainError as error:
                faults.append(_fault(error, name))
                return None

        for column in COLUMNS:
            if column.required and column.name not in values:
                faults.append(Fault(column.name, *_missing()))
        category = cell("category", self._category)
        grade = cell("grade", cells.grade_of)
        kilos = cell("weight_kg", lambda text: cells.grams_of(text, 1000, exact=self.exact))
        given = cell("weight_g", lambda text: cells.grams_of(text, 1, exact=self.exact))
        price = cell("price", lambda text: cells.cents_of(text, exact=self.exact))
        on = cell("taken_in_on", cells.day_of)
        if faults:
            return Entry("", ""), None, faults
        mass = given if given is not None else kilos
        return self._entry(values, category, grade, mass, price), on, faults

    def _entry(
        self, values: Values, category: str, grade: str, mass: int | None, price: int | None
    ) -> Entry:
        weighed = mass is not None and cells.is_yes(values.get("weighed", ""))
        return Entry(
            category=category,
            grade=grade,
            weight=Weight(
                self._usual(category) if mass is None else mass,
                Basis.MEASURED if weighed else Basis.ESTIMATED,
            ),
            route=Route.SELL if price is not None else "",
            price_cents=price,
            title=values.get("title", ""),
            note=values.get("note", ""),
        )

    def _category(self, text: str) -> str:
        """By its short name, its name, or words that name it. Raises Invalid for anything else."""
        if text not in self._kinds:
            self._kinds[text] = self._named(text)
        if not self._kinds[text]:
            raise cells.unknown_kind(text)
        return self._kinds[text]

    def _named(self, text: str) -> str:
        plain = fold(text)
        for facts in self.tree.by_id.values():
            if plain in (fold(facts.slug), fold(facts.name_de), fold(facts.name_en)):
                return facts.slug
        found = guess(self.tree, text[:120])
        return found.slug if found else ""

    def _usual(self, category: str) -> int | None:
        if category not in self.tree.by_slug:
            return None
        if category not in self._typical:
            facts = facts_of(self.centre, category, self.at)
            self._typical[category] = typical_grams(self.centre, facts).grams if facts.taken else 0
        return self._typical[category]

    def _check(self, entry: Entry, on: date | None) -> list[Fault]:
        try:
            checked = check_entry(self.ctx, self.centre, entry, self.house)
            if on is not None and not FIRST_DAY <= on <= self.today:
                raise cells.not_a_day(on)
            if entry.price_cents is not None:
                self.model.state = ItemState.TAKEN_IN
                self.model.category = self.categories[checked.facts.id]
                mark_with_price(self.ctx, self.model, entry.price_cents, checked.gate, self.at)
        except DomainError as error:
            return [_fault(error)]
        return []


def _missing() -> tuple[str, str]:
    return str(cells.MISSING), str(cells.MISSING_NEXT)


def _fault(error: DomainError, column: str = "") -> Fault:
    return Fault(column or _OURS.get(error.field or "", ""), str(error.what), str(error.next))


_OURS = {"route": "price", "mass": "weight_kg", "weight": "weight_kg"} | {
    column.name: column.name for column in COLUMNS
}


def _packed(entry: Entry, on: date | None) -> list[Any]:
    return [
        entry.category,
        entry.grade,
        entry.weight.grams,
        entry.weight.basis,
        entry.route,
        entry.price_cents,
        entry.title,
        entry.note,
        on.isoformat() if on else None,
    ]


def _unpacked(values: list[Any]) -> tuple[Entry, date | None]:
    category, grade, grams, basis, route, price, title, note, on = values
    entry = Entry(
        category=category,
        grade=grade,
        weight=Weight(grams, basis),
        route=route,
        price_cents=price,
        title=title,
        note=note,
    )
    return entry, date.fromisoformat(on) if on else None


def checker(row: Import) -> Check:
    return Checker(row)


def begin(ctx: Ctx, row: Import) -> None:
    """What all rows share is in the ledger before the first of them."""
    _books(ctx, row.centre)


def _books(ctx: Ctx, centre: Centre) -> Books:
    kinds = tree(centre_day(centre, ctx.occurred_at))
    return books_for(ctx, centre, [facts.id for facts in kinds.by_id.values() if facts.taken])


def post(ctx: Ctx, row: Import, meter: Meter) -> None:
    """Safe to run again at any point: it goes on behind the last row that stands in the house,
    and behind the last of all only what makes the things findable is repeated."""
    if row.state == ImportState.IMPORTING:
        _write(ctx, row, meter)
    row.refresh_from_db()
    if row.state == ImportState.INDEXING:
        _index(ctx, row, meter)


def _write(ctx: Ctx, row: Import, meter: Meter) -> None:
    """All rows are checked and laid out before the first of them is moved. The last portion says
    that all is there."""

    @command("goods.import_stock")
    def make_visible(ctx: Ctx, *, import_id: int) -> None:
        if not row.moved:
            check_wanted(Import.objects.select_for_update().get(pk=import_id))
        stage.move(len(sizes) - 1)
        Intake.objects.filter(pk=intake.pk).update(imported_at=now())
        Import.objects.filter(pk=import_id).update(
            state=ImportState.INDEXING, result=intake.public_id, moved=row.rows
        )
        emit(ctx, "goods.stock_imported", {"intake": intake.public_id, "count": row.rows})

    intake = _intake(ctx, row)
    with staging() as stage:
        if not row.moved:
            stage.lay([intake])
        sizes = _lay(ctx, row, intake, stage, meter)
        turns = Turns()
        if all(_move(turns, stage, row, intake, *part) for part in enumerate(sizes[:-1])):
            make_visible(ctx, import_id=row.pk)


def _intake(ctx: Ctx, row: Import) -> Intake:
    if row.moved:
        return Intake.objects.get(public_id=row.result)
    [key] = reserve_keys(Intake, 1)
    return Intake(pk=key, centre=row.centre, started_at=ctx.occurred_at)


def _move(
    turns: Turns, stage: Stage, row: Import, intake: Intake, portion: int, count: int
) -> bool:
    """Whether it was ours to move: somebody else may be at the same import."""
    started = time.perf_counter()
    with write_transaction():
        here = Import.objects.filter(pk=row.pk, state=ImportState.IMPORTING, moved=row.moved)
        if not here.update(moved=row.moved + count, result=intake.public_id):
            return False
        stage.move(portion)
    row.moved += count
    turns.give(time.perf_counter() - started)
    return True


def _lay(ctx: Ctx, row: Import, intake: Intake, stage: Stage, meter: Meter) -> list[int]:
    """What is not in the house yet, in portions; the number of rows in each."""
    left = row.rows - row.moved
    keys = Keys(iter(reserve_keys(EconomicResource, left)), iter(reserve_keys(EconomicEvent, left)))
    item_keys = iter(reserve_keys(Item, left))
    running = Running(row.command or 0, "imports.confirm", now())
    known, house = _books(ctx, row.centre), HouseToday(row.centre, ctx.occurred_at)
    most, sizes = PORTION[connection.vendor], [0]
    for part in _parts(row, min(most, CHUNK)):
        check_wanted(Import.objects.get(pk=row.pk))
        if sizes[-1] + len(part) > most:
            stage.cut()
            sizes.append(0)
        posting = Posting(ctx, row.centre, running)
        entries = [_unpacked(values) for _place, values in part]
        checked = [check_entry(ctx, row.centre, entry, house) for entry, _on in entries]
        moments = [_moment(ctx, row.centre, on) for _entry, on in entries]
        items = prepare(checked, intake, known, posting, moments)
        posting.lay(stage, keys)
        for item in items:
            item.pk = next(item_keys)
            item.resource = item.resource  # its key is known by now
        stage.lay(items)
        sizes[-1] += len(items)
        meter.set((row.moved + sum(sizes)) // 2)
    return sizes


def _parts(row: Import, most: int) -> Iterator[list[Any]]:
    """The rows behind those that were moved, `most` at a time; none where the import was called
    off in the meantime: nothing is staged any more."""
    for number in range(row.moved // CHUNK, -(-row.rows // CHUNK)):
        rows = row.chunks.values_list("rows", flat=True).filter(number=number).first() or []
        first = max(0, row.moved - number * CHUNK)
        yield from (rows[start : start + most] for start in range(first, len(rows), most))


def _moment(ctx: Ctx, centre: Centre, on: date | None) -> datetime:
    if on is None or on == centre_day(centre, ctx.occurred_at):
        return ctx.occurred_at
    return datetime.combine(on, NOON, centre.tz)


def _index(ctx: Ctx, row: Import, meter: Meter) -> None:
    rows = Item.objects.filter(intake__public_id=row.result, for_sale_since__isnull=False)
    rows = rows.only("public_id", "title", "note", "category").order_by("pk")
    categories, turns = Category.objects.in_bulk(), Turns()
    after, done = 0, 0
    while chunk := list(rows.filter(pk__gt=after)[:INDEXED_AT_ONCE]):
        for item in chunk:  # the same few rows for all things
            item.category, item.centre = categories[item.category_id], row.centre
        started = time.perf_counter()
        with write_transaction():
            index_many([search_entry(item) for item in chunk])
        turns.give((time.perf_counter() - started) / 2)
        after, done = chunk[-1].pk, done + len(chunk)
        meter.set(min(row.rows, row.rows // 2 + done // 2))
    _finish(ctx.sub("finish"), import_id=row.pk)


@command("goods.finish_import")
def _finish(ctx: Ctx, *, import_id: int) -> None:
    end(Import.objects.select_for_update().get(pk=import_id), ImportState.DONE)


STOCK = Kind("goods", COLUMNS, checker, begin, post)
