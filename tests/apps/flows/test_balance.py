"""The mass balance closes in every row, however it is cut, and says what the events say."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests.apps.flows.test_pages import get, text_of
from tests.apps.flows.world import FLOWS, leave, take_in
from tests.world import Town, make_town

from wesprint.apps.flows import words
from wesprint.apps.flows.balance import Line, by_material, lines_of, mixes, split, summed
from wesprint.apps.flows.periods import asked_for
from wesprint.apps.flows.selectors.entries import entries
from wesprint.apps.flows.selectors.picture import Group, Picture, picture
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Invalid
from wesprint.kernel.period import Period
from wesprint.platform.ledger.models import EconomicEvent
from wesprint.platform.ledger.rollups import FOREVER
from wesprint.platform.ledger.services import correct
from wesprint.web.rooms import Fate, Flow, Room

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
SEPTEMBER = datetime(2026, 9, 30, 10, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 5, 10, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 9, 10, tzinfo=UTC)
STORE = Room(
    "goods",
    "Warenhaus",
    flows=(
        *FLOWS,
        Flow("into-workshop", "In die Werkstatt", Fate.REWORKED),
        Flow("from-workshop", "Aus der Werkstatt", Fate.MADE),
        Flow("lost", "Verloren", Fate.CORRECTED),
        Flow("found", "Wiedergefunden", Fate.CORRECTED),
        Flow("lent", "Verliehen", Fate.LENT),
    ),
)


@pytest.fixture
def town(clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A chair is reworked into a table that is sold, a lamp is lost and one is found, a tool is
    lent; a sale of October turns out to be a mistake."""
    monkeypatch.setattr(words, "rooms", lambda: (STORE,))
    town = make_town()
    chair = take_in(town, "chair", 5_001, SEPTEMBER, weighed=False)
    leave(town, chair, 5_001, OCTOBER, "into-workshop")
    table = take_in(town, "table", 4_900, OCTOBER, flow="from-workshop")
    leave(town, table, 4_900, NOVEMBER, "sold")
    lamp = take_in(town, "lamp", 2_000, OCTOBER)
    leave(town, lamp, 2_000, NOVEMBER, "lost")
    take_in(town, "lamp", 1_500, NOVEMBER, flow="found")
    drill = take_in(town, "power-tool", 3_000, OCTOBER)
    leave(town, drill, 3_000, NOVEMBER, "lent")
    kettle = take_in(town, "kettle", 1_200, OCTOBER)
    sold = leave(town, kettle, 1_200, OCTOBER, "sold")
    correct(town.ctx(at=NOVEMBER), event=sold)
    return town


def lines(found: Picture) -> dict[str, Line]:
    return {line.slug: line for line in lines_of(found.kinds, words.declared())}


def test_every_way_has_its_place_in_the_equation(town: Town) -> None:
    found = picture([town.centre], FOREVER, TODAY)
    total = summed("sum", "", "", tuple(lines(found).values()))
    assert (total.start, total.came_in, total.end, total.difference) == (0, 11_201, 2_700, 0)
    assert {fate: grams for fate, grams in total.ways.items() if grams} == {
        Fate.USED_AGAIN: 4_900,
        Fate.LENT: 3_000,
        Fate.REWORKED: 101,  # dust
        Fate.CORRECTED: 500,  # lost 2,000, found 1,500
    }
    assert lines(found)["table"].ways == {Fate.USED_AGAIN: 4_900, Fate.REWORKED: -4_900}
    assert found.closes


def test_a_mistake_taken_back_leaves_no_trace_in_its_month(town: Town) -> None:
    found = picture([town.centre], Period.month(2026, 10), TODAY)
    kettle = lines(found)["kettle"]
    assert (kettle.start, kettle.came_in, kettle.ways, kettle.end) == (0, 1_200, {}, 1_200)
    assert found.closes


def test_more_taken_back_than_happened_counts_below_zero() -> None:
    """An entry of an earlier period, taken back in this one by a room that dates it so."""
    group = Group("x", "x", "x", 0, {"intake": -200}, {"sold": -1_200}, 1_000)
    [line] = lines_of([group], {flow.name: flow for flow in STORE.flows})
    assert (line.came_in, line.ways, line.difference) == (-200, {Fate.USED_AGAIN: -1_200}, 0)


def raw(town: Town, period: Period) -> dict[tuple[str, str], int]:
    """Counted anew from every event, without a roll-up."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for event in EconomicEvent.objects.filter(centre=town.centre):
        if event.occurred_on in period and event.resource_unit == "g":
            code = event.resource_conforms_to.code.removeprefix("goods.")
            sums[code, event.flow] += event.onhand_change
    return {key: grams for key, grams in sums.items() if grams}


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2026, 9, 1), TODAY), (date(2026, 10, 5), date(2026, 10, 5)), (TODAY, TODAY)],
)
def test_the_page_says_what_the_events_say(town: Town, first: date, last: date) -> None:
    period = Period(first, last + timedelta(days=1))
    found = picture([town.centre], period, TODAY)
    known = words.declared()
    shown = {
        (kind.slug, flow): words.direction(known[flow].fate) * grams
        for kind in found.kinds
        for side in (kind.came_in, kind.out)
        for flow, grams in side.items()
    }
    assert shown == raw(town, period)
    before = raw(town, Period(date(2000, 1, 1), first))
    assert found.start == sum(before.values())
    assert found.end == found.start + sum(shown.values())


def test_the_page_says_that_it_closes(town: Town, client: Client) -> None:
    text = text_of(get(client, "/z/kaufhaus/wirkung/stoffbilanz/?von=2026-10-01&bis=2026-11-24"))
    assert (
        "01.10.2026 – 24.11.2026 6,200 kg kamen herein = -2,301 kg Bestandsänderung "
        "+ 4,900 kg wieder in Gebrauch + 3,000 kg verliehen + 0,101 kg umgearbeitet "
        "+ 0,500 kg Berichtigung Die Bilanz schließt: 4 Zeilen, jede mit 0 g Differenz"
    ) in text
    assert "Möbel 5.001 0 4.900 0 101 0 0 0" in text


def test_the_same_rows_as_csv_and_as_a_sheet(town: Town, client: Client) -> None:
    path = "/z/kaufhaus/wirkung/stoffbilanz"
    query = "?zeitraum=2026-11&nach=art"
    answer = client.get(f"{path}.csv{query}", headers={"accept-language": "de"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = {row["key"]: row for row in csv.DictReader(io.StringIO(text))}
    assert {key: row["difference_g"] for key, row in rows.items()} == dict.fromkeys(
        ("table", "lamp", "kettle", "power-tool", "sum"), "0"
    )
    assert rows["lamp"] == {
        "period": "2026-11", "place": "kaufhaus", "key": "lamp", "name": "Tischlampe & Stehlampe",
        "before_g": "2000", "came_in_g": "0", "change_in_stock_g": "-500", "used_again_g": "0",
        "lent_g": "0", "reworked_g": "0", "recycled_g": "0", "disposed_g": "0", "left_g": "0",
        "moved_g": "0",
        "corrected_g": "500", "after_g": "1500", "difference_g": "0",
    }  # fmt: skip
    sheet = client.get(f"{path}.xlsx{query}")
    with zipfile.ZipFile(io.BytesIO(b"".join(sheet.streaming_content))) as book:
        assert "<v>-500</v>" in book.read("xl/worksheets/sheet1.xml").decode()


def test_the_region_is_cut_by_house(town: Town, client: Client) -> None:
    other = make_town("bahnhof")
    take_in(other, "chair", 1_000, NOVEMBER)
    text = text_of(get(client, "/wirkung/stoffbilanz/"))
    assert "Kaufhaus 0 11.201 4.900 3.000 101 500 2.700 0" in text
    assert "Bahnhof 0 1.000 0 0 0 0 1.000 0" in text


# -- by material -----------------------------------------------------------------------------
def test_materials_add_up_to_their_things(town: Town) -> None:
    found = picture([town.centre], FOREVER, TODAY)
    kinds = lines_of(found.kinds, words.declared())
    whole, parts = summed("sum", "", "", kinds), summed("sum", "", "", by_material(kinds))
    assert parts == whole
    assert not any(line.difference for line in by_material(kinds))


@given(st.integers(-(10**9), 10**9), st.sampled_from(sorted(mixes())))
def test_a_split_loses_no_gram(grams: int, category: str) -> None:
    weights = tuple(mixes()[category].values())
    parts = split(grams, weights)
    assert sum(parts) == grams
    assert all(abs(part - grams * w / 1000) < 1 for part, w in zip(parts, weights, strict=True))


# -- periods ---------------------------------------------------------------------------------
def test_days_of_ones_own() -> None:
    choice = asked_for({"von": "2026-10-20", "bis": "2026-11-20"})
    assert choice.key == "2026-10-20..2026-11-20"
    assert choice.period == Period(date(2026, 10, 20), date(2026, 11, 21))
    assert asked_for({"von": "2026-10-20", "bis": ""}).period == Period.day(date(2026, 10, 20))
    assert asked_for({"zeitraum": choice.key}) == choice


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-11-20", "2026-10-20"), ("gestern", "heute"), ("0001-01-01", ""), ("", "9999-12-31")],
)
def test_days_that_are_none(first: str, last: str) -> None:
    with pytest.raises(Invalid):
        asked_for({"von": first, "bis": last})


# -- the list behind a figure ----------------------------------------------------------------
def test_the_entries_behind_a_band_add_up_to_it(town: Town, client: Client) -> None:
    found = picture([town.centre], FOREVER, TODAY)
    page = entries([town.centre], FOREVER, flow="sold", about="furniture")
    [sold] = [group.out["sold"] for group in found.groups if group.slug == "furniture"]
    assert sum(entry.grams for entry in page.entries) == -sold
    text = text_of(get(client, "/z/kaufhaus/wirkung/liste/?fluss=sold&art=furniture"))
    assert "Möbel: Verkauft" in text
    assert "09.11.2026 Tisch Verkauft 4,900 kg Waage" in text
    taken_back = text_of(get(client, "/z/kaufhaus/wirkung/liste/?fluss=sold&art=kettle"))
    assert "05.10.2026 Wasserkocher Verkauft, zurückgenommen -1,200 kg Waage" in taken_back


def test_the_list_goes_on_page_by_page_and_misses_none(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wesprint.apps.flows.selectors.entries.PAGE", 4)
    seen: list[str] = []
    after, more = "", True
    while more:
        page = entries([town.centre], FOREVER, after=after)
        seen += [entry.ident for entry in page.entries]
        after, more = page.after, bool(page.after)
    assert len(seen) == len(set(seen)) == EconomicEvent.objects.exclude(onhand_change=0).count()
    assert entries([town.centre], FOREVER, after="XXXXXXXXXX").entries == ()


def test_a_longer_list_needs_no_more_queries(town: Town) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            entries([town.centre], FOREVER, about="furniture")
        return len(found)

    first = queries()
    for _number in range(3):
        take_in(town, "chair", 1_000, NOVEMBER)
    assert (first, queries()) == (3, 3)


def test_bands_lead_to_the_list(town: Town, client: Client) -> None:
    page = get(client, "/z/kaufhaus/wirkung/?zeitraum=2026-11")
    assert "/z/kaufhaus/wirkung/liste/?zeitraum=2026-11&amp;fluss=sold&amp;art=furniture" in page
