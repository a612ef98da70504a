from __future__ import annotations

from django.urls import path

from wesprint.apps.workshop.views import board, customers, orders, results, stock

_HOUSE = "z/<slug:slug>/werkstatt"

urlpatterns = [
    path(f"{_HOUSE}/", board.board, name="workshop_board"),
    path(f"{_HOUSE}/abgeschlossen/", board.archive, name="workshop_archive"),
    path(f"{_HOUSE}/neu/", board.new_order, name="workshop_new"),
    path(f"{_HOUSE}/reparatur/", customers.take_in, name="workshop_repair"),
    path(f"{_HOUSE}/material/", stock.lots, name="workshop_lots"),
    path(f"{_HOUSE}/reste/", stock.fractions, name="workshop_fractions"),
    path(f"{_HOUSE}/saetze/", stock.rates, name="workshop_rates"),
    path(f"{_HOUSE}/<public_id>/", orders.order, name="workshop_order"),
    path(f"{_HOUSE}/<public_id>/ergebnis/", results.weigh, name="workshop_results"),
    path(f"{_HOUSE}/<public_id>/bilanz/", results.balance, name="workshop_balance"),
    path(f"{_HOUSE}/<public_id>/pruefung/", customers.test, name="workshop_test"),
    path(f"{_HOUSE}/<public_id>/kundschaft/<slug:verb>/", customers.change, name="workshop_care"),
    path(f"{_HOUSE}/<public_id>/<slug:verb>/", orders.change, name="workshop_change"),
    # the customer's own page
    path("w/<secret>/", customers.follow, name="workshop_follow"),
    path("w/<secret>/ja/", customers.say_yes, name="workshop_yes"),
    path("w/<secret>/nein/", customers.say_no, name="workshop_no"),
]
