"""What stands on the demo's shelves: kinds, weights, conditions, prices, pictures by chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from wesprint.apps.goods.suggest import friendly
from wesprint.config.demo import story
from wesprint.config.demo.looks import Colour, colour_of, sign_of
from wesprint.config.demo.pictures import draw
from wesprint.platform.base.clock import now
from wesprint.platform.files.services import Prepared, prepare
from wesprint.platform.reference.facts import CategoryFacts
from wesprint.platform.reference.selectors import categories_by_id

GRADES = ("A", "B", "C", "D")
WITH_PICTURE = 0.85
COMMON = 1.5  # of a hundred things: kinds that come so often have two pictures


@dataclass(frozen=True, slots=True)
class Piece:
    """A thing before it comes in. price in cents; waste: its key and route if it fails."""

    facts: CategoryFacts
    grams: int
    grade: str
    price: int
    title: str
    note: str
    photos: tuple[Prepared, ...]
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
    """Each picture is drawn and stored once, and shown with many things."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, Colour | int], Prepared] = {}

    def of(self, facts: CategoryFacts, title: str, variant: int) -> Prepared:
        """Depends on the kind, on what the title says of the look, and on the variant alone."""
        sign, colour = sign_of(title, facts.icon), colour_of(title)
        key = (sign, colour or variant)
        if key not in self._known:
            chance = Random(f"{sign}/{variant}")  # noqa: S311 - a picture, no secret
            self._known[key] = prepare(draw(sign, facts.group, chance, colour))
        return self._known[key]


class Shelf:
    """Draws pieces for one house; `shares`: how often each kind comes."""

    def __init__(self, chance: Random, shares: Mapping[str, float], pictures: Pictures) -> None:
        self.chance, self.pictures = chance, pictures
        self.by_id = categories_by_id(now().date())
        by_slug = {facts.slug: facts for facts in self.by_id.values()}
        self.kinds = [by_slug[slug] for slug in shares]
        self.weights = list(shares.values())
        self.common = {slug for slug, share in shares.items() if share >= COMMON}

    def next_piece(self) -> Piece:
        facts = self.chance.choices(self.kinds, self.weights)[0]
        titles = story.TITLES.get(facts.slug, ("",))
        return self._piece(facts, self.chance.choice(titles))

    def piece_like(self, category_id: int | None, title: str) -> Piece:
        """What somebody offered before; of an unknown kind, something else."""
        facts = self.by_id.get(category_id or 0)
        return self._piece(facts, title) if facts else self.next_piece()

    def _piece(self, facts: CategoryFacts, title: str) -> Piece:
        grade = self.chance.choices(GRADES, (20, 48, 22, 10))[0]
        grams = self._grams(facts)
        cents = facts.guide_price("B" if grade == "C" else grade, grams)
        return Piece(
            facts=facts,
            grams=grams,
            grade=grade,
            price=max(50, friendly(round(cents * self.chance.uniform(0.8, 1.25)))),
            title=title,
            note=self.chance.choice(story.NOTES),
            photos=self._photos(facts, title),
            days_on_shelf=12 if facts.batch else self.chance.choice((16, 32, 60)),
        )

    def _grams(self, facts: CategoryFacts) -> int:
        """Between the lowest and the highest usual weight, as a scale shows it."""
        grams = self.chance.triangular(facts.low_g, facts.high_g, facts.typical_g)
        step = 10 if grams < 2_000 else 50 if grams < 20_000 else 500
        return max(step, round(grams / step) * step)

    def _photos(self, facts: CategoryFacts, title: str) -> tuple[Prepared, ...]:
        # Kinds without a word on their look have two pictures where they come often.
        often = facts.slug in self.common and facts.slug not in story.TITLES
        variant = self.chance.randrange(2) if often else 0
        if self.chance.random() >= WITH_PICTURE:
            return ()
        return (self.pictures.of(facts, title, variant),)
