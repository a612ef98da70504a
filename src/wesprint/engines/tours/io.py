"""Public instances: VRPLIB (`.vrp`), Solomon and Li-Lim (`.txt`).

Distances are Euclidean. The field counts them in its own ways: `CONVENTIONS` says which file gets
which, so that a cost can be laid beside the best known one. We compute in whole steps of `1/scale`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wesprint.engines.tours.problem import (
    Client,
    Depot,
    End,
    InvalidProblem,
    Matrix,
    Problem,
    Shipment,
    Vehicle,
    Window,
)

Floats = NDArray[np.float64]
Rows = list[list[float]]


@dataclass(frozen=True)
class Convention:
    """Distances as the best-known values count them; a cost of ours / `scale` is theirs."""

    rounding: Callable[[Floats], Floats]
    scale: int
    times: int
    """Windows, service and release times of the file are multiplied by this."""


CONVENTIONS: Final = {
    # X and most others of VRPLIB: to the nearest whole number
    "CVRP": Convention(np.rint, 1, 1),
    # the DIMACS challenge: cut to one decimal; the multi-trip files count tenths as whole
    "VRPTW": Convention(lambda exact: np.floor(exact * 10), 10, 10),
    "MTVRPTWR": Convention(lambda exact: np.floor(exact * 10), 1, 10),
    # heterogeneous fleets: exact, and their costs per unit of way are hundredths
    "HFVRP": Convention(lambda exact: np.rint(exact * 10), 1000, 10),
    # the .txt files: exact
    "exact": Convention(lambda exact: np.rint(exact * 1000), 1000, 1000),
}


@dataclass(frozen=True)
class Instance:
    name: str
    problem: Problem
    scale: int


def read_instance(path: Path) -> Instance:
    """Raises InvalidProblem that says what is wrong with the file, OSError for none."""
    try:
        text = path.read_text(encoding="utf-8", errors="strict")
        if re.search(r"(?m)^\s*[A-Z_]+_SECTION", text):
            return _vrplib(path, text)
        rows = [line.split() for line in text.splitlines() if line.strip()]
        if "CUSTOMER" in text.upper():
            return _solomon(path, rows)
        return _li_lim(path, rows)
    except InvalidProblem:
        raise
    except (ValueError, IndexError, KeyError) as error:
        raise InvalidProblem(f"{path.name} is no VRPLIB, Solomon or Li-Lim file: {error}") from None


def _distances(places: Rows, convention: Convention) -> Matrix:
    at = np.array(places, dtype=np.float64)
    apart = np.hypot(*(at[:, None, :] - at[None, :, :]).transpose(2, 0, 1))
    return convention.rounding(apart).astype(np.int64)


def _problem(
    distances: Matrix, vehicles: tuple[Vehicle, ...], depot: Depot, **tasks: tuple[object, ...]
) -> Problem:
    return Problem(distances, distances, (depot,), vehicles, **tasks)  # type: ignore[arg-type]  # clients or shipments


# -- Solomon and Li-Lim ---------------------------------------------------------------------


def _solomon(path: Path, rows: list[list[str]]) -> Instance:
    numbers = [
        [float(one) for one in row] for row in rows if re.fullmatch(r"[\d.\s-]+", " ".join(row))
    ]
    (count, capacity), customers = numbers[0], numbers[1:]
    by = CONVENTIONS["exact"]
    distances = _distances([row[1:3] for row in customers], by)
    clients = tuple(
        Client(
            str(int(row[0])),
            place,
            deliver=(int(row[3]),),
            service=round(row[6] * by.times),
            windows=(_window(row[4], row[5], by),),
        )
        for place, row in enumerate(customers)
        if place
    )
    return Instance(
        path.stem,
        _problem(
            distances, (_van(int(count), capacity),), _hub(customers[0][4:6], by), clients=clients
        ),
        by.scale,
    )


def _li_lim(path: Path, rows: list[list[str]]) -> Instance:
    (count, capacity, _speed), *tasks = [[float(one) for one in row] for row in rows]
    by = CONVENTIONS["exact"]
    distances = _distances([row[1:3] for row in tasks], by)
    ends = [End(place, round(row[6] * by.times), _window(row[4], row[5], by))
            for place, row in enumerate(tasks)]  # fmt: skip
    shipments = tuple(
        Shipment(str(place), ends[place], ends[int(row[8])], amount=(int(row[3]),))
        for place, row in enumerate(tasks)
        if place and row[8]
    )
    return Instance(
        path.stem,
        _problem(
            distances, (_van(int(count), capacity),), _hub(tasks[0][4:6], by), shipments=shipments
        ),
        by.scale,
    )


def _window(start: float, end: float, by: Convention) -> Window:
    return Window(round(start * by.times), round(end * by.times))


def _hub(window: list[float], by: Convention) -> Depot:
    start, end = window
    return Depot("depot", 0, window=_window(start, end, by))


def _van(count: int, capacity: float) -> Vehicle:
    return Vehicle("vehicle", (int(capacity),), count=count, cost_second=0)


# -- VRPLIB ---------------------------------------------------------------------------------


def _vrplib(path: Path, text: str) -> Instance:
    head, sections = _parts(text)
    if head.get("EDGE_WEIGHT_TYPE", "EUC_2D") != "EUC_2D":
        raise InvalidProblem(f"{path.name}: distances of type {head['EDGE_WEIGHT_TYPE']}")
    by = _convention(head, sections)
    size = int(head["DIMENSION"])
    distances = _distances([row[1:3] for row in sections["NODE_COORD_SECTION"]], by)
    columns = {name: _column(sections, name, size) for name in
               ("DEMAND_SECTION", "RELEASE_TIME_SECTION", "SERVICE_TIME_SECTION")}  # fmt: skip
    windows = [_window(row[1], row[2], by) for row in sections.get("TIME_WINDOW_SECTION", [])]
    windows = windows or [Window()] * size
    service = float(head.get("SERVICE_TIME", 0))
    clients = tuple(
        Client(
            str(place),
            place,
            deliver=(int(columns["DEMAND_SECTION"][place]),),
            service=round((columns["SERVICE_TIME_SECTION"][place] or service) * by.times),
            windows=(windows[place],),
            release=round(columns["RELEASE_TIME_SECTION"][place] * by.times),
        )
        for place in range(1, size)
    )
    depot = Depot("depot", 0, window=windows[0])
    problem = _problem(distances, _fleet(head, sections, size), depot, clients=clients)
    return Instance(head.get("NAME", path.stem), problem, by.scale)


def _parts(text: str) -> tuple[dict[str, str], dict[str, Rows]]:
    head: dict[str, str] = {}
    sections: dict[str, Rows] = {}
    rows: Rows | None = None
    for line in text.splitlines():
        word = line.strip()
        if word == "EOF" or not word:
            continue
        if word.endswith("_SECTION"):
            rows = sections.setdefault(word, [])
        elif rows is None:
            name, _colon, value = word.partition(":")
            head[name.strip()] = value.strip()
        else:
            rows.append([float(one) for one in word.split()])
    return head, sections


def _convention(head: dict[str, str], sections: dict[str, Rows]) -> Convention:
    if "CAPACITY_SECTION" in sections:
        return CONVENTIONS["HFVRP"]
    kind = head.get("TYPE", "CVRP")
    if kind in CONVENTIONS:
        return CONVENTIONS[kind]
    return CONVENTIONS["VRPTW" if "TIME_WINDOW_SECTION" in sections else "CVRP"]


def _column(sections: dict[str, Rows], name: str, size: int) -> list[float]:
    rows = sections.get(name)
    return [row[1] for row in rows] if rows else [0.0] * size


def _fleet(head: dict[str, str], sections: dict[str, Rows], size: int) -> tuple[Vehicle, ...]:
    """One kind of vehicle, or as many as CAPACITY_SECTION has rows."""
    count = int(head.get("VEHICLES", size - 1))
    reload = "VEHICLES_RELOAD_DEPOT_SECTION" in sections
    more = {"reload": (0,), "reloads": size} if reload else {}
    if "CAPACITY_SECTION" not in sections:
        van = Vehicle("vehicle", (int(head["CAPACITY"]),), count=count, cost_second=0, **more)  # type: ignore[arg-type]  # reload, reloads
        return (van,)
    costs = sections.get("VEHICLES_UNIT_DISTANCE_COST_SECTION")
    return tuple(
        Vehicle(
            f"vehicle {number}",
            (int(row[1]),),
            cost_second=0,
            cost_metre=int(costs[number][1]) if costs else 1,
        )
        for number, row in enumerate(sections["CAPACITY_SECTION"])
    )
