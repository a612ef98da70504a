"""Told what is new: after a yes from the mailbox, once a day, ended by one click."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from tests.apps.goods.things import sideboard
from tests.world import Town

from wesprint.apps.goods import links, services
from wesprint.apps.goods.letters import HANDLERS
from wesprint.apps.goods.models import SavedSearch
from wesprint.apps.goods.personal import PERSONAL
from wesprint.apps.goods.wanted import Wanted
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.context import job_ctx
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.platform.base.clock import now, use_clock
from wesprint.platform.imports import services as imports
from wesprint.platform.jobs.worker import work_off
from wesprint.platform.notices.models import Letter
from wesprint.platform.notices.services import deliver
from wesprint.platform.outbox.models import OutboxEvent
from wesprint.platform.people.models import Consent, Person
from wesprint.platform.people.services import erase_person

SOFA = Wanted(words="Sideboard")


def save(town: Town, wanted: Wanted = SOFA, email: str = "mia@example.org") -> SavedSearch:
    return services.save_search(town.ctx(), centre=town.centre, wanted=wanted, email=email)


def running(town: Town, wanted: Wanted = SOFA) -> SavedSearch:
    return services.confirm_search(town.ctx(), search=save(town, wanted))


def write(at: Any = None) -> int:
    moment = at or now()
    with use_clock(FixedClock(moment)):
        ctx = job_ctx("j", scope="installation", key=str(uuid4()), occurred_at=moment)
        return services.write_search_letters(ctx)


def letters(name: str) -> list[Letter]:
    for event in OutboxEvent.objects.filter(name=name).order_by("pk"):
        HANDLERS[name](event)
    template = name.replace("goods.", "goods/")
    return list(Letter.objects.filter(template=template).order_by("pk"))


def test_first_the_mailbox_is_asked(town: Town, client: Client) -> None:
    path = "/z/kaufhaus/warenhaus/merken/?q=Sideboard"
    answer = client.post(path, {"command_key": "1", "email": "mia@example.org"})
    assert answer.status_code == 302
    assert (
        "Bitte sehen Sie in Ihr Postfach."
        in client.get(answer.headers["Location"]).content.decode()
    )
    search = SavedSearch.objects.get()
    (letter,) = letters("goods.search_asked")
    link = links.search_path(search)
    assert (letter.to, link in letter.body, search.state) == ("mia@example.org", True, "asked")
    sideboard(town)
    assert write() == 0
    client.post(f"{link}ja/", {"command_key": "2"})
    search.refresh_from_db()
    consent = Consent.objects.get()
    assert (search.state, consent.purpose, consent.given) == (
        "active",
        "goods.saved-search",
        True,
    )


def test_opening_the_link_alone_says_nothing(town: Town, client: Client) -> None:
    search = save(town)
    for suffix in ("", "abmelden/"):
        client.get(f"{links.search_path(search)}{suffix}")
    search.refresh_from_db()
    assert search.state == "asked"


def test_one_letter_a_day_with_all_that_is_new(town: Town, clock: FixedClock) -> None:
    running(town)
    running(town, Wanted(price="50-150"))
    assert write() == 0
    clock.at += timedelta(minutes=5)
    item = sideboard(town)
    clock.at += timedelta(minutes=5)
    assert (write(), write()) == (1, 0)
    sideboard(town)
    assert write(clock.at + timedelta(hours=3)) == 0
    (letter,) = letters("goods.search_found")
    assert letter.body.count(f"/warenhaus/{item.public_id}/") == 2  # fits both searches
    assert "50,00 € – 150,00 €" in letter.body
    assert write(clock.at + timedelta(days=1)) == 1  # what came after the letter


def test_what_comes_back_onto_the_shelf_is_not_new(town: Town, clock: FixedClock) -> None:
    item = sideboard(town)
    clock.at += timedelta(minutes=5)
    running(town)
    services.take_off_sale(town.ctx("cashier"), item=item)
    clock.at += timedelta(minutes=5)
    services.put_up_for_sale(town.ctx("cashier"), item=item, price_cents=5000)
    clock.at += timedelta(minutes=5)
    assert write() == 0


def test_no_letters_at_night(town: Town, clock: FixedClock) -> None:
    running(town)
    clock.at += timedelta(minutes=5)
    sideboard(town)
    night = clock.at.replace(hour=2) + timedelta(days=1)
    assert (write(night), write(night.replace(hour=8))) == (0, 1)


def test_one_click_in_the_mail_program_ends_all_of_them(town: Town, clock: FixedClock) -> None:
    first, second = running(town), running(town, Wanted(price="50-150"))
    clock.at += timedelta(minutes=5)
    sideboard(town)
    clock.at += timedelta(minutes=5)
    write()
    (letter,) = letters("goods.search_found")
    deliver(letter.public_id)
    headers = mail.outbox[-1].extra_headers
    address = links.search_path(first, "goods_search_unsubscribe")
    assert headers["List-Unsubscribe"] == f"<{links.absolute(address)}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(address, {"List-Unsubscribe": "One-Click"})
    states = list(SavedSearch.objects.order_by("pk").values_list("state", flat=True))
    assert (answer.status_code, states) == (204, ["ended", "ended"])
    assert [row.given for row in Consent.objects.order_by("pk")] == [True, True, False, False]
    with pytest.raises(Conflict):
        services.confirm_search(town.ctx(), search=second)


def test_the_same_search_is_asked_again_and_ten_are_enough(town: Town) -> None:
    assert save(town).pk == save(town).pk
    for number in range(9):
        save(town, Wanted(words=f"Stuhl {number}"))
    with pytest.raises(Refused) as caught:
        save(town, Wanted(words="Tisch"))
    assert caught.value.code == "search-limit"


def test_everything_is_no_search(town: Town) -> None:
    for wanted, email in ((Wanted(), "mia@example.org"), (Wanted(fresh="heute"), "a@b.example")):
        with pytest.raises(Invalid):
            save(town, wanted, email)
    with pytest.raises(Invalid):
        save(town, SOFA, "")
    assert not Person.objects.filter(email="mia@example.org").exists()


def test_without_a_yes_nothing_is_left(town: Town, clock: FixedClock) -> None:
    save(town)
    kept = running(town, Wanted(words="Stuhl"))
    clock.at += timedelta(days=4)
    ctx = job_ctx("j", scope="installation", key="1", occurred_at=now())
    assert services.forget_unanswered_searches(ctx) == 1
    assert SavedSearch.objects.get() == kept


def test_it_is_handed_out_and_erased(town: Town) -> None:
    person = running(town).person
    (data,) = [one for one in PERSONAL if one.name == "goods.saved_searches"]
    assert data.export(person)[0]["wanted"] == "q=Sideboard"
    erase_person(town.ctx("board"), person=person)
    assert not SavedSearch.objects.exists()


def test_a_table_of_old_stock_is_one_letter_with_the_rest(
    town: Town, clock: FixedClock, tmp_path: Path, settings: Any
) -> None:
    """Its rows say that they came months ago; what is new is that they are here."""
    settings.IMPORT_ROOT = tmp_path / "imports"
    running(town)
    running(town, Wanted(words="Stuhl"))
    clock.at += timedelta(minutes=10)
    lines = [f"Kommode;Sideboard {number};B;30;50,00;2026-03-01" for number in range(3)]
    table = "\n".join(
        ["Kategorie;Bezeichnung;Zustand;Gewicht kg;Preis;Eingangsdatum", *lines,
         "Stuhl;Stuhl aus Buche;B;4;12,00;2026-03-01"]
    )  # fmt: skip
    row = imports.bring(
        town.ctx(), centre=town.centre, kind="goods", name="t.csv", blocks=iter([table.encode()])
    )
    imports.start_check(town.ctx(), of=row, mapping=row.mapping, defaults={})
    work_off()
    imports.confirm(town.ctx(), of=row)
    work_off()
    assert write(now() + timedelta(hours=1)) == 1
    (letter,) = letters("goods.search_found")
    for title in ("Sideboard 0", "Sideboard 1", "Sideboard 2", "Stuhl aus Buche"):
        assert title in letter.body
    assert write(now() + timedelta(days=1, hours=1)) == 0  # told once
