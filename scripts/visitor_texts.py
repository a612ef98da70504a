"""Which texts a visitor meets: they are complete in every language that visitors may choose.

Templates count with all that they include or extend. Of a Python file the whole counts, or what
stands behind "::", the names of its classes and functions.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from repository import ROOT

PACKAGE = Path("src/wesprint")
TEMPLATES = (
    *(f"house/{name}.html" for name in ("region", "centre", "imprint", "privacy", "accessibility")),
    *(
        f"goods/{name}.html"
        for name in (
            "give", "offer_new", "household", "offer_follow", "rest", "shelf", "shelf_item",
            "search_new", "search", "collection", "pass",
        )
    ),
    *(f"flows/{name}.html" for name in ("account", "balance", "how", "list", "open_data")),
    *(f"market/{name}.html" for name in ("board", "booking", "entry", "listing", "window")),
    "workshop/follow.html",
    "web/errors/error.html",
    "web/errors/fragment.html",
)  # fmt: skip
LETTERS = ("apps/goods/templates/goods/letters", "apps/workshop/templates/workshop/letters")
PYTHON = (
    "apps/house/presenter.py",
    "apps/house/opening.py",
    "apps/goods/house.py",
    "apps/goods/flows.py",
    "apps/goods/flow_names.py",
    "apps/workshop/house.py",
    "apps/team/house.py::today,figures",
    "apps/market/house.py::today,-",
    "apps/goods/forms.py::ContactFields,DeliveryForm,SearchForm,OfferForm,HouseholdForm",
    "apps/goods/models/offers.py::OfferState,Way,Size",
    "apps/goods/models/items.py::ItemState",
    "apps/goods/models/appointments.py",
    "apps/goods/models/catalogue.py",
    "apps/goods/models/leaving.py::ReservationState",
    "apps/goods/presenters/giving.py",
    "apps/goods/presenters/shelf.py",
    "apps/goods/presenters/items.py",
    "apps/goods/presenters/collections.py",
    "apps/goods/presenters/appointments.py",
    "apps/goods/presenters/made.py",
    "apps/goods/rest_list.py",
    "apps/goods/services/appointments.py",
    "apps/goods/services/checks.py::check_choice,text_of,words_of,-",
    "apps/goods/services/contacts.py",
    "apps/goods/services/offers.py",
    "apps/goods/services/photos.py",
    "apps/goods/services/reservations.py",
    "apps/goods/services/searches.py",
    "apps/goods/services/waiting.py",
    "apps/goods/states.py",
    "apps/goods/views/appointments.py",
    "apps/goods/views/catalogue.py",
    "apps/goods/views/collections.py",
    "apps/goods/views/giving.py",
    "apps/goods/views/searches.py",
    "apps/goods/wanted.py",
    "apps/goods/words.py",
    "apps/flows/how.py",
    "apps/flows/models.py",
    "apps/flows/selectors/picture.py",
    "apps/flows/words.py",
    "apps/flows/views/account.py",
    "apps/flows/presenters/records.py::own_table,own_chart",
    "apps/flows/periods.py",
    "apps/flows/presenters/account.py",
    "apps/flows/public.py",
    "apps/flows/presenters/balance.py",
    "apps/flows/presenters/entries.py",
    "apps/flows/views/balance.py",
    "apps/flows/views/common.py",
    "apps/flows/views/lists.py",
    "apps/flows/views/open_data.py",
    "apps/market/forms.py::BookingForm,ApproachForm",
    "apps/market/models/exchange.py",
    "apps/market/models/window.py",
    "apps/market/presenters/exchange.py",
    "apps/market/presenters/window.py",
    "apps/market/services/bookings.py",
    "apps/market/views/common.py",
    "apps/market/views/exchange.py::_tabs,_chips,_more,entry,_approach,board",
    "apps/market/views/window.py",
    "apps/workshop/models/customers.py",
    "apps/workshop/presenters/customers.py",
    "apps/workshop/services/customers.py",
    "apps/workshop/views/customers.py",
    "platform/base/db.py",
    "platform/files/images.py",
    "platform/files/services.py",
    "platform/organisations/models.py::LegalForm,World,CentreKind,RelationKind",
    "web/errors.py",
    "web/formats.py",
    "web/http.py",
    "web/languages.py",
    "web/throttle.py",
)
INCLUDED = re.compile(r'{%\s*(?:include|extends)\s+"([^"]+)"')


def visitor_files() -> list[tuple[Path, frozenset[str]]]:
    """Each file with the names that count of it; none named: all."""
    letters = [path for folder in LETTERS for path in sorted((ROOT / PACKAGE / folder).glob("*"))]
    seen: dict[Path, None] = {}
    for name in TEMPLATES:
        _walk(_template(name), seen)
    for path in letters:
        _walk(path.relative_to(ROOT), seen)
    return [*((path, frozenset()) for path in seen), *map(_python, PYTHON)]


def _python(entry: str) -> tuple[Path, frozenset[str]]:
    path, _sign, names = entry.partition("::")
    return PACKAGE / path, frozenset(filter(None, names.split(",")))


def _walk(path: Path, seen: dict[Path, None]) -> None:
    if path in seen:
        return
    seen[path] = None
    for name in INCLUDED.findall((ROOT / path).read_text()):
        _walk(_template(name), seen)


def _template(name: str) -> Path:
    folders = [PACKAGE / "web/templates", *sorted((ROOT / PACKAGE / "apps").glob("*/templates"))]
    found = [ROOT / folder / name for folder in folders if (ROOT / folder / name).exists()]
    return found[0].relative_to(ROOT)


def lines_of(path: Path, names: frozenset[str]) -> Iterator[range]:
    """The lines of a Python file that count; "-" names what stands outside of any block."""
    tree = ast.parse((ROOT / path).read_text())
    blocks = [one for one in tree.body if isinstance(one, ast.ClassDef | ast.FunctionDef)]
    for one in blocks:
        if one.name in names:
            yield range(one.lineno, (one.end_lineno or one.lineno) + 1)
    if "-" in names:
        covered = {line for one in blocks for line in range(one.lineno, (one.end_lineno or 0) + 1)}
        yield from (
            range(one.lineno, (one.end_lineno or one.lineno) + 1)
            for one in tree.body
            if one.lineno not in covered
        )
