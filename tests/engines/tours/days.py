"""Days drawn by hand or at random, on a plane where a metre takes a second."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from wesprint.engines.tours import Client, Depot, End, Problem, Shipment, Vehicle, Window
from wesprint.engines.tours.problem import Matrix

BIKE = Vehicle("Rad", (100_000, 300), shift=Window(0, 36_000))


def plane(places: list[tuple[int, int]]) -> Matrix:
    at = np.array(places)
    return np.asarray(np.abs(at[:, None, :] - at[None, :, :]).sum(axis=2), dtype=np.int64)


def day(
    places: list[tuple[int, int]],
    clients: list[Client] | None = None,
    *,
    vehicles: tuple[Vehicle, ...] = (BIKE,),
    shipments: tuple[Shipment, ...] = (),
    depots: tuple[Depot, ...] = (Depot("Kaufhaus", 0),),
) -> Problem:
    """The depot is place 0; without clients every other place is one."""
    if clients is None:
        clients = [Client(f"K{n}", n) for n in range(1, len(places))]
    table = plane(places)
    return Problem(table, table, depots, vehicles, tuple(clients), shipments)


def line(*at: int) -> list[tuple[int, int]]:
    return [(0, 0), *((one, 0) for one in at)]


def random_day(seed: int, *, clients: int, pairs: int = 0, **vehicle: Any) -> Problem:
    """Windows, loads, releases, donations to fetch; bikes of two kinds, one with a cool box."""
    draw = random.Random(seed)
    places = [(0, 0)] + [
        (draw.randint(-900, 900), draw.randint(-900, 900)) for _ in range(clients + 2 * pairs)
    ]
    stops = [_client(draw, number) for number in range(1, clients + 1)]
    shipments = tuple(_pair(draw, clients + 1 + 2 * number) for number in range(pairs))
    usual: dict[str, Any] = {"shift": Window(0, 14_400), "reload": (0,), "reloads": 3}
    fleet = (
        Vehicle("Kühlrad", (80_000, 400), features=frozenset({"cool"}), **(usual | vehicle)),
        Vehicle("Rad", (60_000, 300), count=3, **(usual | vehicle)),
    )
    depot = Depot("Kaufhaus", 0, loading=120)
    return day(places, stops, vehicles=fleet, shipments=shipments, depots=(depot,))


def _client(draw: random.Random, number: int) -> Client:
    start = draw.randrange(0, 9_000, 600)
    half = draw.random() < 0.5
    windows: tuple[Window, ...] = (Window(start, start + 3_600) if half else Window(0, 14_400),)
    if draw.random() < 0.1:
        windows = (Window(600, 1_800), Window(7_200, 10_800))
    fetched = draw.random() < 0.15
    load = (draw.randint(200, 15_000), draw.randint(2, 60))
    return Client(
        f"K{number}",
        number,
        deliver=() if fetched else load,
        collect=load if fetched else (),
        service=180,
        windows=windows,
        release=0 if fetched or draw.random() < 0.75 else 3_600,
        needs=frozenset({"cool"}) if draw.random() < 0.1 else frozenset(),
    )


def _pair(draw: random.Random, place: int) -> Shipment:
    return Shipment(
        f"P{place}", End(place, 120), End(place + 1, 120), (draw.randint(500, 9_000), 20)
    )
