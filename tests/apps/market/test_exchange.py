"""From business to business: confirmed by letter, looked at by the house, a yes from both."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.apps.market import things
from tests.apps.market.things import EVA, TOM
from tests.world import Town, make_town

from wesprint.apps.goods.public import Contact
from wesprint.apps.market import matching, services
from wesprint.apps.market.letters import HANDLERS
from wesprint.apps.market.matching import Reason, Side
from wesprint.apps.market.models import Approach, Entry
from wesprint.apps.market.selectors.exchange import board, matches
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Conflict, DomainError, Invalid, Refused
from wesprint.platform.base.clock import now, use_clock
from wesprint.platform.notices.models import Letter
from wesprint.platform.outbox.models import OutboxEvent


def deliver() -> list[tuple[str, str]]:
    """What the outbox would write now: to whom, and which letter."""
    Letter.objects.all().delete()
    for event in OutboxEvent.objects.filter(name__startswith="market.").order_by("pk"):
        if event.name in HANDLERS:
            HANDLERS[event.name](event)
    OutboxEvent.objects.all().delete()
    rows = Letter.objects.order_by("pk").values_list("to", "template")
    return [(to, template.removeprefix("market/")) for to, template in rows]


def on_board(town: Town) -> list[str]:
    return [entry.title for entry in board(now().date()).entries]


def test_confirmed_looked_at_and_then_seen(town: Town) -> None:
    made = services.write_entry(town.ctx(), centre=town.centre, words=things.words(), contact=TOM)
    assert (deliver(), on_board(town)) == ([("tom@example.org", "entry_written")], [])
    with pytest.raises(Conflict):
        services.decide_entry(town.ctx(), entry=made, shown=True)
    services.confirm_entry(town.ctx(), entry=made)
    services.confirm_entry(town.ctx(), entry=made)
    assert on_board(town) == []
    services.decide_entry(town.ctx(), entry=made, shown=True)
    assert on_board(town) == ["Eichenbretter, Reste"]
    assert deliver() == [("tom@example.org", "entry_decided")]


def test_the_house_declines_with_a_reason_and_may_take_it_down(town: Town) -> None:
    made = things.entry(town)
    with pytest.raises(Invalid):
        services.decide_entry(town.ctx(), entry=made, shown=False, text=" ")
    services.decide_entry(town.ctx(), entry=made, shown=False, text="Kein Gewerbe.")
    assert on_board(town) == []


def test_the_region_shares_one_board(town: Town) -> None:
    things.entry(make_town("nachbar"))
    things.entry(town, "request", EVA, title="Bretter gesucht")
    assert on_board(town) == ["Bretter gesucht", "Eichenbretter, Reste"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"business": ""}, "business"),
        ({"town": ""}, "town"),
        ({"quantity": 0}, "quantity"),
        ({"quantity": 10**13}, "quantity"),
        ({"unit": "ct"}, "unit"),
        ({"material": "gold"}, "material"),
        ({"kind": "gift"}, "kind"),
    ],
)
def test_what_is_no_entry(town: Town, values: dict[str, object], field: str) -> None:
    words = replace(things.words(), **values)  # type: ignore[arg-type]
    with pytest.raises(Invalid) as caught:
        services.write_entry(town.ctx(), centre=town.centre, words=words, contact=TOM)
    assert (caught.value.field, Entry.objects.count()) == (field, 0)


def test_days_that_cannot_be(town: Town) -> None:
    today = now().date()
    for since, until in ((1, 0), (-9, -1), (0, 400)):
        words = replace(
            things.words(),
            since=today + timedelta(days=since),
            until=today + timedelta(days=until),
        )
        with pytest.raises(Invalid) as caught:
            services.write_entry(town.ctx(), centre=town.centre, words=words, contact=TOM)
        assert caught.value.field == "until"


def test_without_an_e_mail_address_there_is_no_link(town: Town) -> None:
    for contact in (Contact("Tom", "0170 123456"), Contact()):
        with pytest.raises(DomainError):
            services.write_entry(
                town.ctx(), centre=town.centre, words=things.words(), contact=contact
            )


def test_nobody_learns_an_address_before_both_have_said_yes(town: Town) -> None:
    about = things.entry(town)
    deliver()
    made = services.approach(town.ctx(), entry=about, contact=EVA, text="Wir nehmen alle.")
    assert deliver() == [("eva@example.org", "approach_made")]
    services.confirm_approach(town.ctx(), approach=made)
    assert deliver() == [("tom@example.org", "approach_confirmed")]
    assert not Letter.objects.filter(body__contains="eva@").exists()
    made.refresh_from_db()
    services.answer_approach(town.ctx(), approach=made, agreed=True)
    assert deliver() == [
        ("eva@example.org", "approach_agreed"),
        ("tom@example.org", "approach_agreed_owner"),
    ]
    bodies = dict(Letter.objects.values_list("to", "body"))
    assert "tom@example.org" in bodies["eva@example.org"]
    assert "eva@example.org" in bodies["tom@example.org"]
    with pytest.raises(Conflict):
        services.answer_approach(town.ctx(), approach=made, agreed=False)


def test_a_no_hands_on_nothing(town: Town) -> None:
    made = things.asked(town, things.entry(town))
    deliver()
    services.answer_approach(town.ctx(), approach=made, agreed=False)
    assert deliver() == []


def test_an_answer_before_the_confirmation_is_none(town: Town) -> None:
    made = services.approach(town.ctx(), entry=things.entry(town), contact=EVA)
    with pytest.raises(Conflict):
        services.answer_approach(town.ctx(), approach=made, agreed=True)


def test_nobody_answers_themselves(town: Town) -> None:
    with pytest.raises(Refused):
        services.approach(town.ctx(), entry=things.entry(town), contact=TOM)


def test_ended_entries_are_not_asked_about(town: Town) -> None:
    about = things.entry(town)
    made = services.approach(town.ctx(), entry=about, contact=EVA)
    services.end_entry(town.ctx(), entry=about)
    for work in (
        lambda: services.approach(town.ctx(), entry=about, contact=EVA),
        lambda: services.confirm_approach(town.ctx(), approach=made),
    ):
        with pytest.raises(Conflict):
            work()


def test_what_runs_out_comes_down_and_what_nobody_confirmed_is_forgotten(town: Town) -> None:
    shown = things.entry(town)
    services.approach(town.ctx(), entry=shown, contact=EVA)
    services.write_entry(town.ctx(), centre=town.centre, words=things.words("request"), contact=EVA)
    with use_clock(FixedClock(now() + timedelta(days=31))):
        assert services.expire_entries(town.ctx()) == 1
    assert list(Entry.objects.values_list("state", flat=True)) == ["expired"]
    assert Approach.objects.count() == 0


# -- what fits -----------------------------------------------------------------------------
def side(**values: object) -> Side:
    today = now().date()
    usual = Side("wood", "Eichenbretter", 10, "piece", today, today + timedelta(days=9), "59821")
    return replace(usual, **values)  # type: ignore[arg-type]


def test_reasons_best_first() -> None:
    assert matching.fit(side(), side(quantity=40)) == (
        Reason.WORDS, Reason.ENOUGH, Reason.NEAR, Reason.MATERIAL, Reason.DAYS,
    )  # fmt: skip
    assert matching.fit(side(words="Regal", postcode="44135"), side(quantity=4)) == (
        Reason.PART, Reason.MATERIAL, Reason.DAYS,
    )  # fmt: skip
    assert matching.fit(side(unit="g", words=""), side(postcode="1")) == (
        Reason.MATERIAL, Reason.DAYS,
    )  # fmt: skip


def test_another_material_or_no_common_day_does_not_fit() -> None:
    later = now().date() + timedelta(days=20)
    assert matching.fit(side(), side(material="metal")) == ()
    assert matching.fit(side(), side(since=later, until=later)) == ()


def test_suggestions_come_from_the_other_side_best_first(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    wanted = things.entry(town, "request", EVA, title="Eichenbretter gesucht", quantity=20)
    things.entry(town, title="Paletten", postcode="10115", quantity=5)
    things.entry(town, title="Eichenbretter")
    things.entry(town, "request", EVA, title="Eichenbretter")
    things.entry(town, material="metal", title="Eichenbretter aus Blech")
    with django_assert_num_queries(1):
        found = matches(wanted, now().date())
    assert [match.entry.title for match in found] == ["Eichenbretter", "Paletten"]
