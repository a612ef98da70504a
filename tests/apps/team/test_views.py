"""The pages, as a browser without any script sees them."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.apps.goods.test_views import client_of, post, text
from tests.apps.team import things
from tests.apps.team.things import MONDAY, TUESDAY
from tests.world import Town, add_person

from wesprint.apps.team import services, sheets
from wesprint.apps.team.models import Engagement, Entry, ReachedStep, Stamp
from wesprint.apps.team.selectors.attendance import Month, month_of
from wesprint.platform.base.clock import now
from wesprint.platform.people.services.badges import issue_badge, register_device

TEAM = "/z/kaufhaus/team/"


def one_url(one: Engagement, path: str = "") -> str:
    return f"{TEAM}einsaetze/{one.public_id}/{path}"


def test_the_lead_agrees_on_an_engagement(town: Town) -> None:
    lead = client_of(town, "workshop-lead")
    given = {
        "name": "Anton Neu",
        "kind": "placement-16d",
        "hours": "19,5",
        "since": "2026-11-24",
        "sponsor": "Jobcenter HSK",
        "supervisor": town.people["workshop-lead"].public_id,
        "starts_1": "08:00",
        "ends_1": "12:00",
    }
    answer = post(lead, f"{TEAM}einsaetze/neu/", **(given | {"sponsor": ""}))
    assert (answer.status_code, Engagement.objects.count()) == (422, 0)
    assert "Bitte sagen Sie, wer zugewiesen oder entsandt hat" in text(answer)
    answer = post(lead, f"{TEAM}einsaetze/neu/", **given)
    made = Engagement.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, one_url(made))
    assert (made.weekly_minutes, made.pattern.get().weekday) == (19 * 60 + 30, 1)


def test_the_board_of_today_flags_what_is_open(town: Town, placement: Engagement) -> None:
    things.tap(town, placement, "come", things.local(town, MONDAY, 8))
    things.tap(town, placement, "come", things.local(town, TUESDAY, 8))
    page = text(client_of(town, "board").get(TEAM))
    assert "da seit 08:00" in page
    assert "Maria Muster, Montag, 23. November" in page


def test_the_lead_corrects_a_day_and_both_stay_readable(town: Town, placement: Engagement) -> None:
    lead = client_of(town, "workshop-lead")
    things.tap(town, placement, "come", things.local(town, MONDAY, 8))
    day = one_url(placement, "tag/2026-11-23/")
    answer = post(lead, day, absence="present", came="08:00", left="", reason="x")
    assert (answer.status_code, Entry.objects.count()) == (422, 0)
    answer = post(
        lead, day, absence="present", came="08:00", left="14:00", break_minutes="30", reason="Karte"
    )
    assert answer.status_code == 302
    page = text(lead.get(day))
    assert "08:00: gekommen (Ausweis am Tablet)" in page
    assert "08:00–14:00, 30 Minuten Pause" in page
    post(lead, day, do="confirm")
    assert placement.confirmed.get().seconds == 19800
    assert "bestätigt" in text(lead.get(day))


def test_an_absence_needs_no_times(town: Town, placement: Engagement) -> None:
    lead = client_of(town, "board")
    answer = post(lead, one_url(placement, "tag/2026-11-23/"), absence="sick", reason="angerufen")
    assert (answer.status_code, Entry.objects.get().absence) == (302, "sick")


@pytest.mark.parametrize("role", ["staff", "auditor", "treasurer", "volunteer"])
def test_nobody_but_the_lead_sees_people(town: Town, placement: Engagement, role: str) -> None:
    add_person(town, role) if role not in town.people else None
    client = client_of(town, role)
    for path in (
        TEAM,
        f"{TEAM}einsaetze/",
        one_url(placement),
        one_url(placement, "blatt/2026-11.pdf"),
    ):
        assert client.get(path).status_code == 403


# -- the sheet -----------------------------------------------------------------------------
def test_the_sheet_is_one_page_and_holds_what_was_noted(town: Town, placement: Engagement) -> None:
    things.worked(town, placement, MONDAY)
    things.confirmed(town, placement, MONDAY)
    lead = client_of(town, "board")
    answer = lead.get(one_url(placement, "blatt/2026-11.pdf"))
    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert b"/Type/Pages/Count 1/" in answer.content
    assert "Maria" not in answer.headers["Content-Disposition"]
    data = sheets._sheet(placement, _month(placement))
    assert data["rows"][22] == ["Mo, 23.11.", "08:02", "14:01", "0:30", "5:29", ""]
    assert data["foot"][3:5] == ["0:30", "5:29"]
    assert len(data["rows"]) == 30
    rows = text(lead.get(one_url(placement, "blatt/2026-11.csv"))).splitlines()
    assert rows[23] == "AGH-2026-117,2026-11-23,08:02,14:01,30,329,,confirmed"


def _month(one: Engagement) -> Month:
    return month_of(one, MONDAY.replace(day=1), TUESDAY)


def test_a_month_that_is_none_is_not_found(town: Town, placement: Engagement) -> None:
    lead = client_of(town, "board")
    for month in ("2026-13", "heute", "2026-1"):
        assert lead.get(one_url(placement, f"blatt/{month}.pdf")).status_code == 404


def test_a_sheet_of_paper_is_typed_in(town: Town, placement: Engagement) -> None:
    lead, path = client_of(town, "workshop-lead"), one_url(placement, "papier/2026-11/")
    things.tap(town, placement, "come", things.local(town, MONDAY, 8))
    page = text(lead.get(path))
    assert 'name="came_2026-11-23" value="08:00"' in page
    assert "2026-11-25" not in page  # tomorrow
    assert post(lead, path, reason="Blatt").status_code == 422
    half = {"reason": "Blatt", "came_2026-11-20": "08:00"}
    assert "Bitte geben Sie beide Zeiten an oder keine." in text(post(lead, path, **half))
    whole = half | {"left_2026-11-20": "12:00", "came_2026-11-23": "08:00"}
    whole |= {"left_2026-11-23": "14:00", "break_2026-11-23": "30"}
    assert post(lead, path, **whole).status_code == 302
    assert _month(placement).seconds == (4 * 60 + 330) * 60
    assert "came_2026-11-23" not in text(lead.get(path))  # settled: its own page


def test_another_supervisor(town: Town, placement: Engagement) -> None:
    lead, path = client_of(town, "board"), one_url(placement, "anleitung/")
    post(lead, path, supervisor=town.people["board"].public_id)
    placement.refresh_from_db()
    assert placement.supervisor == town.people["board"]
    assert post(lead, path, supervisor=town.people["staff"].public_id).status_code == 404


# -- one's own page ------------------------------------------------------------------------
def test_somebody_comes_and_goes_on_their_own_page(town: Town, placement: Engagement) -> None:
    maria = client_of(town, "maria")
    page = text(maria.get(f"{TEAM}ich/"))
    assert "Ich bin da" in page and "Ich gehe" not in page
    post(maria, f"{TEAM}ich/tippen/", verb="come")
    assert list(Stamp.objects.values_list("verb", "way", "at")) == [("come", "own", now())]
    page = text(maria.get(f"{TEAM}ich/"))
    assert "Ich gehe" in page and "Ich bin da" not in page
    assert post(maria, f"{TEAM}ich/tippen/", verb="come").status_code == 302  # a double click
    assert post(maria, f"{TEAM}ich/tippen/", verb="resume").status_code == 409


def test_nobody_reads_anothers_sheet(town: Town, placement: Engagement) -> None:
    other = things.placement(town, things.somebody(town, "other"))
    maria = client_of(town, "maria")
    assert maria.get(f"{TEAM}ich/{placement.public_id}/blatt/2026-11.pdf").status_code == 200
    assert maria.get(f"{TEAM}ich/{other.public_id}/blatt/2026-11.pdf").status_code == 404


def test_a_stranger_finds_no_own_page(town: Town, placement: Engagement) -> None:
    add_person(town, "visitor")
    assert client_of(town, "visitor").get(f"{TEAM}ich/").status_code == 404


def test_steps_are_kept_only_of_whoever_says_yes(town: Town, placement: Engagement) -> None:
    maria, lead = client_of(town, "maria"), client_of(town, "workshop-lead")
    step = things.step(town)
    path = one_url(placement, "schritte/")
    assert "Noch keine Zustimmung" in text(lead.get(path))
    assert maria.get(f"{TEAM}ich/schritte.pdf").status_code == 404
    post(maria, f"{TEAM}ich/einwilligung/", given="1")
    post(lead, path, step=step.public_id)
    page = text(maria.get(f"{TEAM}ich/"))
    assert "erreicht am 24.11.2026, Workshop-lead Muster" in page
    assert maria.get(f"{TEAM}ich/schritte.pdf").content[:5] == b"%PDF-"
    post(maria, f"{TEAM}ich/schritte/{ReachedStep.objects.get().public_id}/weg/")
    assert ReachedStep.objects.count() == 0


# -- the tablet ----------------------------------------------------------------------------
@pytest.fixture
def tablet(town: Town) -> Client:
    _device, key = register_device(
        town.ctx("board"), centre=town.centre, name="Theke", lock_after_seconds=300, by=None
    )
    client = Client()
    client.cookies["ws_device"] = key
    return client


def test_a_badge_at_the_tablet(town: Town, placement: Engagement, tablet: Client) -> None:
    assert placement.person is not None
    _badge, code = issue_badge(town.ctx("board"), person=placement.person)
    page = text(tablet.post(f"{TEAM}uhr/", {"code": code}))
    assert "Maria Muster" in page
    note = page.split('name="note" value="')[1].split('"')[0]
    answer = post(tablet, f"{TEAM}uhr/", verb="come", note=note)
    assert (answer.status_code, Stamp.objects.get().way) == (302, "badge")
    # the badge opened nothing else
    assert tablet.get(f"{TEAM}ich/").status_code == 302


def test_a_note_of_another_tablet_or_none_does_nothing(
    town: Town, placement: Engagement, tablet: Client
) -> None:
    answer = post(tablet, f"{TEAM}uhr/", verb="come", note="made-up")
    assert (answer.status_code, Stamp.objects.count()) == (422, 0)
    assert "Das hat zu lange gedauert." in text(answer)
    answer = tablet.post(f"{TEAM}uhr/", {"code": "NOBODY"})
    assert (answer.status_code, "nicht bekannt" in text(answer)) == (422, True)


def test_without_a_registered_tablet_the_page_only_explains(town: Town, client: Client) -> None:
    assert "Diese Seite gehört zum Tablet im Haus" in text(client.get(f"{TEAM}uhr/"))


# -- figures -------------------------------------------------------------------------------
def test_the_board_may_ask_for_more_people(town: Town) -> None:
    board = client_of(town, "board")
    assert post(board, f"{TEAM}zahlen/", people="4").status_code == 422
    assert post(board, f"{TEAM}zahlen/", people="8").status_code == 302
    assert "mindestens 8 Menschen" in text(board.get(f"{TEAM}zahlen/"))
    assert client_of(town, "staff").post(f"{TEAM}zahlen/", {"people": "9"}).status_code == 403


def test_the_wording_of_the_consent_is_kept(town: Town, placement: Engagement) -> None:
    assert placement.person is not None
    services.agree_to_steps(town.ctx(), person=placement.person, given=True, on_paper=True)
    consent = placement.person.consents.get()
    assert (consent.purpose, "(on paper)" in consent.wording or "Papier" in consent.wording) == (
        "team.steps",
        True,
    )
