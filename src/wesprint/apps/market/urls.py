from __future__ import annotations

from django.urls import path

from wesprint.apps.market.views import consigning, exchange, mine, office, supplying, window

_HOUSE = "z/<slug:slug>"
_OWN = "l/<secret>"
_MONEY = f"{_HOUSE}/abrechnungen"

urlpatterns = [
    # the window
    path(f"{_HOUSE}/schaufenster/", window.window, name="market_window"),
    path(f"{_HOUSE}/schaufenster/mitmachen/", window.join, name="market_join"),
    path(f"{_HOUSE}/schaufenster/<public_id>/", window.listing, name="market_listing"),
    path("b/<secret>/", window.booking, name="market_booking"),
    path("b/<secret>/aufheben/", window.cancel, name="market_booking_cancel"),
    path("schaufenster/foto/<photo_id>/<int:size>/", window.photo, name="market_photo"),
    # for whoever signed in
    path("schaufenster/meins/", mine.mine, name="market_mine"),
    path("schaufenster/meins/<public_id>.pdf", mine.settlement_pdf, name="market_my_settlement"),
    # the supplier's own page
    path(f"{_OWN}/", supplying.home, name="market_supplier"),
    path(f"{_OWN}/ware/", supplying.ware, name="market_ware_new"),
    path(f"{_OWN}/tabelle/", supplying.table, name="market_table"),
    path(f"{_OWN}/muster.csv", supplying.sample, name="market_sample"),
    path(f"{_OWN}/abgeholt/<public_id>/", supplying.collected, name="market_collected"),
    path(f"{_OWN}/ware/<public_id>/", supplying.ware, name="market_ware"),
    path(f"{_OWN}/ware/<public_id>/<slug:verb>/", supplying.state, name="market_ware_state"),
    # the house and its suppliers
    path(f"{_HOUSE}/lieferanten/", office.suppliers, name="market_suppliers"),
    path(f"{_HOUSE}/lieferanten/<public_id>/", office.supplier, name="market_supplier_decide"),
    path(f"{_HOUSE}/lieferanten/ware/<public_id>/", office.hide, name="market_hide"),
    path(f"{_HOUSE}/bereitgelegt/", office.bookings, name="market_bookings"),
    path(f"{_HOUSE}/bereitgelegt/<public_id>/", office.hand_out, name="market_hand_out"),
    # consignments
    path(f"{_HOUSE}/kommission/", consigning.overview, name="market_consignments"),
    path(f"{_HOUSE}/kommission/neu/", consigning.agree, name="market_agree"),
    path(f"{_HOUSE}/kommission/<public_id>/", consigning.consignment, name="market_consignment"),
    path(f"{_HOUSE}/kommission/<public_id>/annahme/", consigning.bring, name="market_bring"),
    path(f"{_HOUSE}/kommission/<public_id>/<item>/<slug:verb>/", consigning.end, name="market_end"),
    path(f"{_MONEY}/", consigning.settlements, name="market_settlements"),
    path(f"{_MONEY}/auszahlung/", consigning.draw_up_payout, name="market_payout_new"),
    path(f"{_MONEY}/auszahlung/<public_id>/bezahlt/", consigning.paid, name="market_paid"),
    path(f"{_MONEY}/auszahlung/<public_id>.csv", consigning.payout_csv, name="market_payout_csv"),
    path(f"{_MONEY}/<public_id>.pdf", consigning.settlement_pdf, name="market_settlement_pdf"),
    path(f"{_MONEY}/<public_id>.csv", consigning.settlement_csv, name="market_settlement_csv"),
    path(f"{_MONEY}/<public_id>/", consigning.settlement, name="market_settlement"),
    # the exchange
    path(f"{_HOUSE}/materialboerse/", exchange.board, name="market_board"),
    path(f"{_HOUSE}/materialboerse/neu/", exchange.new, name="market_entry_new"),
    path(f"{_HOUSE}/materialboerse/post/", exchange.letter_sent, name="market_letter_sent"),
    path("materialboerse/<public_id>/", exchange.entry, name="market_entry"),
    path("materialboerse/foto/<photo_id>/<int:size>/", exchange.photo, name="market_entry_photo"),
    path("m/<secret>/", exchange.own, name="market_own_entry"),
    path("m/<secret>/<slug:verb>/", exchange.own_verb, name="market_own_verb"),
    path("m/<secret>/<public_id>/<slug:verb>/", exchange.answer, name="market_answer"),
    path("mi/<secret>/", exchange.approach, name="market_approach"),
    path(f"{_HOUSE}/materialboerse/pruefen/", exchange.to_look_at, name="market_moderation"),
    path(f"{_HOUSE}/materialboerse/pruefen/<public_id>/", exchange.decide, name="market_moderate"),
    path(
        f"{_HOUSE}/materialboerse/pruefen/<public_id>/foto/",
        exchange.photo_to_look_at,
        name="market_moderate_photo",
    ),
]
