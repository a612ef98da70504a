"""No file beyond 500 lines without a stated reason, and no work left for later in a comment."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from repository import ROOT, files, tell

LIMIT = 500
REASON = "Longer than 500 lines because"
LATER = re.compile("TO" r"DO\b|FIX" r"ME\b")
KINDS = ("*.py", "*.js", "*.mjs", "*.css", "*.html", "Makefile", ".ci/run")


def findings(path: Path, text: str) -> Iterator[str]:
    length = text.count("\n")
    if length > LIMIT and REASON not in text:
        yield f'{path}: {length} lines; split it, or say in it "{REASON} ..."'
    for number, line in enumerate(text.splitlines(), 1):
        if LATER.search(line):
            yield f"{path}:{number}: work left for later: {line.strip()}"


def main() -> int:
    return tell(
        "files",
        (line for path in files(*KINDS) for line in findings(path, (ROOT / path).read_text())),
    )


if __name__ == "__main__":
    sys.exit(main())
