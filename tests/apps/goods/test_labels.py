"""Labels as they come out of the printer: whatever is long, the price is there and nothing lies
under something else. Looked at as pictures, in every paper that the house can choose."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image, ImageChops

from wesprint.apps.goods import labels
from wesprint.apps.goods.labels import Label, Paper, papers

PPI = 110
USUAL = Label(
    "K7M2Q4P9RA",
    "Sideboard aus Eiche",
    "31,5 kg · Zustand B, gut",
    "55,00 €",
    "Kaufhaus am Markt",
    "https://kaufhaus.example/p/K7M2Q4P9RA",
)
LONG = replace(
    USUAL,
    title="Wohnzimmerschrank mit Glasvitrine, Nussbaum furniert, drei Teile, 1970er Jahre",
    facts="128 kg · Zustand C, braucht eine helfende Hand",
    price="1.250,00 €",
    house="Genossenschaftskaufhaus Neheim-Hüsten",
)
Box = tuple[float, float, float, float]  # left, top, right, bottom in millimetres


def picture(one: Label, paper: Paper, copies: int = 1) -> Image.Image:
    return Image.open(io.BytesIO(labels.preview([one] * copies, paper))).convert("L")


def inked(image: Image.Image) -> Box:
    return _millimetres(ImageChops.invert(image).getbbox())


def differs(one: Label, other: Label, paper: Paper) -> Box:
    """Where two labels are not the same."""
    found = ImageChops.difference(picture(one, paper), picture(other, paper)).getbbox()
    return _millimetres(found)


def _millimetres(found: tuple[int, int, int, int] | None) -> Box:
    assert found is not None
    left, top, right, bottom = (pixels / PPI * 25.4 for pixels in found)
    return left, top, right, bottom


@pytest.mark.parametrize("slug", papers())
@pytest.mark.parametrize("one", [USUAL, LONG], ids=["usual", "long"])
def test_nothing_is_cut_off_by_the_printers_edge(slug: str, one: Label) -> None:
    paper = papers()[slug]
    left, top, right, bottom = inked(picture(one, paper, paper.per_page))
    width, height = (210.0, 297.0) if paper.is_sheet else (paper.width, paper.height)
    edge = 4.8 if paper.is_sheet else 1.2
    assert min(left, top, width - right, height - bottom) >= edge


@pytest.mark.parametrize("slug", papers())
@pytest.mark.parametrize("price", ["55,00 €", "1.250,00 €", "12,00 € je Kilogramm", "verschenkt"])
def test_the_price_stands_whole_between_title_and_foot(slug: str, price: str) -> None:
    """Two prices of the same length differ from their first to their last line, and the number
    below them keeps its place."""
    paper = papers()[slug]
    priced = replace(LONG, price=price)
    other = replace(LONG, price="".join("8" if sign.isalnum() else sign for sign in price))
    _left, top, right, bottom = differs(priced, other, paper)
    foot = differs(priced, replace(priced, id=USUAL.id[::-1]), paper)
    assert bottom - top > 1.2
    assert bottom < foot[1]
    assert right <= paper.left + paper.width


@pytest.mark.parametrize("slug", papers())
def test_the_number_and_the_house_stand_beside_each_other(slug: str) -> None:
    paper = papers()[slug]
    number = differs(LONG, replace(LONG, id=USUAL.id[::-1]), paper)
    if paper.height >= 25:  # a small label names no house
        house = differs(LONG, replace(LONG, house=LONG.house.replace("e", "o")), paper)
        assert number[2] < house[0]


def test_what_belongs_together_is_not_torn_apart() -> None:
    """ "Zustand B, gut" on one line, with nothing hanging over at the end of the one before."""
    paper = papers()[labels.USUAL_ROLL]
    whole = replace(USUAL, facts="31,5\u00a0kg · Zustand\u00a0B,\u00a0gut")
    only = replace(USUAL, facts="Zustand B, gut")
    assert ImageChops.difference(picture(USUAL, paper), picture(whole, paper)).getbbox() is None
    first, second = differs(USUAL, only, paper), differs(USUAL, replace(USUAL, facts=""), paper)
    assert first[3] <= second[3]
