"""Product feeds and tables, good ones and others."""

from __future__ import annotations

import pytest
from django.utils import translation

from wesprint.apps.market import feeds
from wesprint.apps.market.wares import Ware
from wesprint.kernel.errors import Invalid

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Korn</title>
<item><g:id>R1</g:id><g:title>Roggenbrot</g:title>
 <description>&lt;b&gt;Aus&lt;/b&gt; dem Ofen</description>
 <g:price>5.20 EUR</g:price><g:availability>in_stock</g:availability><g:quantity>6</g:quantity>
 <g:google_product_category>Food, Beverages &amp; Tobacco &gt; Bread</g:google_product_category>
 <g:image_link>https://korn.example/r1.jpg</g:image_link><g:gtin>4001234567890</g:gtin>
 <g:shipping><g:price>4.90 EUR</g:price></g:shipping></item>
<item><g:id>R2</g:id><title>Zopf</title><g:price>USD 3</g:price></item>
<item><g:id>R3</g:id><title>Hefezopf</title><g:price>3,80 €</g:price>
 <g:availability>out_of_stock</g:availability></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0">
<title>Korn</title><entry><id>tag:1</id><title>Roggenbrot</title><summary>Laib</summary>
<g:id>R1</g:id><g:price>5.20</g:price></entry></feed>"""


def test_rss_with_the_product_namespace() -> None:
    with translation.override("en"):
        read = feeds.read(RSS.encode())
    assert read.wares == (
        Ware(
            "Roggenbrot", 520, stock=6, ref="R1", text="Aus dem Ofen", kind="food",
            identification="4001234567890", image_url="https://korn.example/r1.jpg",
        ),
        Ware("Hefezopf", 380, stock=0, ref="R3"),
    )  # fmt: skip
    assert [(one.row, one.title, str(one.what)) for one in read.faults] == [
        (2, "Zopf", "“USD 3” is no price in euros.")
    ]


def test_atom() -> None:
    assert feeds.read(ATOM.encode()).wares == (
        Ware("Roggenbrot", 520, stock=1, ref="R1", text="Laib"),
    )


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_tables_with_their_usual_separators(sign: str) -> None:
    rows = [
        ["Nummer", "Titel", "Preis", "Bestand", "Umkreis km"],
        ["7", "Korb", "12.50", "3", "20"],
    ]
    text = "\r\n".join(sign.join(row) for row in rows)
    assert feeds.read(text.encode()).wares == (
        Ware("Korb", 1250, stock=3, ref="7", made_within_km=20),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_whatever_a_spreadsheet_writes(encoding: str) -> None:
    text = "titel;preis;hersteller;hersteller-adresse;hersteller-email\n"
    text += "Töpfe „groß“;8,00 €;Müller;Weg 1, 59821 Arnsberg;m@example.org\n"
    (ware,) = feeds.read(text.encode(encoding)).wares
    assert (ware.title, ware.price_cents, ware.maker_name) == ("Töpfe „groß“", 800, "Müller")


def test_each_faulty_row_is_named_and_the_good_ones_are_taken() -> None:
    text = (
        "id;title;price;stock;maker_name\n"
        "1;Korb;12,50;3;\n"
        "1;Noch einer;9;1;\n"
        "2;;9;1;\n"
        "3;Tasse;0;1;\n"
        "4;Tasse;viel;1;\n"
        "5;Tasse;9;drei;\n"
        "6;Tasse;9;1;Müller\n"
        "\n"
        "7;Tasse;99999999;1;\n"
    )
    read = feeds.read(text.encode())
    assert [ware.ref for ware in read.wares] == ["1"]
    assert [(one.row, one.title) for one in read.faults] == [
        (3, "Noch einer"), (4, ""), (5, "Tasse"), (6, "Tasse"), (7, "Tasse"), (8, "Tasse"),
        (9, "Tasse"),
    ]  # fmt: skip


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    '<!ENTITY lol2 "&lol;&lol;&lol;&lol;">]><rss><item><title>&lol2;</title></item></rss>'
)
OUTSIDE = (
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<rss><item><title>&x;</title><price>1</price></item></rss>"
)


@pytest.mark.parametrize("text", [LAUGHS, OUTSIDE, f"<rss>{'<a>' * 200}"])
def test_hostile_xml_is_not_read(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        feeds.read(text.encode())
    assert caught.value.code == "hostile-feed"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html><body>Shop</body></html>", b"<rss><item><title>Br", b"hello", bytes(9),
        b"\x1f\x8b\x08\x00", b"title;text\nKorb;schoen\n", b"<rss/>", b'title;price\n"',
        b'<?xml version="1.0" encoding="no-such"?><rss/>',
    ],
)  # fmt: skip
def test_what_is_no_feed(body: bytes) -> None:
    try:
        read = feeds.read(body)
    except Invalid as error:
        assert error.code == "no-feed"
    else:
        assert read.wares == ()


def test_the_beginning_of_a_feed_that_is_too_large_still_counts() -> None:
    items = "".join(
        f"<item><id>{number}</id><title>Korb</title><price>9</price></item>" for number in range(50)
    )
    whole = f"<rss><channel>{items}</channel></rss>".encode()
    read = feeds.read(whole[:2000], cut=True)
    assert (read.cut, len(read.wares) > 20, read.faults) == (True, True, ())


def test_no_more_than_so_many_goods() -> None:
    rows = "".join(f"{number};Korb;9\n" for number in range(feeds.MOST + 5))
    read = feeds.read(f"id;title;price\n{rows}".encode())
    assert (len(read.wares), read.cut) == (feeds.MOST, True)
