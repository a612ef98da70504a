"""The machine face: who gets in, what is done once, what is said when it is not done."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.apps.goods.things import MIA
from tests.world import Town, add_person, make_town

from wesprint.apps.goods import services
from wesprint.apps.goods.models import Item, ItemState, Offer
from wesprint.kernel.clock import FixedClock
from wesprint.platform.audit.models import AuditEntry
from wesprint.platform.people.models import Role
from wesprint.platform.people.services import erase_person
from wesprint.platform.tokens.models import Token
from wesprint.platform.tokens.services import make_token, revoke_token

ALL = ("goods.read", "goods.intake", "goods.sell", "goods.offers", "flows.read")


class Program:
    """Somebody else's software with a key of ours."""

    def __init__(self, town: Town, *scopes: str, role: str = "staff", **given: Any) -> None:
        owner = town.people.get(role) or add_person(town, role)
        ctx = town.ctx(role)
        values = {"centre": town.centre, "expires_on": ctx.occurred_at.date() + timedelta(days=30)}
        self.token, self.secret = make_token(
            ctx, owner=owner, name="Kasse", scopes=scopes or ALL, **(values | given)
        )
        self.client = Client(headers={"Authorization": f"Bearer {self.secret}"})
        self.base = f"/api/v1/centres/{town.centre.slug}"

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(f"{self.base}/{path}", headers=headers)

    def post(self, path: str, body: object, key: str = "k1", verb: str = "post") -> Any:
        send = getattr(self.client, verb)
        return send(
            f"{self.base}/{path}",
            json.dumps(body),
            content_type="application/json",
            headers={"Idempotency-Key": key},
        )


def said(answer: Any) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


CHAIR = {"category": "chair", "grade": "B", "weight_g": 4200, "weighed": True}


def test_a_chair_comes_in_is_priced_reserved_and_handed_over(town: Town) -> None:
    program = Program(town)
    made = program.post("items", CHAIR)
    assert made.status_code == 201
    chair = made.json()
    assert (chair["category"], chair["weight_g"], chair["basis"], chair["state"]) == (
        "chair", 4200, "measured", "taken-in",
    )  # fmt: skip
    at = f"items/{chair['id']}"
    assert program.post(f"{at}/sale", {"price_cents": 1200}, "k2").json()["state"] == "for-sale"
    priced = program.post(f"{at}/price", {"price_cents": 900}, "k3", "put").json()
    assert priced["price_cents"] == 900
    contact = {"name": "Mia", "phone": "02931 1234"}
    kept = program.post(f"{at}/reservation", contact, "k4")
    assert (kept.status_code, kept.json()["state"]) == (201, "active")
    body = {"price_cents": 900, "consideration": "cash", "reservation": kept.json()["id"]}
    done = program.post(f"{at}/hand-over", body, "k5")
    assert (done.status_code, done.json()["item"]) == (201, chair["id"])
    assert program.get(at).json()["state"] == "handed-over"
    [entry] = AuditEntry.objects.filter(command="goods.hand_over")
    assert entry.actor == f"token:{program.token.public_id}"


def test_the_same_key_gives_the_same_answer_and_another_request_conflicts(town: Town) -> None:
    program = Program(town)
    first = program.post("items", CHAIR)
    assert program.post("items", CHAIR).json() == first.json()
    assert Item.objects.count() == 1
    assert said(program.post("items", CHAIR | {"grade": "C"})) == (409, "key-reused")


def test_two_programs_may_choose_the_same_key(town: Town) -> None:
    one = Program(town).post("items", CHAIR)
    other = Program(town, role="volunteer").post("items", CHAIR)
    assert one.json()["id"] != other.json()["id"]


def test_without_a_key_that_counts_there_is_no_way_in(town: Town, clock: FixedClock) -> None:
    program = Program(town)
    nobody = Client().get(f"{program.base}/items")
    assert said(nobody) == (401, "no-token")
    assert nobody.headers["WWW-Authenticate"] == 'Bearer realm="wesprint"'
    wrong = Client(headers={"Authorization": f"Bearer {program.secret}x"})
    assert said(wrong.get(f"{program.base}/items")) == (401, "no-token")
    clock.advance(timedelta(days=31))
    assert said(program.get("items")) == (401, "no-token")


def test_a_key_taken_back_opens_nothing(town: Town) -> None:
    program = Program(town)
    assert program.get("items").status_code == 200
    revoke_token(town.ctx(), token=program.token)
    assert said(program.get("items")) == (401, "no-token")


def test_a_key_may_no_more_than_it_was_made_for_and_than_its_owner(town: Town) -> None:
    reader = Program(town, "goods.read")
    assert said(reader.post("items", CHAIR)) == (403, "scope")
    volunteer = Program(town, role="volunteer")
    assert volunteer.post("items", CHAIR).status_code == 201
    item = Item.objects.get()
    assert said(volunteer.post(f"items/{item.public_id}/sale", {"price_cents": 1})) == (403, "role")
    Role.objects.filter(person=town.people["volunteer"]).delete()
    assert said(volunteer.get("items")) == (404, "not-found")


def test_a_key_ends_with_its_owner(town: Town) -> None:
    program = Program(town, role="volunteer")
    erase_person(town.ctx("board"), person=town.people["volunteer"])
    assert said(program.get("items")) == (401, "no-token")
    assert Token.objects.get().name == "–"


def test_another_house_does_not_exist_for_a_key(town: Town) -> None:
    other = make_town("anderswo")
    program = Program(town)
    foreign = services.take_in(other.ctx(), centre=other.centre, category="chair", grade="B")
    assert said(program.client.get("/api/v1/centres/anderswo/items")) == (404, "not-found")
    assert said(program.get(f"items/{foreign.public_id}")) == (404, "no-item")


def test_lists_come_in_pages_until_null(town: Town) -> None:
    program = Program(town)
    for number in range(5):
        services.take_in(
            town.ctx(), centre=town.centre, category="chair", grade="B", title=f"{number}"
        )
    seen, after = [], ""
    while True:
        page = program.get(f"items?limit=2&after={after}").json()
        seen += [item["title"] for item in page["items"]]
        if page["after"] is None:
            break
        after = page["after"]
    assert seen == ["4", "3", "2", "1", "0"]


def test_reservations_and_offers_name_nobody(town: Town, sideboard: Item) -> None:
    program = Program(town)
    services.reserve(town.ctx(), item=sideboard, contact=MIA)
    services.offer_goods(town.ctx(), centre=town.centre, lines=("Kommode",), contact=MIA)
    for path in ("reservations", "offers"):
        text = program.get(path).content.decode()
        assert "Mia" not in text
        assert "1234" not in text


def test_an_offer_is_entered_accepted_and_not_declined_after_that(town: Town) -> None:
    program = Program(town)
    made = program.post("offers", {"lines": ["Kommode"], "name": "Mia", "phone": "02931 1234"})
    at = f"offers/{made.json()['id']}"
    assert program.post(f"{at}/accept", {"text": "Gern"}, "k2").json()["state"] == "accepted"
    assert program.post(f"{at}/decline", {"text": "Doch nicht"}, "k3").json()["state"] == "declined"
    assert said(program.post(f"{at}/accept", {}, "k4")) == (409, "offer-declined")
    assert Offer.objects.get().state == "declined"


def test_the_catalogue_and_the_figures_are_public(town: Town, sideboard: Item) -> None:
    client, base = Client(), f"/api/v1/centres/{town.centre.slug}"
    [card] = client.get(f"{base}/catalogue?q=siedeboard").json()["items"]
    assert (card["id"], card["price_cents"]) == (sideboard.public_id, 5500)
    figures = client.get(f"{base}/flows").json()
    assert (figures["came_in_g"], figures["closes"]) == (31_500, True)
    slugs = [one["slug"] for one in client.get(f"{base}/categories").json()["categories"]]
    assert "chair" in slugs
    assert [one["slug"] for one in client.get("/api/v1/centres").json()["centres"]] == ["kaufhaus"]


def test_ledger_entries_come_newest_first_and_in_pages(town: Town, sideboard: Item) -> None:
    program = Program(town, role="auditor")
    services.hand_over(town.ctx(), item=sideboard, price_cents=5500, consideration="cash")
    page = program.get("events?limit=1").json()
    assert [event["flow"] for event in page["events"]] == ["paid"]
    rest = program.get(f"events?after={page['after']}").json()
    assert [event["flow"] for event in rest["events"]] == ["sold", "intake"]
    assert rest["after"] is None


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"category": "spaceship", "grade": "B"}, 422, "unknown-category"),
        ({"category": "chair", "grade": "B", "weight_g": 9_000_000}, 422, "mass-implausible"),
        ({"category": "child-seat", "grade": "B"}, 403, "not-taken"),
        ({"category": "chair"}, 422, "does-not-fit"),
        ({"category": "chair", "grade": "B", "colour": "blue"}, 422, "does-not-fit"),
        ({"category": "chair", "grade": "B", "title": "a\x00b"}, 422, "does-not-fit"),
    ],
)
def test_what_cannot_be_right_is_named(town: Town, body: Any, status: int, code: str) -> None:
    assert said(Program(town).post("items", body)) == (status, code)
    assert Item.objects.count() == 0


def test_requests_that_cannot_be_read(town: Town, settings: Any) -> None:
    program = Program(town)
    url, headers = f"{program.base}/items", {"Idempotency-Key": "k"}
    sent = {"content_type": "application/json", "headers": headers}
    assert said(program.client.post(url, "{", **sent)) == (400, "unreadable")
    assert said(program.client.post(url, b"\xff\xfe", **sent)) == (400, "unreadable")
    assert said(program.client.post(url, "{}", content_type="application/json")) == (
        422,
        "does-not-fit",
    )
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert said(program.client.post(url, "x" * 1001, **sent)) == (413, "too-large")
    assert said(program.client.delete(url)) == (405, "method")
    assert said(program.get("items?stat=for-sale")) == (422, "does-not-fit")
    assert said(program.client.get("/api/v1/nowhere")) == (404, "no-operation")


def test_too_many_requests_are_paused_and_told_for_how_long(
    town: Town, settings: Any, clock: FixedClock
) -> None:
    settings.API_PER_MINUTE = {"token": 2, "address": 1}
    program = Program(town)
    answers = [program.get("items") for _turn in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[0].headers["RateLimit"] == '"token";r=1;t=60'
    assert answers[0].headers["RateLimit-Policy"] == '"token";q=2;w=60'
    assert answers[2].headers["Retry-After"] == "60"
    assert said(answers[2]) == (429, "too-often")
    clock.advance(timedelta(seconds=60))
    assert program.get("items").status_code == 200


def test_an_unchanged_list_is_not_sent_again(town: Town, sideboard: Item) -> None:
    program = Program(town)
    etag = program.get("items").headers["ETag"]
    again = program.get("items", **{"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    services.take_off_sale(town.ctx(), item=sideboard)
    assert program.get("items", **{"If-None-Match": etag}).status_code == 200
    assert Item.objects.get().state == ItemState.TAKEN_IN


def test_the_last_use_is_known_by_the_day_only(town: Town) -> None:
    program = Program(town)
    assert Token.objects.get().last_used_on is None
    program.get("items")
    assert Token.objects.get().last_used_on == town.ctx().occurred_at.date()
