"""What stands on the demo's shelves: kinds, weights, conditions, prices, pictures by chance."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from random import Random
from typing import NamedTuple

from wesprint.apps.goods.suggest import friendly
from wesprint.config.demo import story
from wesprint.config.demo.looks import Look, look_of
from wesprint.config.demo.pictures import draw
from wesprint.config.demo.wares import Deck, Ware, by_title, of_kind
from wesprint.platform.base.clock import now
from wesprint.platform.files.services import Prepared, prepare
from wesprint.platform.reference.facts import CategoryFacts
from wesprint.platform.reference.selectors import categories_by_id

GRADES = ("A", "B", "C", "D")
WITH_PICTURE = 0.92
VARIANTS = 3  # ways to show a thing whose title says nothing of its look


class Picture(NamedTuple):
    """What a picture shows; drawn only for what is still here at the end."""

    sign: str
    group: str
    look: Look


@dataclass(frozen=True, slots=True)
class Piece:
    """A thing before it comes in. `grams` is what the scale shows, `usual_g` what somebody says
    who does not weigh it; price in cents; waste: its key and route if it fails."""

    facts: CategoryFacts
    grams: int
    usual_g: int
    grade: str
    price: int
    title: str
    note: str
    picture: Picture | None
    days_on_shelf: float

    @property
    def sells_at_once(self) -> bool:
        return self.grade in "AB" and not self.facts.electrical

    @property
    def waste(self) -> tuple[str, str]:
        if self.facts.electrical:
            return story.ELECTRICAL_WASTE
        return story.WASTE_CODES.get(self.facts.group, story.REMAINDER)


class Pictures:
    """Each picture is drawn and stored once, and shown with every thing of that look."""

    def __init__(self) -> None:
        self._known: dict[Picture, Prepared] = {}

    def draw_all(self, wanted: Iterable[Picture]) -> None:
        """Beforehand and on all cores. Forked, because what is drawn needs no database and the
        forked process is ready at once."""
        new = [one for one in dict.fromkeys(wanted) if one not in self._known]
        forked = get_context("fork")
        with ProcessPoolExecutor(len(os.sched_getaffinity(0)), mp_context=forked) as cores:
            self._known.update(zip(new, cores.map(_drawn, new, chunksize=4), strict=True))

    def of(self, picture: Picture) -> Prepared:
        if picture not in self._known:
            self._known[picture] = _drawn(picture)
        return self._known[picture]


def _drawn(picture: Picture) -> Prepared:
    return prepare(draw(*picture))


class Shelf:
    """Draws pieces for one house; `shares`: how often each kind comes."""

    def __init__(self, chance: Random, shares: Mapping[str, float]) -> None:
        self.chance = chance
        self.by_id = categories_by_id(now().date())
        self.by_slug = {facts.slug: facts for facts in self.by_id.values()}
        self.kinds, self.weights = list(shares), list(shares.values())
        self.decks = {kind: Deck(of_kind(kind), chance) for kind in shares}

    def next_piece(self) -> Piece:
        kind = self.chance.choices(self.kinds, self.weights)[0]
        return self._piece(self.decks[kind].draw())

    def piece_like(self, title: str) -> Piece:
        """What somebody offered before."""
        return self._piece(by_title()[title])

    def _piece(self, ware: Ware) -> Piece:
        facts = self.by_slug[ware.kind]
        grade = self.chance.choices(GRADES, (20, 48, 22, 10))[0]
        return Piece(
            facts=facts,
            grams=ware.weigh(self.chance),
            usual_g=ware.usual_g,
            grade=grade,
            # mended first, then sold as B
            price=max(50, friendly(ware.price(self.chance, "B" if grade == "C" else grade))),
            title=ware.title,
            note=self.chance.choice(story.NOTES),
            picture=self._picture(facts, ware),
            days_on_shelf=12 if facts.batch else self.chance.choice((16, 32, 60)),
        )

    def _picture(self, facts: CategoryFacts, ware: Ware) -> Picture | None:
        look = look_of(ware.title, self.chance.randrange(VARIANTS))
        taken = self.chance.random() < WITH_PICTURE
        return Picture(ware.sign or facts.icon, facts.group, look) if taken else None
