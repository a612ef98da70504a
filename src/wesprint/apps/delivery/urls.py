from __future__ import annotations

from django.urls import path

from wesprint.apps.delivery.views import days, house, hub, riding, senders, tracking

_HOUSE = "z/<slug:slug>/lieferung"

urlpatterns = [
    path(f"{_HOUSE}/", days.day, name="delivery_day"),
    path(f"{_HOUSE}/stand/", days.version, name="delivery_version"),
    path(f"{_HOUSE}/karte.json", days.on_the_map, name="delivery_map"),
    path(f"{_HOUSE}/planung/", days.planning, name="delivery_planning"),
    path(f"{_HOUSE}/hub/", hub.hub, name="delivery_hub"),
    path(f"{_HOUSE}/neu/", hub.new, name="delivery_new"),
    path(f"{_HOUSE}/liste/", senders.bring, name="delivery_manifest"),
    path(f"{_HOUSE}/abrechnung/<public_id>/", senders.statement, name="delivery_statement"),
    path(f"{_HOUSE}/einrichten/", house.setup, name="delivery_setup"),
    path(f"{_HOUSE}/zahlen/", house.figures, name="delivery_figures"),
    path(f"{_HOUSE}/fahren/", riding.mine, name="delivery_mine"),
    path(f"{_HOUSE}/fahren/<public_id>/", riding.ride, name="delivery_ride"),
    path(
        f"{_HOUSE}/fahren/<public_id>/<slug:verb>/",
        riding.change_tour,
        name="delivery_ride_change",
    ),
    path(f"{_HOUSE}/halt/<public_id>/bild/", riding.proof_photo, name="delivery_proof_photo"),
    path(f"{_HOUSE}/halt/<public_id>/<slug:verb>/", riding.change_stop, name="delivery_stop"),
    path(f"{_HOUSE}/tour/<public_id>/", days.tour, name="delivery_tour"),
    path(f"{_HOUSE}/tour/<public_id>/<slug:verb>/", days.change_tour, name="delivery_tour_change"),
    path(f"{_HOUSE}/sendung/<public_id>/", hub.shipment, name="delivery_shipment"),
    path(f"{_HOUSE}/sendung/<public_id>/etiketten.pdf", hub.labels, name="delivery_labels"),
    path(
        f"{_HOUSE}/sendung/<public_id>/<slug:verb>/",
        hub.change_shipment,
        name="delivery_shipment_change",
    ),
    path(f"{_HOUSE}/paket/<public_id>/bild/", hub.damage_photo, name="delivery_damage_photo"),
    path(f"{_HOUSE}/paket/<public_id>/<slug:verb>/", hub.change_parcel, name="delivery_parcel"),
    path(f"{_HOUSE}/planen/", days.change, {"verb": "planen"}, name="delivery_plan"),
    path(f"{_HOUSE}/rueckgaengig/", days.change, {"verb": "zurueck"}, name="delivery_undo"),
    path(f"{_HOUSE}/verschieben/", days.change, {"verb": "verschieben"}, name="delivery_move"),
    path(f"{_HOUSE}/abholen/", days.change, {"verb": "abholen"}, name="delivery_fetch"),
    path(f"{_HOUSE}/einfuegen/", days.change, {"verb": "einfuegen"}, name="delivery_insert"),
    # the recipient's own page
    path("sendung/<secret>/", tracking.track, name="delivery_track"),
    path("sendung/<secret>/<slug:verb>/", tracking.wish, name="delivery_wish"),
    # a shop's own page
    path("versand/<secret>/", hub.sender, name="delivery_sender"),
    path("versand/<secret>/<public_id>.pdf", hub.sender_labels, name="delivery_sender_labels"),
    path("versand/<secret>/status.json", senders.events, {"kind": "json"}, name="delivery_events"),
    path(
        "versand/<secret>/status.csv", senders.events, {"kind": "csv"}, name="delivery_events_csv"
    ),
]
