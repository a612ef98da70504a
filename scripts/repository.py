"""What the checks share: the files of this repository, and how a finding is told."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def files(*patterns: str) -> list[Path]:
    """Paths, relative to the repository, of all files git tracks or would track."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *patterns],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    names = sorted(set(listed.stdout.split("\0")) - {""})
    return [Path(name) for name in names if (ROOT / name).is_file()]


def tell(what: str, findings: Iterable[str]) -> int:
    """Print the findings of a check; answer the exit code."""
    lines = list(findings)
    for line in lines:
        sys.stdout.write(f"{line}\n")
    if lines:
        sys.stdout.write(f"{what}: {len(lines)} to mend\n")
    return 1 if lines else 0
