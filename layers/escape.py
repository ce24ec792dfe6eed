"""Untrusted text made harmless, once and for all, before it enters a map.

Names, notes and uploads pass through folium templates (which evaluate ``${...}`` and ``{{...}}``
in places), the browser's HTML parser and, in a saved file, an inline script.
"""

from __future__ import annotations

import html
import json
import re
from functools import lru_cache
from typing import Any

import pandas as pd

_ENTITIES = str.maketrans({"`": "&#96;", "$": "&#36;", "{": "&#123;", "}": "&#125;", "\\": "&#92;"})
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# Jinja's `htmlsafe_json_dumps` leaves the signs that open a template of folium's or of JavaScript.
_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&`$\u2028\u2029"}


def text(value: object) -> str:
    """Escape a text so that HTML, templates and scripts show it as it was written.

    Parameters
    ----------
    value
        Any text; None and missing values give an empty text.

    Returns
    -------
    str
        HTML without ``<``, ``>``, quotes, backtick, ``$``, braces or backslash; control
        characters and lone surrogates, which no document may contain, are dropped.
    """
    if value is None or value is pd.NA or value != value:  # noqa: PLR0124 - NaN is the one value unequal to itself
        return ""
    return _escaped(str(value))


@lru_cache(maxsize=65_536)
def _escaped(value: str) -> str:
    """Escape; remembered, for a map repeats the same names at every change of a filter."""
    return html.escape(_UNSEEN.sub("", value), quote=True).translate(_ENTITIES)


def around_blank(written: str) -> list[str]:
    """Return what stands before and after the blank ``{n}`` of a text, each escaped."""
    before, _, after = written.partition("{n}")
    return [text(before), text(after)]


def script_json(value: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    """JSON that may stand in a script, be it inline in HTML or evaluated.

    Parameters
    ----------
    value
        Anything that JSON can hold; NaN and infinity raise.

    Returns
    -------
    str
        Compact JSON in which ``<``, ``>``, ``&``, backtick, ``$`` and the two line separators
        of Unicode are written as escapes, so that it can end no script and open no template.

    Raises
    ------
    ValueError
        For NaN or infinity, which JSON has no word for.
    """
    compact = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return compact.translate(_IN_SCRIPT)
