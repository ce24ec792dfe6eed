"""How far a place's sources bear: the grade of evidence, derived from what each source is.

A row's ``source`` names its sources, separated by "; ". What each is, its form says: a document
of the catalogue or a page of an authority is an official list or notice; a page or document with
its address tells of the place itself; a register of addresses, points or buildings shows that a
place of this name was listed in its year. ``data/evidence.csv`` lists the sources whose form their
address does not tell, such as the copy of a notice. The best form is the row's grade.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

OFFICIAL: Final = "official"
DOCUMENTED: Final = "documented"
LISTED: Final = "listed"
UNVERIFIED: Final = "unverified"
GRADES: Final = (OFFICIAL, DOCUMENTED, LISTED, UNVERIFIED)
"""From the best to the least."""

_SEPARATOR = re.compile(r"; (?![^(（]*[)）])")
_ASIDE = re.compile(r"(?:venue/|earlier )?(?:address|district|house number|area)\b[^:(]*: ")
"""What a source vouches for that is not the place itself."""

_PAGE = re.compile(r"(?P<host>(?:[a-z0-9-]+\.)+[a-z]{2,}|\d+(?:\.\d+){3})(?::\d+)?/\S*")


def sources(text: str) -> list[str]:
    """Return the sources that a remark names, without those of an address or a district alone.

    Examples
    --------
    >>> sources("gov.cn/list.htm (2015; first batch); address: general knowledge")
    ['gov.cn/list.htm (2015; first batch)']
    """
    return [each for each in _SEPARATOR.split(text) if not _ASIDE.match(each)]


def form(source: str, *, documents: Collection[str], listed: Mapping[str, str]) -> str:
    """Return what one source amounts to.

    Parameters
    ----------
    source
        One of :func:`sources`.
    documents : collection of str
        Ids of ``data/documents.csv``.
    listed : mapping of str to str
        Forms of ``data/evidence.csv`` by what a source begins with; the longest counts.

    Returns
    -------
    str
        One of :data:`GRADES`.
    """
    if source.split(" ", 1)[0] in documents:
        return OFFICIAL
    known = max((each for each in listed if source.startswith(each)), key=len, default=None)
    if known is not None:
        return listed[known]
    page = _PAGE.match(source)
    if page is None:
        return UNVERIFIED
    return OFFICIAL if f".{page['host']}".endswith(".gov.cn") else DOCUMENTED


def grade(text: str, *, documents: Collection[str], listed: Mapping[str, str]) -> str:
    """Return the grade of a row by its ``source``: the best of its sources' forms.

    Parameters
    ----------
    text
        A row's ``source``.
    documents, listed
        As for :func:`form`.

    Examples
    --------
    >>> grade("general knowledge; whb.cn/a.html", documents=(), listed={})
    'documented'
    """
    forms = {form(each, documents=documents, listed=listed) for each in sources(text)}
    return next((each for each in GRADES if each in forms), UNVERIFIED)
