"""The tags and filters that every template has."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation


def rendered(source: str, **context: Any) -> str:
    with translation.override("de"):
        return Template(source).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ 31500|kilos }}", "31,5 kg"),
        ("{{ 1250|money }}", "12,50 €"),
        ("{{ 20000|co2e:70000 }}", "20–70 kg CO₂e"),
        ("{{ nothing|kilos }}", ""),
        ("{{ nothing|co2e:70000 }}", ""),
        ("{{ 1236|figure }}", "1.236"),
        ("{{ 2.5|figure:1 }}", "2,5"),
        ("{{ words|item:1 }}|{{ words|item:9 }}", "b|"),
    ],
)
def test_filters(source: str, text: str) -> None:
    assert rendered(source, words=["a", "b"]) == text


def test_icon_is_decoration_or_has_a_name() -> None:
    assert rendered('{% icon "check" %}') == (
        '<svg class="ws-icon" aria-hidden="true" focusable="false">'
        '<use href="/static/icons.svg#check"></use></svg>'
    )
    assert rendered('{% icon "lock" size="s" label=label %}', label="Zu & weg") == (
        '<svg class="ws-icon ws-icon--s" role="img" aria-label="Zu &amp; weg" focusable="false">'
        '<use href="/static/icons.svg#lock"></use></svg>'
    )


def test_json_for_scripts_cannot_end_the_element() -> None:
    text = rendered("{% json_script_block data %}", data={"a": "</script><!-- & \u2028"})
    assert text == '{"a": "\\u003c/script\\u003e\\u003c!-- \\u0026 \\u2028"}'


def test_command_keys_differ() -> None:
    one, two = rendered("{% command_key %}|{% command_key %}").split("|")
    assert one.startswith('<input type="hidden" name="command_key" value="')
    assert one != two


class Offer(forms.Form):
    weight = forms.CharField(label="Gewicht", help_text="gewogen")
    note = forms.CharField(label="Notiz", required=False, widget=forms.Textarea)
    way = forms.ChoiceField(
        label="Weg", widget=forms.RadioSelect, choices=[("a", "Bringen"), ("b", "Abholen")]
    )
    agreed = forms.BooleanField(label="Gelesen")


def test_field_joins_label_hint_and_error() -> None:
    form = Offer(data={})
    form.is_valid()
    html = rendered('{% ws_field form.weight unit="kg" size="short" %}', form=form)
    assert '<label class="ws-field__label" for="id_weight">Gewicht</label>' in html
    assert '<p class="ws-field__hint" id="id_weight_hint">gewogen</p>' in html
    assert 'aria-describedby="id_weight_hint id_weight_error"' in html
    assert 'class="ws-input ws-input--short"' in html
    assert 'aria-invalid="true"' in html
    assert '<span class="ws-affix__unit">kg</span>' in html
    assert 'id="id_weight_error"' in html


def test_field_says_what_is_optional() -> None:
    html = rendered("{% ws_field form.note %}", form=Offer())
    assert '<span class="ws-field__optional">(freiwillig)</span>' in html
    assert "aria-describedby" not in html


def test_choices_are_a_group() -> None:
    html = rendered("{% ws_field form.way %}", form=Offer())
    assert "<legend>Weg</legend>" in html
    assert html.count('<label class="ws-check">') == 2


def test_errors_lead_to_their_fields() -> None:
    form = Offer(data={"weight": "3"})
    form.is_valid()
    html = rendered("{% ws_errors form %}", form=form)
    assert [f'<a href="#{name}"' in html for name in ("id_weight", "id_agreed")] == [False, True]
    assert rendered("{% ws_errors form %}", form=Offer()) == ""


def test_the_list_of_errors_reads_as_sentences() -> None:
    """Ours say what is wrong themselves; to what Django says belongs the name of the field."""
    form = Offer(data={"weight": "", "way": "b", "agreed": "on"})
    form.add_error("note", "„Helm“: Das geht nicht.")
    html = rendered("{% ws_errors form %}", form=form)
    assert re.findall(r"<li>(.*?)</li>", html) == [
        '<a href="#id_weight">„Gewicht“: Dieses Feld ist zwingend erforderlich.</a>',
        '<a href="#id_note">„Helm“: Das geht nicht.</a>',
    ]
    own = Offer(data={"weight": "1", "way": "c", "agreed": "on"})
    own.fields["way"].error_messages["invalid_choice"] = "Diese Zeit ist vergeben."
    html = rendered("{% ws_errors form %}", form=own)
    assert re.findall(r"<li>.*?>(.*?)</a></li>", html) == ["Diese Zeit ist vergeben."]


def test_a_form_says_what_is_needed_when() -> None:
    form = Offer()
    form.marks = {"note": (("ws-unless-fetched", "freiwillig"), ("ws-if-named", "eines"))}  # type: ignore[attr-defined]
    html = rendered("{% ws_field form.note %}", form=form)
    assert re.findall(r'<span class="ws-field__optional(.*?)">(.*?)</span>', html) == [
        (" ws-unless-fetched", "(freiwillig)"),
        (" ws-if-named", "(eines)"),
    ]


class Item:
    """What a room declares as an entry of the navigation."""

    icon = ""

    def __init__(self, label: str, url_name: str) -> None:
        self.label, self.url_name = label, url_name


@pytest.mark.parametrize(
    ("path", "current"),
    [("/z/haus/colours.css", ["colours"]), ("/z/haus/", []), ("/z/other/colours.css", [])],
)
def test_the_longest_way_is_the_current_one(path: str, current: list[str]) -> None:
    class Page:
        slug = "haus"

    request = type("Request", (), {"path": path})()
    navigation = {"public": [Item("colours", "centre_colours")]}
    html = rendered(
        '{% nav_links "public" as links %}'
        "{% for link in links %}{% if link.current %}{{ link.label }}{% endif %}{% endfor %}",
        request=request,
        centre=Page(),
        navigation=navigation,
    )
    assert html == "".join(current)
