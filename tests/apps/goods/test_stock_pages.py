"""The stock room's pages: scanning by typing, counting, selling by tag, printing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from tests.apps.goods import things
from tests.world import Town, add_person

from wesprint.apps.goods import labels, services
from wesprint.apps.goods.codes import number_in
from wesprint.apps.goods.models import HandOver, Item, LabelPrint, Place, PriceTag
from wesprint.apps.goods.services.ageing import Fall
from wesprint.kernel.clock import FixedClock

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def staff(town: Town) -> Client:
    return _client(town, "staff")


def _client(town: Town, role: str) -> Client:
    person = town.people.get(role) or add_person(town, role)
    assert person.user is not None
    client = Client(headers={"accept-language": "de"})
    client.force_login(person.user, backend=BACKEND)
    return client


@pytest.fixture
def shelf(town: Town) -> Place:
    return things.shelf(town)


def at(town: Town, path: str) -> str:
    return f"/z/{town.centre.slug}/{path}"


@contextmanager
def queries(found: list[int]) -> Iterator[None]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        yield
    found.append(len(captured))


@pytest.mark.parametrize(
    ("read", "number"),
    [
        ("https://haus.example/p/7BFVCBDPGA", "7BFVCBDPGA"),
        ("https://haus.example/l/7BFVCBDPGA/", "7BFVCBDPGA"),
        ("httpsÖ--haus.example-p-7BFVCBDPGA", "7BFVCBDPGA"),  # the scanner's layout is not ours
        ("7bfv-cbdp ga", "7BFVCBDPGA"),
        (" 1a1 ", "1A1"),
        ("", ""),
        ("///", ""),
    ],
)
def test_what_a_scanner_reads(read: str, number: str) -> None:
    assert number_in(read) == number


def test_a_place_and_then_things(town: Town, staff: Client, sideboard: Item, shelf: Place) -> None:
    first = staff.post(at(town, "lager/scannen/"), {"code": "1a"})
    assert "1A · Regal links: Jetzt die Stücke scannen." in first.content.decode()
    second = staff.post(
        at(town, "lager/scannen/"), {"code": sideboard.public_id, "place": shelf.public_id}
    )
    assert "Sideboard aus Eiche → 1A · Regal links" in second.content.decode()
    sideboard.refresh_from_db()
    assert sideboard.place == shelf
    entry = f"{sideboard.public_id}."
    assert f'value="{entry}"' in second.content.decode()
    staff.post(at(town, "lager/scannen/"), {"undo": entry, "log": entry})
    sideboard.refresh_from_db()
    assert sideboard.place is None


def test_things_and_then_their_place(
    town: Town, staff: Client, sideboard: Item, shelf: Place
) -> None:
    chest = things.sideboard(town)
    waiting = [sideboard.public_id, chest.public_id]
    answer = staff.post(at(town, "lager/scannen/"), {"code": waiting[0]})
    assert f'name="waiting" value="{waiting[0]}"' in answer.content.decode()
    answer = staff.post(at(town, "lager/scannen/"), {"code": shelf.public_id, "waiting": waiting})
    assert "2 Stücke → 1A · Regal links" in answer.content.decode()
    assert set(shelf.items.all()) == {sideboard, chest}


def test_a_wrong_code_is_said_and_the_place_is_kept(
    town: Town, staff: Client, shelf: Place
) -> None:
    answer = staff.post(at(town, "lager/scannen/"), {"code": "NIX", "place": shelf.public_id})
    assert answer.status_code == 422
    assert "Diese Nummer gibt es hier nicht." in answer.content.decode()
    assert f'name="place" value="{shelf.public_id}"' in answer.content.decode()
    by_htmx = staff.post(
        at(town, "lager/scannen/"), {"code": "NIX"}, headers={"HX-Request": "true"}
    )
    assert by_htmx.status_code == 200  # the answer stands where the eye is


def test_counting_a_shelf(town: Town, staff: Client, clock: FixedClock, shelf: Place) -> None:
    here, gone = things.sideboard(town), things.sideboard(town, title="Truhe")
    services.move_items(town.ctx(), items=[here, gone], place=shelf)
    clock.advance(timedelta(hours=1))
    begun = staff.post(at(town, "lager/inventur/"), {"place": shelf.public_id})
    page = begun["Location"]
    assert "1 von 2 gesehen" in staff.post(page, {"code": here.public_id}).content.decode()
    staff.post(f"{page}beenden/", {"do": "finish"})
    text = staff.get(page).content.decode()
    assert "Fehlt: 1" in text
    assert "Truhe" in text
    lost = staff.get(at(town, f"artikel/{gone.public_id}/")).content.decode()
    assert "Es wurde bei einer Zählung nicht gefunden." in lost
    staff.post(at(town, f"artikel/{gone.public_id}/verbleib/"), {"do": "found"})
    gone.refresh_from_db()
    assert gone.state == "for-sale"


def test_a_price_tag_sells_a_piece(town: Town, staff: Client) -> None:
    clothes = things.batch(town)
    tag = services.add_tag(town.ctx(), item=clothes, price_cents=250, piece_g=300, name="Hemd")
    found = staff.get(at(town, f"uebergabe/?nr={tag.public_id}"))
    page = at(town, f"uebergabe/posten/{clothes.public_id}/")
    assert found["Location"] == f"{page}?tag={tag.public_id}"
    summed = staff.post(page, {"do": "sum", "tag": tag.public_id, "pieces": "3"})
    assert "7,50" in summed.content.decode()
    assert HandOver.objects.count() == 0
    cashier = _client(town, "cashier")
    paid = {"tag": tag.public_id, "pieces": "3", "consideration": "cash"}
    cashier.post(page, paid, follow=True)
    done = HandOver.objects.get()
    assert (done.price_cents, done.part_g, done.pieces) == (750, 900, 3)
    desk = cashier.get(at(town, "uebergabe/")).content.decode()
    assert "3 × Hemd, 900" in desk


def test_more_than_is_left_is_said_with_figures(town: Town) -> None:
    clothes = things.batch(town)
    cashier = _client(town, "cashier")
    page = at(town, f"uebergabe/posten/{clothes.public_id}/")
    answer = cashier.post(page, {"mass": "11", "consideration": "cash", "price": "20"})
    assert answer.status_code == 422
    assert "nur noch 10" in answer.content.decode()
    assert HandOver.objects.count() == 0


def test_taking_a_batch_apart_keeps_what_was_typed(town: Town, staff: Client) -> None:
    clothes = things.batch(town)
    page = at(town, f"artikel/{clothes.public_id}/posten/")
    too_much = {
        "do": "split",
        "part_mass": ["6", "5"],
        "part_title": ["Mäntel", "Hosen"],
        "part_price": ["30", ""],
    }
    answer = staff.post(page, too_much)
    assert answer.status_code == 422
    assert "Die Teile wiegen zusammen 11" in answer.content.decode()
    assert 'value="Mäntel"' in answer.content.decode()
    staff.post(page, too_much | {"part_mass": ["6", "3"]})
    assert sorted(Item.objects.values_list("title", "mass_g")) == [
        ("Hosen", 3000),
        ("Kleidung gemischt", 1000),
        ("Mäntel", 6000),
    ]


def test_labels_are_drawn_and_noted(town: Town, staff: Client, sideboard: Item) -> None:
    page = at(town, "lager/etiketten/druck.pdf")
    first = {"was": "items", "nr": sideboard.public_id, "papier": "roll-57x32", "je": "2"}
    drawn = staff.post(page, first)
    assert drawn.content.startswith(b"%PDF")
    assert LabelPrint.objects.values_list("paper", "copies").get() == ("roll-57x32", 2)
    again = staff.get(at(town, f"lager/etiketten/?alle=1&nr={sideboard.public_id}"))
    assert "2-mal gedruckt, zuletzt am 24.11.2026" in again.content.decode()
    assert "Alles hat sein Etikett" in staff.get(at(town, "lager/etiketten/")).content.decode()
    assert staff.post(page, {"was": "items", "gewaehlt": "1"}).status_code == 422


def test_every_paper_fits_its_sheet_and_can_be_drawn(
    town: Town, sideboard: Item, shelf: Place
) -> None:
    tag = services.add_tag(town.ctx(), item=things.batch(town), price_cents=200, piece_g=250)
    tag = PriceTag.objects.select_related("item__centre", "item__category").get(pk=tag.pk)
    with translation.override("de"):
        made = [labels.of_item(sideboard), labels.of_place(shelf), labels.of_tag(tag)]
        for paper in labels.papers().values():
            wide = paper.left + paper.columns * (paper.width + paper.gap_x) - paper.gap_x
            high = paper.top + paper.rows * (paper.height + paper.gap_y) - paper.gap_y
            assert not paper.is_sheet or (wide <= 210 and high <= 297), paper.slug
            assert labels.preview(made, paper, start=2).startswith(b"\x89PNG")


@pytest.mark.parametrize("path", ["lager/", "lager/lange-da/", "lager/etiketten/", "place", "scan"])
def test_pages_ask_as_often_for_three_rows_as_for_one(
    town: Town, staff: Client, clock: FixedClock, shelf: Place, path: str
) -> None:
    services.set_ageing_rule(town.ctx(), centre=town.centre, fall=Fall(30, 20, 3))
    counts: list[int] = []
    numbers: list[str] = []
    for more in (1, 2):
        for _row in range(more):
            item = things.sideboard(town)
            services.move_items(town.ctx(), items=[item], place=shelf)
            numbers.append(f"log={item.public_id}.")
        clock.advance(timedelta(days=40))
        where = {
            "place": f"lager/ort/{shelf.public_id}/",
            "scan": f"lager/scannen/?{'&'.join(numbers)}",
        }.get(path, path)
        staff.get(at(town, where))
        with queries(counts):
            assert staff.get(at(town, where)).status_code == 200
    assert counts[0] == counts[1]
