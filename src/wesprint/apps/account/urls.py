from __future__ import annotations

from django.urls import path

from wesprint.apps.account.views import desk, house, keys, known, own, people, trail

urlpatterns = [
    path("konto/", own.overview, name="account_overview"),
    path("konto/daten/", own.data, name="account_data"),
    path("konto/daten/meine-daten.json", own.download, name="account_download"),
    path("konto/daten/<slug:person_id>/widerruf", own.withdraw_consent, name="withdraw_consent"),
    path("konto/daten/<slug:person_id>/adresse", own.change_address, name="change_address"),
    path("konto/loeschen/", own.erase, name="account_erase"),
    path("konto/bestaetigen/<slug:secret>/", own.confirm, name="confirm_address"),
    path("konto/demo/", own.demo, name="account_demo"),
    path("konto/geraete/", house.choose, name="choose_devices"),
    path("theke/", desk.desk, name="desk"),
    path("theke/pin/", desk.pin, name="desk_pin"),
    path("theke/sperren/", desk.lock, name="desk_lock"),
    path("z/<slug:slug>/leute/", people.team, name="team"),
    path("z/<slug:slug>/leute/<slug:person_id>/", people.member, name="member"),
    path("z/<slug:slug>/leute/<slug:person_id>/rolle", people.give_role, name="give_role"),
    path(
        "z/<slug:slug>/leute/<slug:person_id>/rolle/<int:role_id>/zurueck",
        people.withdraw_role,
        name="withdraw_role",
    ),
    path("z/<slug:slug>/leute/<slug:person_id>/ausweis", people.issue_badge, name="issue_badge"),
    path(
        "z/<slug:slug>/leute/<slug:person_id>/ausweis/sperren",
        people.revoke_badge,
        name="revoke_badge",
    ),
    path("z/<slug:slug>/leute/<slug:person_id>/pin", people.set_pin, name="set_pin"),
    path("z/<slug:slug>/menschen/", known.find, name="known_people"),
    path("z/<slug:slug>/menschen/<slug:person_id>/", known.show, name="known_person"),
    path("z/<slug:slug>/menschen/<slug:person_id>/daten.json", known.hand_out, name="known_data"),
    path("z/<slug:slug>/menschen/<slug:person_id>/aendern", known.change, name="known_change"),
    path("z/<slug:slug>/menschen/<slug:person_id>/loeschen", known.erase, name="known_erase"),
    path("z/<slug:slug>/geraete/", house.devices, name="devices"),
    path(
        "z/<slug:slug>/geraete/<slug:device_id>/sperren", house.revoke_device, name="revoke_device"
    ),
    path("z/<slug:slug>/schluessel/", keys.keys, name="keys"),
    path("z/<slug:slug>/schluessel/<slug:key_id>/sperren", keys.revoke, name="revoke_key"),
    path("z/<slug:slug>/einrichten/", house.settings_page, name="house_settings"),
    path("z/<slug:slug>/einrichten/haus", house.change, name="change_house"),
    path("z/<slug:slug>/einrichten/zeiten", house.hours, name="set_hours"),
    path("z/<slug:slug>/einrichten/geschlossen", house.close_day, name="close_day"),
    path("z/<slug:slug>/einrichten/offen", house.open_day, name="open_day"),
    path("z/<slug:slug>/einrichten/farben", house.colours, name="set_colours"),
    path("z/<slug:slug>/einrichten/etage", house.floor, name="set_floor"),
    path("z/<slug:slug>/einrichten/etage/<int:floor_id>/raum", house.space, name="add_space"),
    path(
        "z/<slug:slug>/einrichten/raum/<int:space_id>/weg", house.remove_space, name="remove_space"
    ),
    path("z/<slug:slug>/pruefspur/", trail.trail, name="trail"),
]
