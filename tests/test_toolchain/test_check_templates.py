from pathlib import Path

import pytest
from check_templates import findings

from .conftest import Check

PAGE = Path("src/page.html")


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ('<p style="color: red">', "<p> style attribute: use a class"),
        ("<p style='{{ x }}'>", "<p> style attribute: use a class"),
        ('<button onclick="go()">', "<button> onclick: event handlers belong in a module"),
        ('<a hx-on:click="go()">', "<a> hx-on:click: event handlers belong in a module"),
        ('<a href="javascript:go()">', "<a> href: js values need eval"),
        ("<a hx-vals='js:{a: 1}'>", "<a> hx-vals: js values need eval"),
        ('<a hx-trigger="click[ctrlKey]">', "<a> hx-trigger: a filter needs eval"),
        ("<style>p {}</style>", "<style> style element: use a stylesheet"),
        ("<script>go()</script>", "<script> inline script: use a module"),
        ('<img src="https://other.example/x.png">', "<img> src: loads from a foreign host"),
        ('<script src="//other.example/x.js">', "<script> src: loads from a foreign host"),
    ],
)
def test_what_the_policy_refuses_is_told_with_its_line(template: str, expected: str) -> None:
    text = f"{{% load x %}}\n{{# a\n note #}}\n{template}\n"
    assert list(findings(PAGE, text)) == [f"{PAGE}:4: {expected}"]


@pytest.mark.parametrize(
    "template",
    [
        '<script src="{% static \'web/dist/app.js\' %}" type="module"></script>',
        '<script type="application/json">{"a": 1}</script>',
        '<script type="application/ld+json">{"@type": "Product"}</script>',
        '{# <p style="x"> #}{% comment "why" %}<p style="x">{% endcomment %}<!-- <style> -->',
        '<a href="https://other.example/" hx-trigger="click delay:200ms" data-style="x">',
        '<a {% if a > b %}class="x"{% endif %} title="on sale = style">',
    ],
)
def test_what_the_policy_allows_passes(template: str) -> None:
    assert list(findings(PAGE, template)) == []


def test_the_check_reads_the_templates_of_the_tree(tree: Path, check: Check) -> None:
    (tree / "src").mkdir()
    (tree / "src/page.html").write_text("<p>\n<p style=x>")
    assert check("check_templates.py") == (
        1,
        ["src/page.html:2: <p> style attribute: use a class", "templates: 1 to mend"],
    )
