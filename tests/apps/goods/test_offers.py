"""From the first words of a giver to yes, no, or a question."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.world import Town, add_person, make_town

from wesprint.apps.goods import links, services
from wesprint.apps.goods.models import Offer, OfferState
from wesprint.apps.goods.selectors import offers as ask
from wesprint.apps.goods.selectors.offers import offer_by_secret
from wesprint.apps.goods.services.contacts import Contact
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Conflict, Invalid, NotFound, Refused
from wesprint.platform.base.clock import now
from wesprint.platform.people.models import Person

MIA = Contact("Mia Muster", "02931 1234")
NEVER = ("helmet", "mattress", "food-cosmetics")


def offer(town: Town, *lines: str, **values: object) -> Offer:
    return services.offer_goods(
        town.ctx(),
        centre=town.centre,
        lines=lines or ("Sideboard",),
        **values,  # type: ignore[arg-type]
    )


def test_each_line_becomes_a_thing_with_its_kind(town: Town) -> None:
    made = offer(town, "Altes Sideboard, Eiche", " Wasserkocher ", "", "Dingsbums")
    lines = [(line.what, line.category and line.category.slug) for line in made.lines.all()]
    assert lines == [
        ("Altes Sideboard, Eiche", "chest-of-drawers"),
        ("Wasserkocher", "kettle"),
        ("Dingsbums", None),
    ]
    assert (made.state, made.source, made.giver) == (OfferState.OFFERED, "web", None)


def test_numbers_count_per_house(town: Town) -> None:
    other = make_town("nachbarort")
    assert [offer(town).number, offer(town).number, offer(other).number] == [1, 2, 1]


def test_the_same_contact_is_the_same_person(town: Town) -> None:
    one = offer(town, contact=MIA)
    two = offer(town, contact=Contact("mia muster", "+49 2931 1234"))
    assert one.giver == two.giver


def test_one_telephone_makes_no_two_people_one_and_drops_nothing(town: Town) -> None:
    offer(town, contact=MIA)
    other = offer(town, contact=Contact("Max Muster", MIA.phone))
    mailed = offer(town, contact=Contact(MIA.name, MIA.phone, "mia@muster.example"))
    assert other.giver is not None and mailed.giver is not None
    assert (other.giver.name, mailed.giver.email) == ("Max Muster", "mia@muster.example")
    assert Person.objects.filter(phone="029311234").count() == 3


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"lines": ()}, "what"),
        ({"lines": ("  ",)}, "what"),
        ({"lines": ("x" * 121,)}, "what"),
        ({"lines": tuple(f"Stuhl {number}" for number in range(13))}, "what"),
        ({"size": "XXL"}, "size"),
        ({"way": "teleport"}, "way"),
        ({"way": "fetch", "contact": MIA}, "fetch_address"),
        ({"way": "fetch", "fetch_address": "Markt 3"}, "phone"),
        ({"contact": Contact("Nur Name")}, "phone"),
        ({"contact": Contact("Mia", email="nonsense")}, "email"),
        ({"note": "x" * 501}, "note"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    town: Town, values: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        services.offer_goods(
            town.ctx(),
            centre=town.centre,
            **{"lines": ("Sideboard",), **values},  # type: ignore[arg-type]
        )
    assert caught.value.field == field
    assert Offer.objects.count() == 0


def test_what_the_house_never_takes_is_refused_with_the_reason(town: Town) -> None:
    with pytest.raises(Refused) as caught:
        offer(town, "Kindersitz von Römer")
    assert (caught.value.code, caught.value.field) == ("not-taken", "anyway")
    assert str(caught.value.what).startswith("„Kindersitz von Römer“: Das können wir nicht")
    assert "Im Ernstfall hält er dann nicht." in str(caught.value.what)


@pytest.mark.parametrize(
    "words",
    ["Fahrradhelm-Halter", "Puppenwagen und Puppenmatratze", "Kochbücher über Lebensmittel"],
)
def test_a_word_beside_the_thing_refuses_nothing(town: Town, words: str) -> None:
    made = offer(town, words)
    kinds = [line.category for line in made.lines.all()]
    assert (made.state, [kind for kind in kinds if kind and kind.slug in NEVER]) == ("offered", [])


def test_who_read_the_reason_may_offer_it_anyway(town: Town, client: Client) -> None:
    form = {"what": "Tisch\nKindersitz", "size": "M", "way": "bring"}
    page = f"/z/{town.centre.slug}/abgeben/angebot/"
    refused = client.post(page, form)
    assert refused.status_code == 422
    assert "„Kindersitz“: Das können wir nicht annehmen." in refused.content.decode()
    assert client.post(page, {**form, "anyway": "on"}).status_code == 302
    assert [line.what for line in Offer.objects.get().lines.all()] == ["Tisch", "Kindersitz"]


def test_question_answer_and_yes(town: Town) -> None:
    made = offer(town, contact=MIA)
    services.ask_back(town.ctx(), offer=made, text="Wie breit ist es?")
    services.answer(town.ctx(), offer=made, text="1,20 m")
    services.accept_offer(town.ctx(), offer=made, text="Sehr gern.")
    made.refresh_from_db()
    assert (made.state, made.answer, made.decided_at) == (
        OfferState.ACCEPTED,
        "Sehr gern.",
        now(),
    )
    talk = [(message.from_giver, message.text) for message in made.messages.all()]
    assert talk == [(False, "Wie breit ist es?"), (True, "1,20 m")]


def test_a_no_needs_a_reason_and_comes_once(town: Town) -> None:
    made = offer(town)
    with pytest.raises(Invalid) as caught:
        services.decline_offer(town.ctx(), offer=made, text=" ")
    assert caught.value.code == "no-reason"
    services.decline_offer(town.ctx(), offer=made, text="Zu groß.")
    with pytest.raises(Conflict) as again:
        services.accept_offer(town.ctx(), offer=made)
    assert again.value.code == "offer-declined"


def test_withdrawing_twice_is_fine(town: Town) -> None:
    made = offer(town)
    services.withdraw_offer(town.ctx(), offer=made)
    assert services.withdraw_offer(town.ctx(), offer=made).state == OfferState.WITHDRAWN


def test_the_link_opens_its_offer_until_it_runs_out(town: Town, clock: FixedClock) -> None:
    made = offer(town)
    secret = links.secret_for(made.public_id, links.OFFER)
    assert len(secret) == 32
    assert offer_by_secret(secret, now()) == made
    with pytest.raises(NotFound):
        offer_by_secret(secret[:-1] + "x", now())
    with pytest.raises(NotFound):
        offer_by_secret(secret, made.link_until)


def test_every_waiting_offer_can_be_reached(town: Town) -> None:
    made = [
        services.offer_goods(town.ctx(), centre=town.centre, lines=(f"Stuhl {number}",))
        for number in range(ask.PAGE + 2)
    ]
    first = ask.inbox(town.centre, "waiting")
    rest = ask.inbox(town.centre, "waiting", behind=first[-1].number)
    assert [one.pk for one in (*first, *rest)] == [one.pk for one in made]


@pytest.mark.parametrize("nonsense", ["²", "-1", "9" * 40, "drei"])
def test_nonsense_in_the_address_of_the_inbox_starts_at_its_first_page(
    town: Town, client: Client, nonsense: str
) -> None:
    staff = add_person(town, "staff")
    assert staff.user is not None
    client.force_login(staff.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(f"/z/{town.centre.slug}/angebote/", {"fach": "waiting", "nach": nonsense})
    assert answer.status_code == 200
