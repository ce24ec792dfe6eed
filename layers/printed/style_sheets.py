"""What the map's style sheets say of its signs and lines: paper draws them as the screen does."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from geo import memory
from layers import assets, bundle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASSES: Final = re.compile(r"((?:\.ct-[\w-]+)+)(?: \+ (text))?")


class _Rule(NamedTuple):
    classes: frozenset[str]
    text: bool
    said: Mapping[str, str]


@memory.by_facts
def of(names: str, *, text: bool = False) -> Mapping[str, str]:
    """Return what is said of a thing of some classes, or of the text that follows it.

    Parameters
    ----------
    names
        Classes, as an attribute has them: ``ct-link ct-link-serves``.
    text
        Whether the text is meant.
    """
    own = frozenset(names.split())
    meant = [rule for rule in _rules() if rule.text == text and rule.classes <= own]
    said: dict[str, str] = {}
    for rule in sorted(meant, key=lambda rule: len(rule.classes)):
        said |= rule.said
    return MappingProxyType(said)


@memory.by_facts
def _rules() -> tuple[_Rule, ...]:
    sheets = [(bundle.STYLE_FOLDER / name).read_text("utf-8") for name in assets.STYLE_SHEETS]
    return tuple(rule for sheet in sheets for rule in _read(_unconditional(sheet)))


def _read(sheet: str) -> Iterator[_Rule]:
    for selectors, body in _RULE.findall(sheet):
        said = declarations(body)
        for selector in selectors.split(","):
            known = _CLASSES.fullmatch(selector.strip())
            if known:
                classes = frozenset(known[1].strip(".").split("."))
                yield _Rule(classes, bool(known[2]), said)


def declarations(body: str) -> Mapping[str, str]:
    """Return what a rule's body, or a style attribute, says."""
    pairs = (each.partition(":") for each in body.split(";") if ":" in each)
    return MappingProxyType({name.strip(): value.strip() for name, _, value in pairs})


def _unconditional(sheet: str) -> str:
    """Return a sheet without comments, and without what holds for some screens alone."""
    kept, depth, skipped = [], 0, False
    for sign in _COMMENT.sub("", sheet):
        skipped = skipped or (sign == "@" and not depth)
        if not skipped:
            kept.append(sign)
        depth += {"{": 1, "}": -1}.get(sign, 0)
        skipped = skipped and not (sign == "}" and not depth)
    return "".join(kept)
