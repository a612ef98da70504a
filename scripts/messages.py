"""The texts: ``check`` that each is translated, print what is ``missing``, ``compile`` catalogues.

Babel does the work, because a bare Debian has no gettext programs. Message ids are English, so
English is complete by itself; ``de`` must be complete; ``de-informal`` overrides a part of it.
The languages of visitors are complete in what visitors read (``visitor_texts.py``).
"""

import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import to_language, to_locale
from django.utils.translation.template import templatize
from repository import ROOT, files, tell
from visitor_texts import lines_of, visitor_files

COMPLETE = "de"
VISITORS = ("ar",)  # as VISITOR_LANGUAGES in the settings
# "Text" is the kernel's message, which knows no translations itself.
PLAIN = ("_", "gettext", "gettext_lazy", "gettext_noop", "Text")
PLURAL = ("ngettext", "ngettext_lazy")
CONTEXT = ("pgettext", "pgettext_lazy")
BOTH = ("npgettext", "npgettext_lazy")
KEYWORDS = (
    dict.fromkeys(PLAIN, None)
    | dict.fromkeys(PLURAL, (1, 2))
    | dict.fromkeys(CONTEXT, ((1, "c"), 2))
    | dict.fromkeys(BOTH, ((1, "c"), 2, 3))
)
LONGEST = 90
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|\{\w*\}")


@dataclass(frozen=True, slots=True)
class Text:
    """One message id of the code, with its context."""

    context: str
    msgid: str
    plural: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Book:
    """One catalogue file."""

    path: Path
    locale: str
    messages: Catalog


def parseable(path: Path, source: str) -> str:
    """Python that names the texts of a file; a template is turned into it by Django."""
    if path.suffix == ".py":
        return source
    # The brackets keep Python's tokenizer from minding a template's indentation.
    return f"({templatize(source, origin=str(path))})"


def texts_in(path: Path) -> Iterator[tuple[Text, str]]:
    """The texts of one file, each with the place where it stands."""
    source = parseable(path, (ROOT / path).read_text())
    for line, found, _comments, context in extract(
        "python", io.BytesIO(source.encode()), keywords=KEYWORDS
    ):
        singular, *plural = forms(found)
        yield Text(context or "", singular, *plural[:1]), f"{path}:{line}"


def sources() -> list[Path]:
    paths = files("src/**.py", "src/**.html", "src/**.txt")
    return [path for path in paths if path.suffix == ".py" or "templates" in path.parts]


def books() -> list[Book]:
    """All catalogues, also those git does not know yet."""
    found = []
    for path in files("src/**.po"):
        with (ROOT / path).open("rb") as file:
            # Babel knows no locale "de_Informal"; its plurals are those of its language.
            locale = path.parts[-3]
            messages = read_po(file, locale=locale.split("_")[0])
        found.append(Book(path, locale, messages))
    return found


def first(text: str | tuple[str, ...] | list[str]) -> str:
    """The singular of a message id."""
    return text if isinstance(text, str) else text[0]


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """All plural forms of a text, an untranslated one as one empty form."""
    return tuple(text) if isinstance(text, tuple | list) else (text or "",)


def quoted(msgid: str) -> str:
    """A text in one line of a finding."""
    line = " ".join(msgid.split())
    return f'"{line}"' if len(line) <= LONGEST else f'"{line[:LONGEST]} ..."'


def key(message: Message) -> Text:
    return Text(message.context or "", first(message.id))


def entries(book: Book) -> list[Message]:
    return [message for message in book.messages if message.id]


def same_placeholders(message: Message) -> bool:
    """Whether each form of the translation names what some form of the original names."""
    allowed = {name for form in forms(message.id) for name in PLACEHOLDER.findall(form)}
    needed = set(PLACEHOLDER.findall(forms(message.id)[-1]))
    translated = forms(message.string)
    return needed == set(PLACEHOLDER.findall(translated[-1])) and all(
        allowed >= set(PLACEHOLDER.findall(form)) for form in translated
    )


def wrong_entry(message: Message) -> str:
    """What is wrong with one entry of a catalogue, or nothing."""
    if message.fuzzy:
        return "is marked fuzzy"
    if not all(forms(message.string)):
        return "has no translation"
    if not same_placeholders(message):
        return "has other placeholders than its translation"
    return ""


def wrong_entries(book: Book) -> Iterator[str]:
    if to_locale(to_language(book.locale)) != book.locale:
        yield f"{book.path}: Django looks for {to_locale(to_language(book.locale))}/, not here"
    for message in entries(book):
        if reason := wrong_entry(message):
            yield f"{book.path}:{message.lineno}: {quoted(first(message.id))} {reason}"


def contradictions(locale: str, all_books: list[Book]) -> Iterator[str]:
    """Django merges the catalogues of a language: one text must not mean two things."""
    meanings: dict[Text, dict[tuple[str, ...], Path]] = defaultdict(dict)
    for book in all_books:
        for message in entries(book) if book.locale == locale else []:
            meanings[key(message)].setdefault(forms(message.string), book.path)
    for text, found in meanings.items():
        if len(found) > 1:
            places = ", ".join(f'"{form[0]}" in {path}' for form, path in found.items())
            yield f"{quoted(text.msgid)} is translated in several ways: {places}; give it a context"


def unknown(all_books: list[Book], folder: str = "") -> Iterator[tuple[Text, str]]:
    """Texts of the code that no German catalogue holds, each with its place."""
    known = {key(m) for book in all_books if book.locale == COMPLETE for m in entries(book)}
    for path in sources():
        for text, place in texts_in(path) if folder in str(path) else []:
            if text not in known:
                yield text, place


def untranslated(all_books: list[Book]) -> Iterator[str]:
    for text, place in unknown(all_books):
        yield f"{place}: {quoted(text.msgid)} is in no {COMPLETE} catalogue"


def visitor_texts() -> Iterator[tuple[Text, str]]:
    """What a visitor may read, each with its place."""
    for path, names in visitor_files():
        counted = list(lines_of(path, names)) if names else [range(1, 10**6)]
        for text, place in texts_in(path):
            line = int(place.rsplit(":", 1)[1])
            if any(line in lines for lines in counted):
                yield text, place


def unspoken(all_books: list[Book], locale: str) -> Iterator[tuple[Text, str]]:
    """What visitors would meet in another language than the one they chose."""
    known = {key(m) for book in all_books if book.locale == locale for m in entries(book)}
    seen: set[Text] = set()
    for text, place in visitor_texts():
        if text not in known | seen:
            seen.add(text)
            yield text, place


def untold(all_books: list[Book]) -> Iterator[str]:
    for locale in sorted({book.locale for book in all_books} & set(VISITORS)):
        for text, place in unspoken(all_books, locale):
            yield f"{place}: {quoted(text.msgid)} is in no {locale} catalogue, but visitors read it"


def overrides_of_nothing(all_books: list[Book]) -> Iterator[str]:
    known = {key(m) for book in all_books if book.locale == COMPLETE for m in entries(book)}
    for book in all_books:
        for message in entries(book) if book.locale.startswith(f"{COMPLETE}_") else []:
            if key(message) not in known:
                yield f"{book.path}:{message.lineno}: {quoted(first(message.id))} overrides nothing"


def check(folder: str = "") -> int:
    """Tell what is wrong or missing, if a folder is named only there."""
    all_books = books()
    locales = sorted({book.locale for book in all_books})
    findings = [
        *(line for book in all_books for line in wrong_entries(book)),
        *(line for locale in locales for line in contradictions(locale, all_books)),
        *overrides_of_nothing(all_books),
        *untranslated(all_books),
        *untold(all_books),
    ]
    return tell("messages", (line for line in findings if folder in line))


def missing(folder: str = "") -> int:
    """Print what a catalogue lacks, ready to be put at its end and translated there; for a
    language of visitors named instead of a folder, what they read."""
    lacking = Catalog(locale=COMPLETE)
    found = unspoken(books(), folder) if folder in VISITORS else unknown(books(), folder)
    for text, place in found:
        path, line = place.rsplit(":", 1)
        msgid = (text.msgid, text.plural) if text.plural else text.msgid
        lacking.add(msgid, context=text.context or None, locations=[(path, int(line))])
    write_po(sys.stdout.buffer, lacking, omit_header=True, width=100)
    return 0


def compile_all() -> int:
    """Write each .mo beside its .po, in one step, so that a running server never reads half."""
    for book in books():
        target = (ROOT / book.path).with_suffix(".mo")
        half = target.with_suffix(".mo.new")
        with half.open("wb") as file:
            write_mo(file, book.messages)
        half.replace(target)
    return 0


def main() -> int:
    match sys.argv[1:]:
        case ["check", *folder] if len(folder) < 2:
            return check(*folder)
        case ["missing", *folder] if len(folder) < 2:
            return missing(*folder)
        case ["compile"]:
            return compile_all()
        case _:
            sys.stderr.write(
                "usage: messages.py check [FOLDER] | missing [FOLDER|LANGUAGE] | compile\n"
            )
            return 2


if __name__ == "__main__":
    sys.exit(main())
