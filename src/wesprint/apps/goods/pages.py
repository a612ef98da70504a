"""All addresses of this room, for the walks of the tests. What they are about stands in the
test's small world (`town.things["goods"]`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wesprint.web.rooms import Page


def _in_house(path: str) -> Callable[[Any], str]:
    """`path` may name things of the town: "artikel/{item}/"."""
    return lambda town: f"/z/{town.centre.slug}/{path.format(**town.things.get('goods', {}))}"


def _path(path: str) -> Callable[[Any], str]:
    return lambda town: path.format(**town.things["goods"])


def _public(name: str, path: Callable[[Any], str], *, shows: bool = True) -> Page:
    return Page(name, path, centre_bound=False, shows=shows)


def _work(name: str, path: str, permission: str, *, shows: bool = True) -> Page:
    return Page(name, _in_house(path), f"goods.{permission}", shows=shows)


_CHANGES = (
    ("preis", "set_price"),
    ("vom-regal", "set_price"),
    ("freigeben", "set_price"),
    ("abfall", "change_to_waste"),
    ("aus-dem-kaefig", "change_to_waste"),
    ("entsorgen", "change_to_waste"),
    ("gewicht", "correct"),
    ("zurueckziehen", "correct"),
    ("fotos", "take_in"),
)
_DECISIONS = (("zusagen", "accept"), ("nachfragen", "ask"), ("absagen", "decline"))

PAGES = (
    _public("give", _in_house("abgeben/")),
    _public("offer_new", _in_house("abgeben/angebot/")),
    _public("household", _in_house("abgeben/haushalt/")),
    _public("book", _path("/o/{offer_secret}/termin/"), shows=False),
    _public("book_cancel", _path("/o/{offer_secret}/termin/absagen/"), shows=False),
    _public("rest", _path("/rest/{rest_secret}/")),
    _public("rest_csv", _path("/rest/{rest_secret}/liste.csv"), shows=False),
    _public("rest_pdf", _path("/rest/{rest_secret}/liste.pdf"), shows=False),
    _work("appointments", "angebote/termine/", "view_offers"),
    _work("slot_close", "angebote/termine/{slot}/schliessen/", "set_house_rules", shows=False),
    _work("choose", "angebote/{clearance}/auswahl/", "view_offers"),
    _work("pass_on", "angebote/{clearance}/rest/", "answer_offers", shows=False),
    _work("diversion", "sperrmuell/", "view_diversion"),
    _work("diversion_csv", "sperrmuell/abrechnung.csv", "view_diversion", shows=False),
    _public("offer_follow", _path("/o/{offer_secret}/")),
    _public("offer_answer", _path("/o/{offer_secret}/antwort/"), shows=False),
    _public("offer_withdraw", _path("/o/{offer_secret}/zurueckziehen/"), shows=False),
    _public("offer_own_photo", _path("/o/{offer_secret}/foto/{offer_photo}/"), shows=False),
    _public("shelf", _in_house("warenhaus/")),
    _public("shelf_item", _in_house("warenhaus/{item}/")),
    _public("wait", _in_house("warenhaus/{item}/warteliste/"), shows=False),
    _public("feed", _in_house("warenhaus/neu.atom"), shows=False),
    _public("sitemap", _in_house("warenhaus/sitemap-{month}.xml"), shows=False),
    _public("search_new", _in_house("warenhaus/merken/")),
    _public("search", _path("/s/{search_secret}/")),
    *(
        _public(f"search_{name}", _path(f"/s/{{search_secret}}/{verb}/"), shows=False)
        for verb, name in (("ja", "confirm"), ("beenden", "end"), ("abmelden", "unsubscribe"))
    ),
    _public("collection", _path("/k/{collection_secret}/")),
    _public("collection_forget", _path("/k/{collection_secret}/vergessen/"), shows=False),
    _public("waiting_leave", _path("/k/{collection_secret}/warteliste/{waiting}/"), shows=False),
    _public("reservation", _path("/r/{reservation_secret}/"), shows=False),
    *(
        _public(f"reservation_{name}", _path(f"/r/{{reservation_secret}}/{verb}/"), shows=False)
        for verb, name in (("aufheben", "cancel"), ("liefern", "deliver"), ("abholen", "collect"))
    ),
    _public("pass", _path("/p/{item}")),
    _public("qr", _path("/p/{item}/qr.svg"), shows=False),
    Page("label", _path("/p/{item}/etikett.pdf"), "goods.view_counter", shows=False),
    _public("photo", _path("/foto/{photo}/320/"), shows=False),
    _work("offers", "angebote/", "view_offers"),
    _work("offer", "angebote/{offer}/", "view_offers"),
    _work("offer_photo", "angebote/{offer}/foto/{offer_photo}/", "view_offers", shows=False),
    *(
        _work(f"offer_{name}", f"angebote/{{offer}}/{verb}/", "answer_offers", shows=False)
        for verb, name in _DECISIONS
    ),
    _work("offer_telephone", "angebote/telefon/", "answer_offers"),
    _work("full", "angebote/voll/", "view_offers"),
    _work("intake", "annahme/", "view_counter"),
    _work("visit", "annahme/{visit}/", "view_counter"),
    _work("giver", "annahme/wer/", "view_counter"),
    _work("tiles", "annahme/arten/", "view_counter", shows=False),
    _work("advice", "annahme/vorschlag/", "view_counter", shows=False),
    _work("counter_language", "annahme/sprache/", "view_counter", shows=False),
    _work("labels", "annahme/{visit}/etiketten.pdf", "view_counter", shows=False),
    _work("intake_undo", "annahme/stueck/{item}/rueckgaengig/", "correct", shows=False),
    _work("collections", "abholen/", "view_hand_over"),
    _work("called", "abholen/angerufen/{waiting}/", "keep_collections", shows=False),
    _work("hand_over_desk", "uebergabe/", "view_hand_over"),
    _work("hand_over", "uebergabe/{item}/", "view_hand_over"),
    _work("take_back", "uebergabe/zuruecknehmen/{hand_over}/", "view_hand_over"),
    _work("week", "woche/", "view_week"),
    _work("tables", "einlesen/", "import_stock"),
    _work("table", "einlesen/{table}/", "import_stock"),
    *(
        _work(f"table_{verb}", f"einlesen/{{table}}/{verb}", "import_stock", shows=False)
        for verb in ("pruefen/", "annehmen/", "weglegen/", "abbrechen/", "stand/", "fehler.csv")
    ),
    _work("stock_csv", "bestand.csv", "view_items", shows=False),
    _work("stock_xlsx", "bestand.xlsx", "view_items", shows=False),
    _work("stock", "artikel/", "view_items"),
    _work("stock_item", "artikel/{item}/", "view_items"),
    _work("test", "artikel/{item}/pruefen/", "change_to_waste"),
    _work("product_data", "artikel/{item}/produktdaten/", "view_items"),
    _work("gates", "sperren/", "view_offers"),
    _work("capacity", "sperren/menge/", "view_offers"),
    _work("gate_end", "sperren/{gate}/aufheben/", "set_house_rules", shows=False),
    _work("rules", "regeln/", "view_items"),
    _work("outflows", "ausgaenge/", "view_items"),
    _work("recipient", "ausgaenge/empfaenger/", "change_to_waste", shows=False),
    _work("load", "ausgaenge/fuhre/", "view_items"),
    _work("load_back", "ausgaenge/fuhre/{load}/zuruecknehmen/", "change_to_waste", shows=False),
    _work("statement", "ausgaenge/bilanz/", "view_items"),
    _work("statement_csv", "ausgaenge/bilanz/abfallbilanz.csv", "view_items", shows=False),
    _work("statement_pdf", "ausgaenge/bilanz/abfallbilanz.pdf", "view_items", shows=False),
    _work("sell_part", "uebergabe/posten/{batch}/", "view_hand_over"),
    _work("batch", "artikel/{batch}/posten/", "view_items"),
    _work("lost", "artikel/{item}/verbleib/", "move", shows=False),
    _work("places", "lager/", "view_items"),
    _work("place", "lager/ort/{place}/", "view_items"),
    _work("place_close", "lager/ort/{place}/schliessen/", "set_places", shows=False),
    _work("scan", "lager/scannen/", "view_items"),
    _work("stocktakes", "lager/inventur/", "view_items"),
    _work("stocktake", "lager/inventur/{stocktake}/", "view_items"),
    _work("stocktake_result", "lager/inventur/{finished}/", "view_items"),
    _work("stocktake_finish", "lager/inventur/{stocktake}/beenden/", "count", shows=False),
    _work("ageing", "lager/lange-da/", "view_items"),
    _work("social", "sozialpass/", "view_items"),
    _work("social_end", "sozialpass/{social}/ende/", "set_house_rules", shows=False),
    _work("label_sheets", "lager/etiketten/", "view_counter"),
    _work("label_preview", "lager/etiketten/vorschau.png", "view_counter", shows=False),
    _work("label_print", "lager/etiketten/druck.pdf", "take_in", shows=False),
    _public("code", _path("/l/{place}"), shows=False),
    *(
        _work(f"stock_{verb}", f"artikel/{{item}}/{verb}/", permission, shows=False)
        for verb, permission in _CHANGES
    ),
)

FOR_VISITORS = frozenset(
    f"goods_{name}"
    for name in (
        *("give", "offer_new", "household", "rest", "book", "book_cancel"),
        *("offer_follow", "offer_answer", "offer_withdraw"),
        *("shelf", "shelf_item", "wait", "search_new", "feed"),
        *("search", "search_confirm", "search_end", "search_unsubscribe"),
        *("collection", "collection_forget", "waiting_leave", "reservation"),
        *("reservation_cancel", "deliver", "collect_instead", "pass"),
    )
)
