from __future__ import annotations

from django.urls import path

from wesprint.apps.team.views import clock, days, lead, office, own

_TEAM = "z/<slug:slug>/team"
_ONE = f"{_TEAM}/einsaetze/<public_id>"

urlpatterns = [
    path(f"{_TEAM}/", lead.board, name="team_board"),
    path(f"{_TEAM}/einsaetze/", lead.people, name="team_people"),
    path(f"{_TEAM}/einsaetze/neu/", lead.agree, name="team_agree"),
    path(f"{_ONE}/", lead.engagement, name="team_engagement"),
    path(f"{_ONE}/woche/", lead.week, name="team_week"),
    path(f"{_ONE}/anleitung/", lead.supervisor, name="team_supervisor"),
    path(f"{_ONE}/papier/<month>/", days.paper, name="team_paper"),
    path(f"{_ONE}/abwesend/", lead.absence, name="team_absence"),
    path(f"{_ONE}/bestaetigen/<month>/", lead.confirm, name="team_confirm"),
    path(f"{_ONE}/tag/<day>/", days.day, name="team_day"),
    path(f"{_ONE}/blatt/<month>.pdf", days.sheet, name="team_sheet"),
    path(f"{_ONE}/blatt/<month>.csv", days.sheet_csv, name="team_sheet_csv"),
    path(f"{_ONE}/schritte/", days.steps, name="team_person_steps"),
    path(f"{_TEAM}/schritte/", office.steps, name="team_steps"),
    path(f"{_TEAM}/schritte/<public_id>/weg/", office.retire, name="team_retire"),
    path(f"{_TEAM}/zahlen/", office.figures, name="team_figures"),
    path(f"{_TEAM}/uhr/", clock.clock, name="team_clock"),
    path(f"{_TEAM}/ich/", own.own, name="team_own"),
    path(f"{_TEAM}/ich/tippen/", own.tap, name="team_tap"),
    path(f"{_TEAM}/ich/einwilligung/", own.consent, name="team_consent"),
    path(f"{_TEAM}/ich/schritte.pdf", own.steps_pdf, name="team_own_steps"),
    path(f"{_TEAM}/ich/schritte/<reached>/weg/", own.take_back, name="team_take_back"),
    path(f"{_TEAM}/ich/<public_id>/blatt/<month>.pdf", own.sheet, name="team_own_sheet"),
]
