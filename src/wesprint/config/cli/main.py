"""Reading the command line, and turning every error into one clear line and an exit code."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from wesprint import __version__
from wesprint.config.cli.output import complain
from wesprint.kernel.errors import Conflict, DomainError, Unavailable

INTERRUPTED = 130
UNEXPECTED = 70  # EX_SOFTWARE

# Command -> the module of this package that adds it; only the one that is asked for is loaded.
COMMANDS = {
    "serve": "serve",
    "worker": "work",
    "demo": "demo",
    "house": "house",
    "user": "users",
    "person": "persons",
    "token": "tokens",
    "backup": "backup",
    "restore": "restore",
    "verify": "records",
    "export": "records",
    "import": "imports",
    "town": "towns",
    "seal": "records",
    "fold": "records",
    "migrate": "upkeep",
    "check": "upkeep",
}


INTERNAL = ("web", "compute")  # what `serve` starts; not for people


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. 0 went well, 2 to 7 as in `kernel.errors`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wesprint.config.settings")
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        given = _parser(words).parse_args(words)
        return int(given.run(given) or 0)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return _pipe_closed()
    except DomainError as error:
        complain(_line(error))
        return error.exit_code
    except Exception as error:
        return _unexpected(error)


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wesprint",
        description="A town's house of sustainable consumption: serve it, look after it.",
        epilog="`wesprint COMMAND --help` explains one command. Settings come from the "
        "environment, see docs/operations.md.",
    )
    parser.add_argument("--version", action="version", version=f"wesprint {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    first = next((word for word in words if not word.startswith("-")), "")
    if first in COMMANDS or first in INTERNAL:
        _add(commands, COMMANDS.get(first, first))
    elif "--version" not in words:
        _add_all(commands)
    return parser


def _add(commands: Any, module: str) -> None:
    import_module(f"wesprint.config.cli.{module}").add(commands)


def _add_all(commands: Any) -> None:
    """Every command, the rooms' too."""
    for module in dict.fromkeys(COMMANDS.values()):
        _add(commands, module)
    setup()
    from wesprint.web.rooms import rooms

    for room in rooms():
        if room.cli is not None:
            room.cli(commands)


def setup() -> None:
    """Load Django; the command line speaks English."""
    import django
    from django.utils import translation

    django.setup()
    translation.activate("en")


def with_django(run: Callable[[argparse.Namespace], int | None]) -> Callable[..., int | None]:
    """For a command that needs the records."""

    def loaded(given: argparse.Namespace) -> int | None:
        setup()
        return run(given)

    return loaded


def _line(error: DomainError) -> str:
    return " ".join(str(error).split())


def _pipe_closed() -> int:
    """Whoever read our output had enough of it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _unexpected(error: Exception) -> int:
    if known := _known(error):
        complain(_line(known))
        return known.exit_code
    complain(f"unexpected {type(error).__name__}: {_where(error)}")
    return UNEXPECTED


def _known(error: Exception) -> DomainError | None:
    """What a database or a disk says, as an error of the house."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import InterfaceError, OperationalError, ProgrammingError

    if isinstance(error, OperationalError | ProgrammingError) and _lacks_tables(error):
        return Conflict(
            "This database holds no WeSprint yet.",
            next="Look at DATABASE_URL and WESPRINT_VAR, or set it up: `wesprint migrate`.",
        )
    if isinstance(error, OperationalError | InterfaceError):
        reason = (str(error).strip().splitlines() or ["no answer"])[0]
        return Unavailable(
            f"The database cannot be reached: {reason}.", next="Look at DATABASE_URL."
        )
    if isinstance(error, ImproperlyConfigured):
        return Unavailable(f"The settings do not fit: {error}")
    if isinstance(error, OSError) and error.strerror:
        return Unavailable(f"{error.strerror}: {error.filename or 'a file'}.")
    return None


def _lacks_tables(error: Exception) -> bool:
    undefined = getattr(error.__cause__, "sqlstate", None) == "42P01"
    return undefined or "no such table" in str(error)


def _where(error: Exception) -> str:
    """Keeps the details in a file, so that the screen stays readable."""
    folder = Path(os.environ.get("WESPRINT_VAR", "var")).resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "last-error.txt"
        path.touch(mode=0o600)
        path.write_text("".join(traceback.format_exception(error)))
    except OSError:
        return str(error)
    return f"the details are in {path}"
