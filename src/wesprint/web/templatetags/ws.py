"""`icon`, fields, figures and dates for templates; all of them are built in, nothing to load."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template import Context
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from wesprint.web import formats, words
from wesprint.web.context import leads_to
from wesprint.web.pieces import INSIDE, PIECES

register = template.Library()


def _filter(name: str, function: Any) -> None:
    """A missing value shows as nothing, so that tables need no `if` around each cell."""

    def shown(value: Any) -> str:
        return "" if value is None or value == "" else function(value)

    register.filter(name, shown)


def _range_filter(name: str, function: Any) -> None:
    """`{{ low|co2e:high }}`"""

    def shown(low: Any, high: Any) -> str:
        return "" if low in (None, "") or high in (None, "") else function(low, high)

    register.filter(name, shown)


_filter("kilos", formats.kilos)
_filter("kilos_exact", formats.kilos_exact)
_filter("mass", formats.mass)
_filter("money", formats.money)
_filter("percent", formats.percent)
_filter("day", formats.day)
_filter("full_date", formats.full_date)
_filter("short_date", formats.short_date)
_filter("clock", formats.clock)
_filter("said", words.said)
_filter("written", words.written)
_range_filter("co2e", formats.co2e)
_range_filter("mass_range", formats.mass_range)
_range_filter("money_range", formats.money_range)


@register.simple_tag
def comma() -> str:
    """`{{ day }}{% comma %}{{ time }}`: the sign of the reader's language."""
    return formats.comma()


@register.filter
def figure(value: Decimal | int | None, decimals: int = 0) -> str:
    """`{{ 1236|figure }}` -> 1.236; `{{ 2.5|figure:1 }}` -> 2,5."""
    return "" if value is None else formats.number(Decimal(str(value)), decimals)


@register.filter
def machine(value: float) -> str:
    """A number for scripts: no comma in any language."""
    return str(value)


@register.filter
def relative(value: datetime | None) -> str:
    """`{{ event.occurred_at|relative }}` -> vor 5 Minuten."""
    return "" if value is None else formats.relative(value)


@register.filter
def machine_time(value: date | None) -> str:
    """For `<time datetime="…">`."""
    return "" if value is None else value.isoformat()


# signs that point along the line of reading; they turn round where it runs from the right
DIRECTED = frozenset({"arrow", "arrow-back", "undo", "external", "speaker"})


@register.simple_tag
def icon(name: str, size: str = "", label: Any = "", css: str = "") -> SafeString:
    """One sign of the sprite. size: s, l or picture. Without a label it is decoration.

    `{% icon "check" %}`, `{% icon "cat-kettle" size="picture" label=category.name %}`
    """
    return _icon(static_url("icons.svg"), name, size, str(label or ""), css)


@lru_cache(maxsize=4096)
def _icon(sprite: str, name: str, size: str, label: str, css: str) -> SafeString:
    """A page of the shelf shows forty signs; composing each anew was a sixth of its time."""
    grid = "ws-icon--48" if name.startswith(("cat-", "picture-")) else ""
    flip = "ws-icon--flip" if name in DIRECTED else ""
    classes = " ".join(_words("ws-icon", grid, flip, f"ws-icon--{size}" if size else "", css))
    meaning = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true"')
    )
    return format_html(
        '<svg class="{}" {} focusable="false"><use href="{}#{}"></use></svg>',
        classes,
        meaning,
        sprite,
        name,
    )


@lru_cache(maxsize=64)
def static_url(name: str) -> str:
    """Where a static file lies; it does not move while the server runs."""
    return static(name)


@register.simple_tag(takes_context=True)
def command_key(context: Context) -> SafeString:
    """The hidden key that makes a double click or a repeated request one command."""
    if context.get(INSIDE):
        raise RuntimeError("The key of a form is good for one command: keep it out of {% kept %}.")
    return format_html('<input type="hidden" name="command_key" value="{}">', uuid.uuid4())


class KeptNode(template.Node):
    def __init__(self, name: str, whose: FilterExpression, nodes: NodeList) -> None:
        self.name, self.whose, self.nodelist = name, whose, nodes

    def render(self, context: Context) -> SafeString:
        mine = self.whose.resolve(context, ignore_failures=True)
        if not mine or context.get(INSIDE):
            return self.nodelist.render(context)
        made: SafeString = mine.piece(self.name, self.nodelist, context)
        return made


@register.tag("kept")
def kept_tag(parser: Parser, token: Token) -> KeptNode:
    """`{% kept "list" %}…{% endkept %}`: made once while nothing changes (web.pieces), where the
    view keeps the pieces of its page; `{% kept "nav" layout %}` for those of another holder."""
    name, *whose = token.split_contents()[1:]
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(name.strip("\"'"), parser.compile_filter(whose[0] if whose else PIECES), nodes)


@register.simple_tag
def json_script_block(value: Any) -> SafeString:
    """Data for a script, escaped so that no text can end the element."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)  # noqa: S308 - escaped above


@register.simple_tag
def map_words() -> SafeString:
    """What the map's own controls say, for its script."""
    words = {
        "Map.Title": _("Map"),
        "Popup.Close": _("Close"),
        "NavigationControl.ZoomIn": _("Zoom in"),
        "NavigationControl.ZoomOut": _("Zoom out"),
        "CooperativeGesturesHandler.WindowsHelpText": _("Zoom with Ctrl and the wheel"),
        "CooperativeGesturesHandler.MacHelpText": _("Zoom with ⌘ and the wheel"),
        "CooperativeGesturesHandler.MobileHelpText": _("Move the map with two fingers"),
    }
    return format_html(
        '<span data-ws-words="{}" hidden></span>', json.dumps(words, ensure_ascii=False)
    )


@register.simple_tag(takes_context=True)
def nav_links(context: Context, area: str = "public") -> list[dict[str, Any]]:
    """The entries of an area as label, href, icon, current; the longest fitting one is current."""
    centre, navigation = context.get("centre"), context.get("navigation")
    if centre is None or not navigation:
        return []
    here = getattr(context.get("request"), "path", "")
    links = [_link(item, centre.slug) for item in navigation[area]]
    fitting = [link for link in links if leads_to(link["href"], here, centre.slug)]
    if fitting:
        max(fitting, key=lambda link: len(link["href"]))["current"] = True
    return links


def _link(item: Any, slug: str) -> dict[str, Any]:
    href = reverse(item.url_name, args=[slug])
    return {"label": item.label, "href": href, "icon": item.icon, "current": False}


@register.inclusion_tag("web/components/field.html")
def ws_field(field: BoundField, hint: Any = "", unit: str = "", size: str = "") -> dict[str, Any]:
    """A bound field with label, hint and error, joined for the screen reader.

    hint replaces the field's help text; unit stands behind the input ("kg"); size: short,
    medium or figure. A widget with data-ws-scan gets a camera, too.
    """
    kind = _kind(field)
    hint = hint or field.help_text
    own = field.field.widget.attrs
    described = _described(field, bool(hint))
    return {
        "field": field,
        "kind": kind,
        "hint": hint,
        "unit": unit,
        "marks": _marks(field) if kind not in ("hidden", "check") else (),
        "described": described,
        "scans": "data-ws-scan" in own,
        "facing": own.get("data-ws-facing", ""),
        "widget": "" if kind in ("choices", "photos") else _widget(field, kind, size, described),
    }


def _marks(field: BoundField) -> Sequence[tuple[str, Any]]:
    """What stands behind the label, each with the class that shows it. A form may name fields of
    which one is needed (`one_of`), and say of a field what holds when (`marks`)."""
    if field.field.required or field.name in getattr(field.form, "one_of", ()):
        return ()
    own: Mapping[str, Sequence[tuple[str, Any]]] = getattr(field.form, "marks", {})
    return own.get(field.name, (("", _("optional")),))


def _kind(field: BoundField) -> str:
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.FileInput):
        return "photos" if "image" in str(widget.attrs.get("accept", "")) else "file"
    return "plain"


def _described(field: BoundField, has_hint: bool) -> str:
    ids = [f"{field.auto_id}_hint"] if has_hint else []
    return " ".join([*ids, f"{field.auto_id}_error"] if field.errors else ids)


def _widget(field: BoundField, kind: str, size: str, described: str) -> SafeString:
    attrs: dict[str, Any] = {}
    if kind in ("plain", "file"):
        own = field.field.widget.attrs.get("class", "")
        attrs["class"] = " ".join(_words("ws-input", f"ws-input--{size}" if size else "", own))
    if kind == "check":
        attrs["class"] = "kern-form-check__checkbox"
    if described:
        attrs["aria-describedby"] = described
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


def _words(*parts: str) -> Iterable[str]:
    return filter(None, parts)


@register.inclusion_tag("web/components/form_errors.html")
def ws_errors(form: forms.BaseForm) -> dict[str, Any]:
    """The list of what must be mended, each a sentence that leads to its field; nothing for a
    clean form."""
    wrong = [field for field in form if field.errors and not field.is_hidden]
    fields = [
        {"target": field.id_for_label or field.auto_id, "text": _sentence(field)} for field in wrong
    ]
    hidden = [error for field in form.hidden_fields() for error in field.errors]
    return {"fields": fields, "general": [*form.non_field_errors(), *hidden]}


def _sentence(field: BoundField) -> str:
    """What we wrote ourselves says what is wrong; Django's own words need the field's name."""
    text, error = str(field.errors[0]), field.errors.as_data()[0]
    own = error.code is None or field.field.error_messages.get(error.code) != _usual(field, error)
    return text if own else _("“%(field)s”: %(error)s") % {"field": field.label, "error": text}


def _usual(field: BoundField, error: forms.ValidationError) -> Any:
    """What the kind of field says of such an error; what a validator says stands nowhere."""
    kinds = (getattr(kind, "default_error_messages", {}) for kind in type(field.field).__mro__)
    return next((words[error.code] for words in kinds if error.code in words), None)


@register.filter
def item(values: Any, index: Any) -> Any:
    """`{{ columns|item:2 }}`, `{{ totals|item:"paper" }}`; nothing where there is none."""
    try:
        return values[index]
    except (IndexError, KeyError, TypeError):
        return ""
