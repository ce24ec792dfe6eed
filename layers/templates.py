"""HTML of pages and maps: templates beside the rooms that fill them; every text is escaped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import jinja2
from markupsafe import Markup

from geo import memory

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT: Final = Path(__file__).resolve().parent.parent

_environment: Final = jinja2.Environment(
    loader=jinja2.FileSystemLoader(ROOT),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def html(template: str, **values: object) -> Markup:
    """Fill a template in.

    Parameters
    ----------
    template
        Its path from the root of the project, such as ``ui/blocks/pieces.html``.
    **values
        What it names; a value that it asks for and does not get raises.
    """
    filled = _environment.get_template(template).render(values)
    return Markup(filled.strip())  # noqa: S704 - escaped there


@memory.by_facts
def piece(template: str, name: str) -> Callable[..., Markup]:
    """Return a macro of a template as a function.

    Parameters
    ----------
    template
        Its path from the root of the project.
    name
        The macro's name.
    """
    macro: Callable[..., Markup] = getattr(_environment.get_template(template).module, name)
    return macro
