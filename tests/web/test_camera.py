"""Wherever a code is scanned the camera can read it, and nowhere else may its reader run."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.apps.account.test_desk import tablet
from tests.test_walk import pages, signed_in
from tests.world import furnish, make_town

pytestmark = pytest.mark.django_db

FIELD, CAMERA = re.compile(r"data-ws-scan[\s>=]"), re.compile(r"data-ws-camera[\s>]")
STOCK = {"goods/hand_over_desk", "goods/scan", "goods/stock", "goods/stocktake"}
HUB = {"delivery/hub", "delivery/tour"}
READER_MAY_RUN = {
    "account/desk",
    "delivery/day",
    "delivery/new",
    *HUB,
    "goods/hand_over_desk",
    "goods/scan",
    "goods/stock",
    "goods/stocktake",
    "goods/stocktake_result",
    "workshop/customer_order",
    "workshop/new",
    "workshop/order",
}


@pytest.mark.parametrize(
    ("role", "scans"),
    [
        ("staff", STOCK | HUB | {"workshop/new", "workshop/order"}),
        ("cashier", STOCK),
        ("auditor", {"goods/hand_over_desk", "goods/stock"}),
    ],
)
def test_every_field_for_a_code_has_a_camera(role: str, scans: set[str]) -> None:
    town = furnish(make_town())
    client = dict(signed_in(town, role))[role]
    scanning, without, allowed = set(), set(), set()
    for name, page in pages():
        answer = client.get(page.path(town)) if page.shows else None
        if answer is None or answer.status_code != 200:
            continue
        html = answer.content.decode()
        fields, cameras = len(FIELD.findall(html)), len(CAMERA.findall(html))
        may_run = "wasm-unsafe-eval" in answer.headers["Content-Security-Policy"]
        if fields:
            scanning.add(name)
        if fields != cameras or (fields and not may_run):
            without.add((name, fields, cameras, may_run))
        if may_run:
            allowed.add(name)
    assert (scanning, without) == (scans, set())
    assert allowed <= READER_MAY_RUN


def test_the_locked_tablet_reads_badges_with_its_camera() -> None:
    client, _device = tablet(make_town())
    answer = client.get("/theke/")
    assert len(CAMERA.findall(answer.content.decode())) == 1
    assert 'data-ws-facing="user"' in answer.content.decode()
    assert "wasm-unsafe-eval" in answer.headers["Content-Security-Policy"]
    assert "wasm-unsafe-eval" not in Client().get("/").headers["Content-Security-Policy"]
