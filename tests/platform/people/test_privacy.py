"""My data, erase me, consents, double opt-in, the trail, and figures about small teams."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.world import Town, add_person, make_town

from wesprint.kernel.clock import FixedClock
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid, NotFound, Refused
from wesprint.platform.audit.models import AuditEntry
from wesprint.platform.commands.models import Command
from wesprint.platform.people import privacy, selectors, services
from wesprint.platform.people.models import Consent, EmailConfirmation, Person, User
from wesprint.platform.people.services.consents import confirmation_for
from wesprint.platform.people.services.trail import entries

pytestmark = pytest.mark.django_db


class Diary:
    """A room that keeps one sentence about each person."""

    def __init__(self) -> None:
        self.lines: dict[int, str] = {}
        self.block: privacy.Block | None = None
        self.used: datetime | None = None

    def erase(self, ctx: Ctx, person: Person) -> None:
        self.lines.pop(person.pk, None)


@pytest.fixture
def diary() -> Iterator[Diary]:
    room = Diary()
    before = dict(privacy._registered)
    privacy.register(
        privacy.PersonalData(
            "diary",
            export=lambda person: room.lines.get(person.pk),
            erase=room.erase,
            block=lambda person: room.block,
            last_used=lambda person: room.used,
        )
    )
    yield room
    privacy._registered.clear()
    privacy._registered.update(before)


def neighbour(town: Town) -> Person:
    person = add_person(town, None)
    person.phone, person.letter = "0293112", "Markt 1"
    person.save()
    return person


def test_erased_is_gone_and_the_ledger_cannot_tell(clock: FixedClock, diary: Diary) -> None:
    town = make_town()
    person = neighbour(town)
    diary.lines[person.pk] = "likes tea"
    services.issue_badge(town.ctx("board"), person=person)
    services.erase_person(town.ctx("board"), person=person)
    person = Person.objects.select_related("agent").get(pk=person.pk)
    assert (person.name, person.phone, person.email, person.letter) == ("", "", "", "")
    assert (person.user, person.erased_at, person.agent.salt) == (None, clock.now(), "")
    assert (diary.lines, person.badges.count(), person.roles.count()) == ({}, 0, 0)
    services.erase_person(town.ctx("board"), person=person)
    assert Person.objects.get(pk=person.pk).erased_at == clock.now()


def test_a_law_blocks_until_its_day_and_then_the_job_erases(
    clock: FixedClock, diary: Diary
) -> None:
    town = make_town()
    person = neighbour(town)
    diary.lines[person.pk] = "paid a deposit"
    diary.block = privacy.Block(date(2027, 1, 1), "§ 147 AO")
    assert services.what_stays(person) == (services.Stays("diary", date(2027, 1, 1), "§ 147 AO"),)
    services.erase_person(town.ctx("board"), person=person)
    person.refresh_from_db()
    assert (person.name, person.letter, person.phone) == ("Visitor Muster", "Markt 1", "")
    assert (person.blocked_until, person.blocked_because) == (date(2027, 1, 1), "§ 147 AO")
    assert person.agent.salt != ""
    assert diary.lines == {person.pk: "paid a deposit"}
    assert selectors.find_people(town.organisation, "Visitor") == ()
    with pytest.raises(NotFound):
        services.give_role(town.ctx("board"), person=person, role="staff", since=date(2026, 11, 24))
    diary.block = None
    assert forget(town, today=date(2027, 1, 1)) == 0
    assert forget(town, today=date(2027, 1, 2)) == 1
    person.refresh_from_db()
    assert (person.name, person.blocked_until, diary.lines) == ("", None, {})


def forget(town: Town, *, today: date = date(2026, 11, 24), days: int = 365) -> int:
    since = datetime(2026, 11, 24, 9, tzinfo=UTC) - timedelta(days=days)
    return services.forget_untied(town.ctx("board"), untied_since=since, today=today)


def test_who_has_no_tie_is_forgotten(clock: FixedClock, diary: Diary) -> None:
    town = make_town()
    add_person(town, "board")
    old = Person.objects.create(
        organisation=town.organisation,
        agent=neighbour(make_town("b")).agent.__class__.objects.create(kind="Person"),
        name="Erna",
        created_at=datetime(2024, 1, 1, tzinfo=UTC),
    )
    diary.used = datetime(2026, 5, 1, tzinfo=UTC)
    assert forget(town) == 0
    diary.used = datetime(2025, 5, 1, tzinfo=UTC)
    assert forget(town) == 1
    old.refresh_from_db()
    assert (old.name, old.erased_at) == ("", clock.now())


def test_a_role_or_an_account_is_a_tie(clock: FixedClock) -> None:
    town = make_town()
    for role in ("staff", "board"):
        person = add_person(town, role, account=False)
        person.created_at = datetime(2024, 1, 1, tzinfo=UTC)
        person.save()
    visitor = add_person(town, None)
    visitor.created_at = datetime(2024, 1, 1, tzinfo=UTC)
    visitor.save()
    assert forget(town) == 0


def test_erasing_an_account_erases_the_person_everywhere(clock: FixedClock) -> None:
    town, other = make_town(), make_town("anderswo")
    here = add_person(town, "staff")
    assert here.user is not None
    there = services.person_for(other.ctx("board"), user=here.user, organisation=other.organisation)
    services.erase_account(town.ctx("board"), user_id=here.user.public_id)
    assert not User.objects.filter(email="staff@kaufhaus.example").exists()
    for person in (here, there):
        person.refresh_from_db()
        assert (person.user, person.erased_at, person.email) == (None, clock.now(), "")
    assert "staff@kaufhaus" not in str(list(AuditEntry.objects.values()))
    assert "staff@kaufhaus" not in str(list(Command.objects.values()))
    with pytest.raises(NotFound):
        services.erase_account(town.ctx("board"), user_id="ZZZZ")


def test_my_data_holds_everything_known(clock: FixedClock, diary: Diary) -> None:
    town = make_town()
    person = add_person(town, "staff")
    assert person.user is not None
    diary.lines[person.pk] = "likes tea"
    ctx = town.ctx("staff")
    services.record_consent(ctx, person=person, purpose="news", given=True, wording="News?")
    mine = services.my_data(person.user)
    assert mine["account"]["email"] == "staff@kaufhaus.example"
    assert mine["trail"] == [
        {
            "at": "2026-11-24T09:00:00+00:00",
            "what": "people.record_consent",
            "where": town.centre.scope,
            "cause": "",
        }
    ]
    [entry] = mine["persons"]
    assert entry["rooms"]["diary"] == "likes tea"
    assert entry["consents"] == [
        {"purpose": "news", "given": True, "wording": "News?", "at": "2026-11-24T09:00:00+00:00"}
    ]
    assert entry["roles"] == [
        {"role": "staff", "centre": "Kaufhaus", "since": "2026-01-01", "until": None}
    ]


def test_the_latest_word_counts_and_no_row_is_lost(clock: FixedClock) -> None:
    town = make_town()
    person = add_person(town, None)
    assert selectors.has_consent(person, "news") is False
    for given in (True, False, True):
        services.record_consent(
            town.ctx("staff"), person=person, purpose="news", given=given, wording="News?"
        )
    assert selectors.has_consent(person, "news") is True
    assert selectors.has_consent(person, "photos") is False
    assert Consent.objects.filter(person=person).count() == 3


def test_an_address_counts_once_its_owner_opened_the_link(clock: FixedClock) -> None:
    town = make_town()
    person = add_person(town, None, account=False)
    secret = services.ask_to_confirm(
        town.ctx("staff"), person=person, email=" Erna@Example.org", purpose="news"
    )
    person.refresh_from_db()
    assert (person.email, confirmation_for(secret).email) == ("", "erna@example.org")
    assert secret not in str(list(EmailConfirmation.objects.values()))
    assert secret not in str(list(Command.objects.values()))
    services.confirm_email(town.ctx("staff"), secret=secret)
    person.refresh_from_db()
    assert person.email == "erna@example.org"
    assert selectors.has_consent(person, "news") is True
    with pytest.raises(Conflict):
        services.confirm_email(town.ctx("staff"), secret=secret)


def test_links_expire_and_cannot_be_guessed(clock: FixedClock) -> None:
    town = make_town()
    person = add_person(town, None, account=False)
    secret = services.ask_to_confirm(
        town.ctx("staff"), person=person, email="erna@example.org", purpose="news"
    )
    with pytest.raises(NotFound):
        confirmation_for(secret[:-1])
    clock.advance(timedelta(days=3))
    with pytest.raises(NotFound):
        services.confirm_email(town.ctx("staff"), secret=secret)
    person.refresh_from_db()
    assert person.email == ""


def look(town: Town, cause: str) -> tuple[int, ...]:
    ctx = town.ctx("auditor")
    return services.look_into_audit(
        Ctx(ctx.actor, ctx.scope, ctx.key, ctx.occurred_at, cause=cause),
        scopes=(town.centre.scope,),
        since=datetime(2026, 11, 24, tzinfo=UTC),
        until=datetime(2026, 11, 25, tzinfo=UTC),
    )


def test_a_look_into_the_trail_needs_a_cause_and_leaves_one(clock: FixedClock) -> None:
    town, other = make_town(), make_town("anderswo")
    for place in (town, other):
        services.register_person(place.ctx("staff"), organisation=place.organisation, name="Erna")
    with pytest.raises(Invalid):
        look(town, " ")
    assert [entry.command for entry in entries(look(town, "Complaint of 20 November"))] == [
        "people.register_person"
    ]
    latest = AuditEntry.objects.latest("pk")
    assert (latest.command, latest.cause) == (
        "people.look_into_audit",
        "Complaint of 20 November",
    )


@pytest.mark.parametrize("people", [0, 1, 4])
def test_no_figures_about_teams_below_five(people: int) -> None:
    computed: list[int] = []
    with pytest.raises(Refused):
        services.team_figures(people, lambda: computed.append(people))
    assert computed == []


def test_figures_about_teams_of_five() -> None:
    assert services.team_figures(5, lambda: "12 items an hour") == "12 items an hour"
