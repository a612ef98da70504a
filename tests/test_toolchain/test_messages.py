import gettext
from pathlib import Path

from .conftest import Check

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def catalogue(tree: Path, locale: str, *entries: str, part: str = "goods") -> Path:
    path = tree / f"src/wesprint/apps/{part}/locale/{locale}/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + "\n\n".join(entries) + "\n")
    return path


def source(tree: Path, name: str, text: str) -> None:
    path = tree / "src/wesprint/apps/goods" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def entry(msgid: str, msgstr: str, before: str = "") -> str:
    return f'{before}msgid "{msgid}"\nmsgstr "{msgstr}"'


def test_texts_of_code_and_templates_need_a_translation(tree: Path, check: Check) -> None:
    source(tree, "views.py", '_ = str\nTITLE = _("Take in")\nHALF = pgettext("mass", "Half")\n')
    source(
        tree,
        "templates/goods/page.html",
        "    <h1>{% translate 'Label' %}</h1>\n"
        "  {% blocktranslate trimmed count n=n %}\n  One item\n  {% plural %}\n  {{ n }} items\n"
        "  {% endblocktranslate %}\n"
        '{% include "x.html" with label=_("Save") %}\n',
    )
    catalogue(tree, "de", entry("Take in", "Annehmen"))
    at = "src/wesprint/apps/goods"
    assert check("messages.py", "check") == (
        1,
        [
            f'{at}/templates/goods/page.html:1: "Label" is in no de catalogue',
            f'{at}/templates/goods/page.html:2: "One item" is in no de catalogue',
            f'{at}/templates/goods/page.html:7: "Save" is in no de catalogue',
            f'{at}/views.py:3: "Half" is in no de catalogue',
            "messages: 4 to mend",
        ],
    )


def test_entries_must_be_whole(tree: Path, check: Check) -> None:
    path = catalogue(
        tree,
        "de",
        entry("Empty", ""),
        entry("Guessed", "Geraten", before="#, fuzzy\n"),
        entry("%(count)s kilos", "Kilos"),
        entry("Good", "Gut"),
        'msgid "%(n)s item"\nmsgid_plural "%(n)s items"\nmsgstr[0] "Ein Ding"\nmsgstr[1] ""',
    ).relative_to(tree)
    assert check("messages.py", "check") == (
        1,
        [
            f'{path}:4: "Empty" has no translation',
            f'{path}:8: "Guessed" is marked fuzzy',
            f'{path}:11: "%(count)s kilos" has other placeholders than its translation',
            f'{path}:17: "%(n)s item" has no translation',
            "messages: 4 to mend",
        ],
    )


def test_one_text_means_one_thing_in_a_language(tree: Path, check: Check) -> None:
    catalogue(tree, "de", entry("Open", "Offen"))
    catalogue(tree, "de", entry("Open", "Öffnen"), part="house")
    catalogue(tree, "de_Informal", entry("Closed", "Zu"))
    catalogue(tree, "de_INFORMAL", entry("Open", "Auf"))
    at = "src/wesprint/apps"
    assert check("messages.py", "check") == (
        1,
        [
            f"{at}/goods/locale/de_INFORMAL/LC_MESSAGES/django.po: "
            "Django looks for de_Informal/, not here",
            f'"Open" is translated in several ways: '
            f'"Offen" in {at}/goods/locale/de/LC_MESSAGES/django.po, '
            f'"Öffnen" in {at}/house/locale/de/LC_MESSAGES/django.po; give it a context',
            f'{at}/goods/locale/de_Informal/LC_MESSAGES/django.po:4: "Closed" overrides nothing',
            "messages: 3 to mend",
        ],
    )


def test_catalogues_are_compiled_beside_their_source(tree: Path, check: Check) -> None:
    path = catalogue(tree, "de", entry("Take in", "Annehmen"))
    assert check("messages.py", "compile") == (0, [])
    with path.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Take in") == "Annehmen"
    assert sorted(p.name for p in path.parent.iterdir()) == ["django.mo", "django.po"]


def test_what_is_missing_is_printed_ready_to_be_translated(tree: Path, check: Check) -> None:
    source(tree, "views.py", 'a = pgettext("mass", "Half")\nb = ngettext("One", "Many", 3)\n')
    source(tree, "elsewhere.txt", "")
    at = "src/wesprint/apps/goods"
    expected = [
        f"#: {at}/views.py:1",
        'msgctxt "mass"',
        'msgid "Half"',
        'msgstr ""',
        "",
        f"#: {at}/views.py:2",
        'msgid "One"',
        'msgid_plural "Many"',
        'msgstr[0] ""',
        'msgstr[1] ""',
        "",
    ]
    assert check("messages.py", "missing") == (0, expected)
    assert check("messages.py", "missing", "apps/goods") == (0, expected)
    assert check("messages.py", "missing", "apps/house") == (0, [])
