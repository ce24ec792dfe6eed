"""Documents as pages for people: templates filled with what the documents say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import jinja2

from api import answers, endpoints, limits
from api.words import ApiTexts
from geo import memory

if TYPE_CHECKING:
    from http import HTTPStatus

    from geo.settings import Language

TEMPLATES: Final = Path(__file__).with_name("templates")


def page(
    template: str, lang: Language, base: str, *, more: answers.Headers = (), **content: object
) -> answers.ApiAnswer:
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
    **content
        What the template shows.
    """
    return answers.ApiAnswer(
        _rendered(f"{template}.html", lang, base, content), answers.HTML, lang, more=more
    )


def feed(lang: Language, base: str, **content: object) -> answers.ApiAnswer:
    """Return a feed.

    Parameters
    ----------
    lang
        Its language.
    base
        Address of the API.
    **content
        Its own address, its entries, when it was updated, the regions it is of.
    """
    return answers.ApiAnswer(_rendered("feed.xml", lang, base, content), answers.ATOM, lang)


def fault(
    status: HTTPStatus, detail: str, lang: Language, base: str, *, more: answers.Headers = ()
) -> answers.ApiAnswer:
    """Return a page that tells people what is wrong."""
    content = {"code": f"{int(status)} {status.phrase}", "detail": detail}
    return answers.ApiAnswer(
        _rendered("fault.html", lang, base, content), answers.HTML, lang, status, more
    )


def _rendered(template: str, lang: Language, base: str, content: dict[str, Any]) -> bytes:
    t = ApiTexts(lang)
    shared = {
        "t": t,
        "lang": lang,
        "other": t.other,
        "api": base,
        "home": endpoints.app_address(base),
        "most": limits.MOST_FEATURES,
    }
    page = _templates().get_template(template).render(shared | content)
    return page.encode("utf-8", "replace")


@memory.by_facts
def _templates() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(TEMPLATES)
    return jinja2.Environment(loader=loader, autoescape=True)
