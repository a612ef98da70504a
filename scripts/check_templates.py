"""Templates obey the Content-Security-Policy: nothing inline, nothing that needs eval.

A browser refuses such an attribute silently, so it is found here and not by a user.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from repository import ROOT, files, tell

DJANGO = re.compile(
    r"\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S
)
HTML_COMMENT = re.compile(r"<!--.*?-->", re.S)
TAG = re.compile(r"""<([a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>""")
ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
LOADS = {"script", "link", "img", "iframe", "source", "video", "audio", "embed", "object", "use"}
DATA = {"application/json", "application/ld+json"}
FOREIGN = re.compile(r"^(https?:)?//", re.I)


def blank(found: re.Match[str]) -> str:
    """Spaces instead of what was found; lines keep their number."""
    return re.sub(r"\S", " ", found[0])


def wrong_attribute(tag: str, name: str, value: str) -> str:
    """Why the policy refuses this attribute, or nothing."""
    if name == "style":
        return "style attribute: use a class"
    if re.fullmatch(r"on[a-z]+", name) or name.startswith(("hx-on", "@", "x-on", "hx-live")):
        return f"{name}: event handlers belong in a module"
    if value.lower().startswith("javascript:") or (name.startswith("hx-") and "js:" in value):
        return f"{name}: js values need eval"
    if name == "hx-trigger" and "[" in value:
        return "hx-trigger: a filter needs eval"
    if tag in LOADS and name in {"src", "href", "data", "srcset"} and FOREIGN.match(value):
        return f"{name}: loads from a foreign host"
    return ""


def wrong_element(tag: str, attributes: dict[str, str]) -> str:
    """Why the policy refuses this element, or nothing."""
    if tag == "style":
        return "style element: use a stylesheet"
    if tag == "script" and "src" not in attributes and attributes.get("type") not in DATA:
        return "inline script: use a module"
    return ""


def findings(path: Path, text: str) -> Iterator[str]:
    html = HTML_COMMENT.sub(blank, DJANGO.sub(blank, text))
    for found in TAG.finditer(html):
        tag, line = found[1].lower(), html.count("\n", 0, found.start()) + 1
        pairs = ATTRIBUTE.findall(found[2])
        attributes = {name.lower(): value.strip("\"' ") for name, value in pairs}
        reasons = [wrong_attribute(tag, name, value) for name, value in attributes.items()]
        for reason in filter(None, [wrong_element(tag, attributes), *reasons]):
            yield f"{path}:{line}: <{tag}> {reason}"


def main() -> int:
    return tell(
        "templates",
        (
            line
            for path in files("src/**.html")
            for line in findings(path, (ROOT / path).read_text())
        ),
    )


if __name__ == "__main__":
    sys.exit(main())
