"""Documents as pages for people: templates filled with what the documents say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import jinja2

from api import answer
from api.words import Texts
from geo import memory

if TYPE_CHECKING:
    from http import HTTPStatus

    from geo.settings import Language

TEMPLATES: Final = Path(__file__).with_name("templates")


def page(
    template: str, lang: Language, base: str, *, more: answer.Headers = (), **told: object
) -> answer.Answer:
    """Return a page.

    Parameters
    ----------
    template
        Name of its template, without ``.html``.
    lang
        Its language.
    base
        Address of the API.
    more
        Further headers.
    **told
        What the template shows.
    """
    return answer.Answer(
        _rendered(f"{template}.html", lang, base, told), answer.HTML, lang, more=more
    )


def feed(lang: Language, base: str, **told: object) -> answer.Answer:
    """Return a feed.

    Parameters
    ----------
    lang
        Its language.
    base
        Address of the API.
    **told
        Its own address, its entries, when it was updated, the regions it is of.
    """
    return answer.Answer(_rendered("feed.xml", lang, base, told), answer.ATOM, lang)


def fault(
    status: HTTPStatus, detail: str, lang: Language, base: str, *, more: answer.Headers = ()
) -> answer.Answer:
    """Return a page that tells people what is wrong."""
    told = {"code": f"{int(status)} {status.phrase}", "detail": detail}
    return answer.Answer(_rendered("fault.html", lang, base, told), answer.HTML, lang, status, more)


def _rendered(template: str, lang: Language, base: str, told: dict[str, Any]) -> bytes:
    t = Texts(lang)
    shared = {"t": t, "lang": lang, "other": t.other, "api": base}
    page = _templates().get_template(template).render(shared | told)
    return page.encode("utf-8", "replace")


@memory.by_facts
def _templates() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(TEMPLATES)
    return jinja2.Environment(loader=loader, autoescape=True)
