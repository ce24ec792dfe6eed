"""Documents as pages for people: templates filled with what the documents say."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jinja2

from api import answers, limits
from api.words import ApiTexts
from geo import memory

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.service import Service
    from geo.settings import Language

TEMPLATES: Final = Path(__file__).with_name("templates")


def page(
    template: str,
    lang: Language,
    service: Service,
    content: Mapping[str, object],
    *,
    media_type: str = answers.HTML,
    status: HTTPStatus = HTTPStatus.OK,
    more: answers.Headers = (),
) -> answers.ApiAnswer:
    """Return a page, or a feed.

    Parameters
    ----------
    template
        Name of its template.
    lang
        Its language.
    service
        Whose it is.
    content
        What the template shows.
    media_type
        Its type.
    status
        Its status.
    more
        Further headers.
    """
    t = ApiTexts(lang)
    shared = {
        "t": t,
        "lang": lang,
        "other": t.other,
        "api": service.base,
        "tiles": service.tiles,
        "home": service.pages(lang=lang),
        "catalogue": service.key is None,
        "most": limits.MOST_FEATURES,
    }
    text = _templates().get_template(template).render({**shared, **content})
    return answers.ApiAnswer(text.encode("utf-8", "replace"), media_type, lang, status, more)


@memory.by_facts
def _templates() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(TEMPLATES)
    return jinja2.Environment(loader=loader, autoescape=True)
