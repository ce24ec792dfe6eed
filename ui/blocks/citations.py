"""Sources with their addresses as links; everything else in them stays text."""

from __future__ import annotations

import re
from typing import Final

from markupsafe import Markup

from ui.blocks import markup

ADDRESS: Final = re.compile(
    r"""
    (?<![A-Za-z0-9_@/.%+-])                  # no part of a word, a path or a mail address
    (?P<scheme>https?://)?
    (?P<place>
        (?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}
        (?!(?:csv|json|sql|html?|pdf|txt|py|md)\b)   # a file in a folder, no host
        [A-Za-z]{2,18}
        /[A-Za-z0-9._~%!$&*+=:@/?\#-]{0,400}
        (?<=[A-Za-z0-9/=_~-])                # the full stop of the sentence is none of it
    )
    """,
    re.VERBOSE,
)
"""An address of the web: a host of ASCII letters without port or user, and a path."""


def linked(text: str) -> Markup:
    """Return a text with its addresses as links, the rest escaped; nothing is fetched.

    Addresses stand in the catalogue mostly without a scheme, such as
    ``jfdaily.com/news/detail?id=121103``; a name of a host alone may be a company's and stays text.
    """
    parts = []
    end = 0
    for match in ADDRESS.finditer(text):
        parts += [Markup.escape(text[end : match.start()]), _link(match)]
        end = match.end()
    return Markup("").join([*parts, Markup.escape(text[end:])])


def _link(match: re.Match[str]) -> Markup:
    target = f"{match['scheme'] or 'https://'}{match['place']}"
    return markup.outside(target, match[0])
