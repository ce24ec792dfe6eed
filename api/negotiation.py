"""What a client wants: a format and a language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, Literal

from api.refusals import Faults, RefusedRequest, unusable
from geo import memory
from geo.settings import LANGUAGES, Language
from server import weights

if TYPE_CHECKING:
    from collections.abc import Mapping

Format = Literal["json", "html"]
FORMATS: Final[tuple[Format, ...]] = ("json", "html")

ANY: Final = frozenset({"*/*", "application/*"})

_JSON = re.compile(r"(application|text)/(([a-z0-9.]+\+)?json)")


@dataclass(frozen=True)
class Wish:
    """What the answer is to be.

    Parameters
    ----------
    format : str
        ``json`` or ``html``.
    lang : str
        ``zh`` or ``en``.
    plain : bool
        Whether no JSON is taken but such as calls itself ``application/json``.
    """

    format: Format
    lang: Language
    plain: bool = False


def wish(accept: str, accept_language: str, f: str | None, lang: str | None) -> Wish:
    """Read format and language, from the parameters where given, else from the headers.

    Raises
    ------
    RefusedRequest
        400 for parameters that are unknown, 406 where none of the formats is accepted.
    """
    return _wish(accept[: weights.MOST_HEADER], accept_language[: weights.MOST_HEADER], f, lang)


@memory.by_view(latest=64)
def _wish(accept: str, accept_language: str, f: str | None, lang: str | None) -> Wish:
    faults = Faults()
    format_ = faults.of(_format, accept, f)
    language = faults.of(_language, accept_language, lang)
    faults.settle()
    return Wish(format_ or FORMATS[0], language or LANGUAGES[0], plain=_is_plain(accept))


def best_effort(accept: str, accept_language: str, params: Mapping[str, str]) -> Wish:
    """Return the wish as far as it can be met: how to tell a client what is wrong."""
    f, lang = params.get("f"), params.get("lang")
    return Wish(
        f if f in FORMATS else _accepted(accept) or "json",
        lang if lang in LANGUAGES else _language(accept_language, None),
    )


def _format(accept: str, f: str | None) -> Format:
    if f is not None:
        if f not in FORMATS:
            raise unusable("f", f)
        return f
    accepted = _accepted(accept)
    if accepted is None and weights.ranked(accept):
        raise RefusedRequest("accept", HTTPStatus.NOT_ACCEPTABLE)
    return accepted or "json"


def _accepted(accept: str) -> Format | None:
    """Return the dearest format that is served; None where there is none."""
    return next(filter(None, map(_kind, weights.ranked(accept))), None)


def _is_plain(accept: str) -> bool:
    taken = set(weights.ranked(accept))
    return "application/json" in taken and not taken & {"application/schema+json", *ANY}


def _kind(media_type: str) -> Format | None:
    if media_type in {"text/html", "application/xhtml+xml", "text/*"}:
        return "html"
    if media_type in ANY:
        return "json"
    # JSON for linked data is a format of its own.
    return "json" if _JSON.fullmatch(media_type) and "ld+json" not in media_type else None


def _language(accept_language: str, lang: str | None) -> Language:
    if lang is not None:
        if lang not in LANGUAGES:
            raise unusable("lang", lang)
        return lang
    for tag in weights.ranked(accept_language):
        primary = tag.split("-")[0]
        if primary in LANGUAGES:
            return primary
    return LANGUAGES[0]
