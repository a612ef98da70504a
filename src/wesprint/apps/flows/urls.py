from __future__ import annotations

from django.urls import path

from wesprint.apps.flows.views import account, balance, lists, open_data, records

_HOUSE = "z/<slug:slug>/wirkung"


def _both(rest: str, view: object, name: str) -> list[object]:
    """The same page of one house and of the region."""
    return [
        path(f"{_HOUSE}/{rest}", view, name=name),  # type: ignore[call-overload]  # typed for each kind of view by itself
        path(f"wirkung/{rest}", view, name=f"{name}_region"),  # type: ignore[call-overload]  # typed for each kind of view by itself
    ]


urlpatterns = [
    path("wirkung/", account.region, name="flows_region"),
    path(f"{_HOUSE}/", account.centre, name="flows"),
    path(f"{_HOUSE}/so-gerechnet/", account.how, name="flows_how"),
    path(f"{_HOUSE}/stoffbilanz.json", account.table_json, name="flows_json"),
    *_both("stoffbilanz/", balance.page, "flows_balance"),
    *_both("stoffbilanz.csv", balance.as_csv, "flows_balance_csv"),
    *_both("stoffbilanz.xlsx", balance.as_xlsx, "flows_balance_xlsx"),
    *_both("liste/", lists.page, "flows_list"),
    *_both("offene-daten/", open_data.page, "flows_open_data"),
    *_both("offene-daten.zip", open_data.download, "flows_open_data_zip"),
    path(f"{_HOUSE}/eigener-fussabdruck/", records.own, name="flows_own"),
    path(f"{_HOUSE}/ausgangswerte/", records.baselines, name="flows_baselines"),
    path(
        f"{_HOUSE}/ausgangswerte/<public_id>/zuruecknehmen/",
        records.withdraw,
        name="flows_baseline_withdraw",
    ),
]
