"""The tables of the open data: their fields, their words, their rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation

from wesprint.apps.flows import words
from wesprint.apps.flows.footprint import inputs_on
from wesprint.apps.flows.selectors import records, sums
from wesprint.apps.flows.selectors.picture import Picture
from wesprint.platform.base.words import Words
from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference.facts import ServiceFacts
from wesprint.platform.reference.models import FootprintFactor
from wesprint.platform.reference.selectors import holding, sources
from wesprint.web.sheets import Row

GRAMS = "grams"


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, its Frictionless type, what it says."""

    name: str
    type: str
    text: str
    required: bool = True

    @property
    def described(self) -> dict[str, Any]:
        found: dict[str, Any] = {"name": self.name, "type": self.type, "description": self.text}
        return found | ({"constraints": {"required": True}} if self.required else {})


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    title: str
    fields: tuple[Field, ...]
    rows: Iterable[Row]
    key: tuple[str, ...] = ()
    foreign: tuple[tuple[str, str, str], ...] = ()  # (column, table, column there)

    @property
    def schema(self) -> dict[str, Any]:
        found: dict[str, Any] = {"fields": [field.described for field in self.fields]}
        if self.key:
            found["primaryKey"] = list(self.key)
        if self.foreign:
            found["foreignKeys"] = [
                {"fields": [here], "reference": {"resource": table, "fields": [there]}}
                for here, table, there in self.foreign
            ]
        return found


def _text(name: str, text: str, *, required: bool = True) -> Field:
    return Field(name, "string", text, required)


def _whole(name: str, text: str) -> Field:
    return Field(name, "integer", text)


_HOUSE = _text("house", "short name of the house, as in its address")
_KIND = _text("kind", "kind of thing, as in kinds.csv")
_FLOW = _text("flow", "way of things, as in flows.csv")
_RANGE = (
    _whole("low_g", "low end, g CO2e"),
    _whole("central_g", "central value, g CO2e"),
    _whole("high_g", "high end, g CO2e"),
)
_SHARE = (
    _whole("low_permille", "low end, per mille"),
    _whole("central_permille", "central value, per mille"),
    _whole("high_permille", "high end, per mille"),
)


def of(found: Picture, houses: Sequence[Centre], day: date) -> Iterator[Table]:
    """All tables of a picture. Their rows are read as they are asked for."""
    on = min(found.period.last_day, day)
    yield _houses(houses)
    yield _flows(found)
    yield _kinds(found, houses)
    yield _stock(found, houses)
    yield _movements(found, houses)
    yield _corrections(found, houses)
    yield _answers(found, on)
    yield from _facts(on)
    yield from _costs(found, on)
    yield _own(found, houses)
    yield _baselines(houses)
    yield _sources()


def _houses(houses: Sequence[Centre]) -> Table:
    fields = (
        _HOUSE,
        _text("name", "name of the house"),
        _text("town", "where it stands"),
        _whole("gap_g", "weight of all things there now less the sum of all entries; 0"),
    )
    rows = ((one.slug, one.name, one.town, sums.gap(one)) for one in houses)
    return Table("houses", "Houses", fields, rows, ("house",))


def _flows(found: Picture) -> Table:
    fields = (
        _FLOW,
        _text("label_de", "German name"),
        _text("label_en", "English name"),
        _text("fate", "what it means for the things"),
    )
    return Table("flows", "Ways of things", fields, _flow_rows(found), ("flow",))


def _flow_rows(found: Picture) -> Iterator[Row]:
    """The declared ones in their order, then what else occurred."""
    known = dict(words.declared())
    for one in found.flows:
        known.setdefault(one.flow.name, one.flow)
    for flow in known.values():
        yield flow.name, _in("de", flow.label), _in("en", flow.label), flow.fate.value


def _in(language: str, label: Any) -> str:
    with translation.override(language):
        return str(label)


def _kinds(found: Picture, houses: Sequence[Centre]) -> Table:
    fields = (
        _KIND,
        _text("name_de", "German name"),
        _text("name_en", "English name"),
        _text("group", "group of the category tree"),
        _text("group_de", "German name of the group"),
        _text("group_en", "English name of the group"),
        Field("category", "boolean", "whether it is a category that factors speak of"),
    )
    rows = (
        (
            kind.category or kind.group,
            kind.name_de,
            kind.name_en,
            kind.group_only.group,
            kind.group_only.name_de,
            kind.group_only.name_en,
            str(kind.is_thing).lower(),
        )
        for kind in sums.kinds(houses, found.period)
    )
    return Table("kinds", "Kinds of things", fields, rows, ("kind",))


def _stock(found: Picture, houses: Sequence[Centre]) -> Table:
    fields = (
        _HOUSE,
        _KIND,
        _whole("start_g", "grams before the period"),
        _whole("end_g", "grams after the period"),
    )
    rows = (row for house in houses for row in sums.stock(house, found.period))
    foreign = (("house", "houses", "house"), ("kind", "kinds", "kind"))
    return Table("stock", "In the house", fields, rows, ("house", "kind"), foreign)


def _movements(found: Picture, houses: Sequence[Centre]) -> Table:
    fields = (
        _HOUSE,
        Field("day", "date", "day in the zone of the house"),
        _FLOW,
        _KIND,
        _text("basis", "measured, estimated or none"),
        _whole(GRAMS, "what it did to the stock: above zero came in, below zero went out"),
        _whole("entries", "number of entries, corrections included"),
    )
    rows = (row for house in houses for row in sums.movements(house, found.period))
    foreign = (("house", "houses", "house"), ("flow", "flows", "flow"), ("kind", "kinds", "kind"))
    key = ("house", "day", "flow", "kind", "basis")
    return Table("movements", "What flowed, day by day", fields, rows, key, foreign)


def _corrections(found: Picture, houses: Sequence[Centre]) -> Table:
    fields = (_HOUSE, _FLOW, _KIND, _whole("entries", "entries that took another one back"))
    rows = (row for house in houses for row in sums.corrections(house, found.period))
    key = ("house", "flow", "kind")
    return Table("corrections", "Mistakes taken back", fields, rows, key)


def _answers(found: Picture, on: date) -> Table:
    fields = (
        _text("group", "group of things that were handed over"),
        _whole("yes", "would have bought it new"),
        _whole("perhaps", "perhaps"),
        _whole("no", "would not"),
    )
    rows = ((group, one.yes, one.perhaps, one.no) for group, one in found.survey.groups)
    title = f"Would you have bought it new? Answers up to {on.isoformat()}"
    return Table("answers", title, fields, rows, ("group",))


def _facts(on: date) -> Iterator[Table]:
    yield _factors(on)
    inputs = inputs_on(on)
    category, name = _text("category", "category"), _text("name", "what it rests on")
    assumed = Field("assumed", "boolean", "no survey, but an assumption")
    yield Table(
        "displacement",
        "How often something used replaces something new, without own answers",
        (category, name, assumed, *_SHARE),
        (
            (slug, one.name, str(one.assumed).lower(), *_ends(one.permille))
            for slug, one in sorted(inputs.displacement.items())
        ),
        ("category",),
    )
    yield Table(
        "lifetime",
        "Remaining life as a share of a new one's",
        (_text("grade", "condition, A is best"), *_SHARE),
        ((grade, *_ends(one.permille)) for grade, one in sorted(inputs.lifetime.items())),
        ("grade",),
    )


def _ends(one: Any) -> tuple[int, int, int]:
    return one.low, one.central, one.high


def _factors(on: date) -> Table:
    texts = ("category__slug", "key", "source__slug", "per")
    numbers = ("low_g", "central_g", "high_g", "year")
    more = ("boundary", "method", "pedigree")
    rows = holding(FootprintFactor, on).order_by("category__slug", "key")
    fields = (
        _text("category", "category"),
        _text("key", "which figure of the source"),
        _text("source", "as in sources.csv"),
        _text("per", "item, or kg"),
        *_RANGE,
        _whole("year", "year of the figure"),
        _text("boundary", "what is counted in", required=False),
        _text("method", "how it follows from what was published", required=False),
        _text("pedigree", "reliability, completeness, time, place, technology; 1 is best"),
    )
    return Table(
        "factors",
        f"Emissions of making a new one, as they held on {on.isoformat()}",
        fields,
        rows.values_list(*texts, *numbers, *more),
        ("category", "key"),
        (("source", "sources", "source"),),
    )


def _costs(found: Picture, on: date) -> Iterator[Table]:
    """What is taken off: how much of it, and what one of it takes and emits."""
    inputs = inputs_on(on)
    yield Table(
        "spent",
        "What repairs and ways took; buyers' ways and extra use follow from movements.csv",
        (
            _text("kind", "as in services.csv, where no means is named"),
            _text("means", "where metres were counted: as in services.csv", required=False),
            _whole("quantity", "number of ways, metres, seconds or grams"),
            _whole("per", "how many of these make one"),
            Field("repair", "boolean", "repair, else a way"),
        ),
        (
            (one.kind, one.activity, one.quantity, one.per, str(one.is_repair).lower())
            for one in found.spent
        ),
        ("kind", "means"),
    )
    each = (
        _whole("low", "low end, thousandths of the unit"),
        _whole("central", "central value, thousandths of the unit"),
        _whole("high", "high end, thousandths of the unit"),
    )
    yield Table(
        "services",
        f"What one of it takes and emits, as it held on {on.isoformat()}",
        (_text("kind", "what"), _text("means", "what is used"), *each, *_RANGE, *_SOURCES),
        (_service_row(one) for one in inputs.services.values()),
        ("kind",),
        (("source", "sources", "source"), ("factor_source", "sources", "source")),
    )
    yield Table(
        "emissions",
        f"What a unit of each means emits, as it held on {on.isoformat()}",
        (_text("means", "what is used"), *_RANGE),
        ((means, *_ends(one)) for means, one in sorted(inputs.emitted.items())),
        ("means",),
    )
    yield Table(
        "extra_use",
        "Watt hours a year that an old device takes more than a new one",
        (
            _text("category", "category"),
            _whole("low_wh", "low end"),
            _whole("central_wh", "central value"),
            _whole("high_wh", "high end"),
            _whole("years", "life of a new one"),
            _text("source", "as in sources.csv"),
        ),
        (
            (slug, *_ends(one.yearly), one.years, one.source)
            for slug, one in sorted(inputs.extra_uses.items())
        ),
        ("category",),
        (("source", "sources", "source"),),
    )


_SOURCES = (
    _text("source", "of what one takes, as in sources.csv"),
    _text("factor_source", "of what it emits, as in sources.csv"),
)


def _service_row(one: ServiceFacts) -> Row:
    return (
        *(one.kind, one.activity),
        *_ends(one.each),
        *_ends(one.factor),
        *(one.source, one.factor_source),
    )


def _own(found: Picture, houses: Sequence[Centre]) -> Table:
    fields = (
        Field("month", "date", "first day of the month"),
        _text("activity", "what was used"),
        _whole("thousandths", "quantity in thousandths of the unit"),
        _text("unit", "unit of the factor"),
        *_RANGE,
        _text("source", "as in sources.csv"),
    )
    rows = (
        (
            line.month.isoformat(),
            line.activity,
            line.quantity,
            line.factor.unit,
            line.factor.low_g,
            line.factor.central_g,
            line.factor.high_g,
            line.factor.source.slug,
        )
        for line in records.own_lines(houses, found.period)
    )
    foreign = (("source", "sources", "source"),)
    return Table("own", "The houses' own footprint; never set off", fields, rows, (), foreign)


def _baselines(houses: Sequence[Centre]) -> Table:
    fields = (
        _HOUSE,
        _text("kind", "what was counted"),
        _whole("thousandths", "value in thousandths of the unit"),
        _text("unit", "counted in"),
        Field("as_of", "date", "day of the figure"),
        _text("source", "who counted it"),
        _text("note", "note", required=False),
    )
    rows = (
        (
            one.centre.slug,
            one.kind,
            one.value,
            english(one.unit),
            one.as_of,
            english(one.source),
            one.note,
        )
        for one in records.baselines(houses)
    )
    return Table("baselines", "How it was before", fields, rows)


def english(words: Words) -> str:
    """The open data speak English; a publication keeps its own title."""
    return words.to("en").text


def _sources() -> Table:
    fields = (
        _text("source", "short name"),
        _text("name", "title"),
        _text("publisher", "who published it"),
        _whole("year", "year"),
        _text("licence", "terms of use"),
        _text("boundary", "what is counted in", required=False),
        _text("pedigree", "quality marks", required=False),
        _text("note", "note", required=False),
    )
    rows = (
        (
            one.slug, english(one.name), english(one.publisher), one.year,
            english(one.licence), english(one.boundary), one.pedigree, english(one.note),
        )
        for one in sources()
    )  # fmt: skip
    return Table("sources", "Where the facts come from", fields, rows, ("source",))
