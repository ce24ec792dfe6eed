"""What a client wants, and under which address it knows this server."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, Literal

from api.errors import Refused, shortened
from api.texts import LANGUAGES, Language

if TYPE_CHECKING:
    from collections.abc import Mapping

Format = Literal["json", "html"]
FORMATS: Final[tuple[Format, ...]] = ("json", "html")

PREFIX: Final = "/api"
"""Where the API is mounted below the app."""

HOST: Final = re.compile(
    r"([A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?"
)
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*(?:;|$)", re.IGNORECASE)
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
    """

    format: Format
    lang: Language


@lru_cache(maxsize=256)
def wish(accept: str, accept_language: str, f: str | None, lang: str | None) -> Wish:
    """Read format and language, from the parameters where given, else from the headers.

    Raises
    ------
    Refused
        400 for a parameter that is unknown, 406 where none of the formats is accepted.
    """
    return Wish(_format(accept, f), _language(accept_language, lang))


def best_effort(accept: str, accept_language: str, params: Mapping[str, str]) -> Wish:
    """Return the wish as far as it can be met: how to tell a client what is wrong."""
    f, lang = params.get("f"), params.get("lang")
    ranked = [_kind(each) for each in _ranked(accept)]
    told: Format = next((kind for kind in ranked if kind is not None), "json")
    return Wish(
        f if f in FORMATS else told,
        lang if lang in LANGUAGES else _language(accept_language, None),
    )


def _format(accept: str, f: str | None) -> Format:
    if f is not None:
        if f not in FORMATS:
            raise Refused("value", name="f", value=shortened(f), expected=("parameters", "f"))
        return f
    accepted = _ranked(accept)
    for each in accepted:
        kind = _kind(each)
        if kind is not None:
            return kind
    if accepted:
        raise Refused("accept", HTTPStatus.NOT_ACCEPTABLE)
    return "json"


def _kind(media_type: str) -> Format | None:
    if media_type in {"text/html", "application/xhtml+xml", "text/*"}:
        return "html"
    if media_type in {"*/*", "application/*"}:
        return "json"
    # JSON for linked data is a format of its own.
    return "json" if _JSON.fullmatch(media_type) and "ld+json" not in media_type else None


def _language(accept_language: str, lang: str | None) -> Language:
    if lang is not None:
        if lang not in LANGUAGES:
            expected = ("parameters", "lang")
            raise Refused("value", name="lang", value=shortened(lang), expected=expected)
        return lang
    for tag in _ranked(accept_language):
        primary = tag.split("-")[0]
        if primary in LANGUAGES:
            return primary
    return LANGUAGES[0]


def _ranked(header: str) -> list[str]:
    """Return the values of a header that lists wishes, the dearest first, refused ones left out."""
    found: list[tuple[float, str]] = []
    for part in header[:2000].split(","):
        value = part.split(";")[0].strip().lower()
        quality = _QUALITY.search(part)
        weight = float(quality[1]) if quality else 1.0
        if value and weight > 0:
            found.append((weight, value))
    return [value for _, value in sorted(found, key=lambda each: -each[0])]


@lru_cache(maxsize=64)
def base_url(scheme: str, host: str, forwarded_proto: str, forwarded_host: str, root: str) -> str:
    """Return the address of the API as the client knows it, without a slash at its end.

    Parameters
    ----------
    scheme : str
        ``http`` or ``https``, of the connection.
    host : str
        Header Host, or the address of the socket.
    forwarded_proto, forwarded_host : str
        Headers that a proxy sets; disregarded where they are not sane.
    root : str
        Path under which the app is served, "" mostly.
    """
    proto = forwarded_proto.split(",", maxsplit=1)[0].strip().lower()
    named = forwarded_host.split(",", maxsplit=1)[0].strip()
    usable = named if HOST.fullmatch(named) else host if HOST.fullmatch(host) else "localhost"
    return f"{proto if proto in {'http', 'https'} else scheme}://{usable}{root}{PREFIX}"
