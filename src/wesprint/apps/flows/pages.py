"""All addresses of this room, for the walks of the tests. What they are about stands in the
test's small world (`town.things["flows"]`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from wesprint.web.rooms import Page


def _in_house(rest: str) -> Callable[[Any], str]:
    """`rest` may name things of the town: "ausgangswerte/{baseline}/"."""
    return lambda town: (
        f"/z/{town.centre.slug}/wirkung/{rest.format(**town.things.get('flows', {}))}"
    )


def _both(name: str, rest: str, *, shows: bool = True) -> Iterator[Page]:
    """The page of one house, and the same of the region."""
    yield Page(name, _in_house(rest), centre_bound=False, shows=shows)
    yield Page(f"{name}_region", lambda town: f"/wirkung/{rest}", centre_bound=False, shows=shows)


PAGES = (
    *_both("flows", ""),
    Page("flows_how", _in_house("so-gerechnet/"), centre_bound=False),
    Page("flows_json", _in_house("stoffbilanz.json"), centre_bound=False, shows=False),
    *_both("flows_balance", "stoffbilanz/"),
    *_both("flows_balance_csv", "stoffbilanz.csv", shows=False),
    *_both("flows_balance_xlsx", "stoffbilanz.xlsx", shows=False),
    *_both("flows_list", "liste/"),
    *_both("flows_open_data", "offene-daten/"),
    *_both("flows_open_data_zip", "offene-daten.zip", shows=False),
    Page("flows_own", _in_house("eigener-fussabdruck/"), "flows.view_records"),
    Page("flows_baselines", _in_house("ausgangswerte/"), "flows.view_records"),
    Page(
        "flows_baseline_withdraw",
        _in_house("ausgangswerte/{baseline}/zuruecknehmen/"),
        "flows.record_baseline",
        shows=False,
    ),
)

FOR_VISITORS = frozenset(
    {"flows_how"}
    | {
        f"{name}{where}"
        for name in ("flows", "flows_balance", "flows_list", "flows_open_data")
        for where in ("", "_region")
    }
)
