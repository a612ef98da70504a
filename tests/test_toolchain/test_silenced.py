"""Whoever silences a checker says why, on the same line."""

from __future__ import annotations

import re
from pathlib import Path

import wesprint

SOURCE = Path(wesprint.__file__).parent
IGNORED = re.compile(r"# type: ignore(?!\[[a-z-]+(, ?[a-z-]+)*\]  # \w)")
SILENT = re.compile(r"# noqa(?!: [A-Z]+\d+(, ?[A-Z]+\d+)*  ?(# |- )\w)")


def test_every_silenced_check_has_its_reason() -> None:
    bare = [
        f"{path.relative_to(SOURCE)}:{number}"
        for path in sorted(SOURCE.rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if IGNORED.search(line) or SILENT.search(line)
    ]
    assert bare == []
