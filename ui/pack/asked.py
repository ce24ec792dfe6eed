"""What is asked for: the view of an address, or why an address is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar
from urllib.parse import parse_qsl, urlsplit

from geo.checks.written import shortened
from geo.errors import InputError
from ui.state import address, fields, pages
from ui.state.view import PageView, View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.settings import Language

P_co = TypeVar("P_co", bound=pages.Page, covariant=True)
PAGES: Final = ("overview", "districts", "layouts", "find", "clusters", "siting", "site", "targets")
"""Those that can be handed out."""

MOST_NAMED: Final = 40
"""Values that a message names; sites are more."""


@dataclass(frozen=True, kw_only=True)
class Asked(Generic[P_co]):
    """A view of a page, and where the app is: what is handed out says how to open it again."""

    page: str
    view: PageView[P_co]
    base: str = ""

    @property
    def address(self) -> str:
        """The address that shows the same."""
        state = self.view.state
        params = address.render(state.values, state.fields())
        params.pop(fields.PARTS.name, None)
        place = pages.address(self.page, params).removeprefix("./").rstrip("?")
        return f"{self.base.rstrip('/')}/{place}"


def asked(written: str, *, lang: Language | None = None, base: str = "") -> Asked[pages.Page]:
    """Read an address as the app does.

    Parameters
    ----------
    written
        The address, with or without its host: ``/districts?region=guangdong&unit=city``.
    lang
        The language, whatever the address says.
    base
        Where the app is.

    Raises
    ------
    InputError
        Where no page stands there, or the page would refuse something of it: all of that.
    """
    parts = urlsplit(written)
    name = parts.path.rstrip("/").rpartition("/")[2] or pages.HOME
    if name not in PAGES:
        at = ", ".join(f"/{each}" for each in PAGES)
        raise InputError(f"no view at {written!r}: expected one of {at}, then ? and its filters")
    params = dict(parse_qsl(parts.query)) | ({"lang": lang} if lang else {})
    return Asked(page=name, view=_view(name, params, written), base=base)


def _view(name: str, params: Mapping[str, str], written: str) -> View:
    page = pages.OF_PAGE[name]
    known = {field.name: field for field in page.fields()}
    names = {*known, *(field.also for field in known.values() if field.also)}
    parsed = address.parse(params, tuple(known.values()))
    wrong = [
        f"{shortened(name)!r} is no parameter of this page" for name in params if name not in names
    ]
    for refused in parsed.refused:
        choices = known[refused.name].choices(parsed.values)
        expected = f": expected {', '.join(choices)}" if 0 < len(choices) <= MOST_NAMED else ""
        wrong.append(f"{refused.name}={refused.value} is not known{expected}")
    if wrong:
        raise InputError(f"no view at {written!r}; {'; '.join(wrong)}")
    state = page.of(parsed.values)
    if isinstance(state, pages.Site) and not state.id:
        raise InputError(f"no view at {written!r}: expected ?id= and the id of a site")
    if isinstance(state, pages.Layouts) and not state.layout:
        raise InputError(f"no view at {written!r}: the region has no layout")
    return PageView(state)
