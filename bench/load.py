"""Load for benchmarks: users that read pages, and the figures that are reported."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import os
import platform
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answers:
    """Latencies in milliseconds, sorted, and how many answers were not 200."""

    latencies: tuple[float, ...]
    errors: int
    seconds: float

    def percentile(self, share: float) -> float:
        position = min(len(self.latencies) - 1, int(len(self.latencies) * share))
        return round(self.latencies[position], 1)

    @property
    def rate(self) -> float:
        return round(len(self.latencies) / self.seconds, 1)


def read_pages(
    url: str, paths: Sequence[str], *, users: int, seconds: float, cookie: str = ""
) -> Answers:
    """`users` readers, each with a connection of its own, one page after the other. cookie:
    of somebody who is signed in."""
    headers = {"Accept-Language": "de", **({"Cookie": cookie} if cookie else {})}
    address = urlsplit(url)
    end = time.perf_counter() + seconds
    latencies: list[float] = []
    errors: list[int] = []

    def reader(number: int) -> None:
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=30)
        turn = itertools.islice(itertools.cycle(paths), number, None)
        while time.perf_counter() < end:
            started = time.perf_counter()
            connection.request("GET", next(turn), headers=headers)
            answer = connection.getresponse()
            answer.read()
            latencies.append((time.perf_counter() - started) * 1000)
            if answer.status != 200:
                errors.append(answer.status)
        connection.close()

    threads = [threading.Thread(target=reader, args=(number,)) for number in range(users)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Answers(tuple(sorted(latencies)), len(errors), time.perf_counter() - started)


def cpu_seconds(process: int) -> float:
    """Of a process and all below it so far: what a page costs, whoever else uses the machine."""
    spent: dict[int, float] = {}
    below: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            fields = stat.read_text().rpartition(")")[2].split()
            one = int(stat.parent.name)
            spent[one] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            below.setdefault(int(fields[1]), []).append(one)
    family, total = [process], 0.0
    while family:
        one = family.pop()
        total += spent.get(one, 0.0)
        family += below.get(one, [])
    return total


def report(job: str, value: float, unit: str, **conditions: object) -> None:
    """One line of JSON, as `make bench` prints them."""
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    # Of the last minute: what else ran on the machine, and this measurement itself.
    about = conditions | {"on": machine, "load": round(os.getloadavg()[0], 1)}
    line = {"job": job, "value": value, "unit": unit, "conditions": about}
    print(json.dumps(line, ensure_ascii=False), flush=True)
