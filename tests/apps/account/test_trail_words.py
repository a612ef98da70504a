"""Every command of the software has words for the trail: nobody reads "goods.to_fraction"."""

from __future__ import annotations

import ast
from pathlib import Path

from django.utils import translation

import wesprint
from wesprint.apps.account.readable import deed
from wesprint.web.rooms import rooms

SOURCE = Path(wesprint.__file__).parent


def commands() -> set[str]:
    """Names given to `@command(...)` anywhere in the source."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name("command"), args=[ast.Constant(str(name)), *_]):
                    found.add(name)
    return found


def test_every_command_has_words_in_both_languages() -> None:
    names = commands()
    assert len(names) > 200
    words: dict[str, list[str]] = {}
    for language in ("en", "de"):
        with translation.override(language):
            words[language] = [deed(name) for name in sorted(names)]
    raw = [name for name, said in zip(sorted(names), words["de"], strict=True) if name == said]
    pairs = zip(sorted(names), words["en"], words["de"], strict=True)
    untranslated = [name for name, english, german in pairs if english == german]
    assert (raw, untranslated) == ([], [])


def test_no_words_are_kept_for_what_no_longer_exists() -> None:
    told = {name for room in rooms() for name in room.trail.deeds}
    assert told - commands() == set()
