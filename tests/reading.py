"""HTML as a browser reads it: elements to look into, and the words a reader sees."""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree import ElementTree as ET

EMPTY = {"br", "hr", "img", "input", "link", "meta"}
UNREAD = {"script", "style"}


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.built = ET.TreeBuilder()
        self.built.start("body", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.built.start(tag, {name: value or "" for name, value in attrs})
        if tag in EMPTY:
            self.built.end(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.built.start(tag, {name: value or "" for name, value in attrs})
        self.built.end(tag)

    def handle_endtag(self, tag: str) -> None:
        self.built.end(tag)

    def handle_data(self, data: str) -> None:
        self.built.data(data)


def read(html: object) -> ET.Element:
    """Return what stands in a piece of HTML."""
    builder = _Builder()
    builder.feed(str(html))
    builder.close()
    builder.built.end("body")
    return builder.built.close()


def words(element: ET.Element) -> str:
    """Return what a reader sees of an element, white space as a browser has it."""
    return " ".join(text(element).split())


def text(element: ET.Element) -> str:
    """Return the text of an element as it is written, without what only a browser reads."""
    inner = (text(each) + (each.tail or "") for each in element)
    own = "" if element.tag in UNREAD else element.text or ""
    return own + "".join(inner)


def having(element: ET.Element, **attributes: str) -> list[ET.Element]:
    """Return the elements with all of some attributes; a class is one of several.

    ``class_`` and ``data_sign`` stand for ``class`` and ``data-sign``.
    """
    wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    return [
        each
        for each in element.iter()
        if all(
            value in (each.get(name, "").split() if name == "class" else [each.get(name)])
            for name, value in wanted.items()
        )
    ]


def one(element: ET.Element, **attributes: str) -> ET.Element:
    """Return the element with all of some attributes, of which there is one."""
    (found,) = having(element, **attributes)
    return found


def row(element: ET.Element, name: str) -> ET.Element:
    """Return the row of a table that has a name, or begins with it."""
    return next(
        each
        for each in element.iter("tr")
        if any(words(head).startswith(name) for head in having(each, scope="row"))
    )


def links(element: ET.Element, to: str = "") -> list[str]:
    """Return where an element's links lead, of those whose address begins so."""
    found = (each.get("href", "") for each in element.iter("a"))
    return [address for address in found if address.startswith(to)]
