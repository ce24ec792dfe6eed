"""HTML as a browser reads it: elements to look into, and the words a reader sees."""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree import ElementTree as ET

EMPTY = {"br", "hr", "img", "input", "link", "meta"}


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
    return " ".join("".join(element.itertext()).split())


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
