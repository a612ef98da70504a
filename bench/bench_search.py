"""Search over 100,000 documents: one JSON line per kind of question.

`.venv/bin/python bench/bench_search.py [--documents N] [--questions N]`; the database is a
scratch one of its own: a file in a temporary folder, or `<name>_bench_search` beside the one
that DATABASE_URL names. It is made anew and dropped at the end.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wesprint.config.settings")
os.environ["WESPRINT_VAR"] = tempfile.mkdtemp(prefix="wesprint-bench-")

sys.path.insert(0, str(Path(__file__).parents[1]))

import django
from bench.load import report

ATTRIBUTES = (
    "aus Eiche", "weiß", "schwarz", "klein", "groß", "neuwertig", "mit Zubehör", "antik", "rund",
    "aus Buche", "grün", "blau", "gebraucht", "massiv", "klappbar", "für Kinder", "60er Jahre",
)  # fmt: skip
MAKERS = ("Nordholz", "Brauer", "Silvana", "Kessler", "Wolters", "Lindqvist", "Hartmann", "Odel")
SYLLABLES = (
    "ba", "ko", "mi", "tra", "sel", "ner", "fu", "lo", "gra", "ste", "wi", "po", "ren", "dal",
    "bur", "ke", "fla", "zo", "hin", "mar",
)  # fmt: skip


def texts(amount: int, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Titles of real categories and synonyms with made-up makers and models (a vocabulary of
    some ten thousand words), bodies of a few words."""
    from wesprint.platform.reference.tables import read

    nouns = [
        name
        for row in read("categories")
        if row["parent"]
        for name in (row["name_de"], *row["synonyms_de"].split(";"))
        if name
    ]
    for _ in range(amount):
        model = "".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))).capitalize()
        title = f"{rng.choice(nouns)} {rng.choice(ATTRIBUTES)}"
        body = f"{rng.choice(MAKERS)} {model} {rng.choice(ATTRIBUTES)} {rng.choice(nouns)}"
        yield title, body


QUESTIONS = {
    "one word": ["kommode", "wasserkocher", "fahrrad", "lampe", "teppich", "buch", "stuhl"],
    "inside compounds": ["schrank", "maschine", "rad", "tisch", "tasche", "garten"],
    "slip of the keyboard": ["komode", "wasserkoher", "fahrrd", "tepich", "shreibtisch", "sesel"],
    "while typing": ["k", "ko", "kom", "was", "wasser", "s", "sch", "f"],
    "several words": ["kommode eiche", "stuhl weiß klein", "lampe nordholz", "tisch rund massiv"],
    "umlauts": ["bücher", "buecher", "kuche", "nähmaschine", "naehmaschine", "größe"],
    "nothing": ["xyzzy", "quetzalcoatlus", "qwertz asdf"],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--scopes", type=int, default=5)
    parser.add_argument("--questions", type=int, default=200, help="per kind")
    options = parser.parse_args()
    django.setup()
    from django.db import connection

    connection.settings_dict["TEST"]["NAME"] = _scratch_name(connection.settings_dict["NAME"])
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    conditions = {
        "database": connection.vendor, "documents": options.documents, "scopes": options.scopes,
    }  # fmt: skip
    try:
        seconds = _fill(options.documents, options.scopes)
        rate = round(options.documents / seconds)
        report("search.index_many", rate, "documents/s", **conditions)
        for kind, questions in QUESTIONS.items():
            value = _p95(questions, options.questions, options.scopes)
            report(f"search.{kind.replace(' ', '_')}.p95", value, "ms", **conditions)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def _scratch_name(name: object) -> str:
    from django.db import connection

    if connection.vendor == "sqlite":
        return f"{os.environ['WESPRINT_VAR']}/bench.sqlite3"
    return f"{name}_bench_search"


def _fill(amount: int, scopes: int) -> float:
    from django.db import connection, transaction

    from wesprint.platform.search.services import Entry, index_many

    entries = [
        Entry("item", f"B{number:07}", f"centre:{number % scopes}", title, body)
        for number, (title, body) in enumerate(texts(amount, random.Random(7)))
    ]
    start = time.perf_counter()
    for begin in range(0, amount, 5_000):
        with transaction.atomic():
            index_many(entries[begin : begin + 5_000])
    seconds = time.perf_counter() - start
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return seconds


def _p95(questions: list[str], amount: int, scopes: int) -> float:
    from wesprint.platform.search.selectors import search

    times = []
    for number in range(amount):
        start = time.perf_counter()
        search("item", f"centre:{number % scopes}", questions[number % len(questions)])
        times.append((time.perf_counter() - start) * 1000)
    return round(statistics.quantiles(times, n=20)[-1], 1)


if __name__ == "__main__":
    main()
