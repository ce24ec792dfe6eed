"""What a page says, without its session: for previews of links and others that run no script."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from markupsafe import Markup

from ui import address, fields, finding, head, layoutside, results, sentences, targets
from ui import layoutsentence as layouts
from ui.language import Texts
from ui.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_HEAD = Markup(
    "<title>{title}</title>\n"
    '<meta name="description" content="{tagline}">\n'
    '<meta property="og:type" content="website">\n'
    '<meta property="og:site_name" content="{name}">\n'
    '<meta property="og:title" content="{title}">\n'
    '<meta property="og:description" content="{tagline}">\n'
    '<meta property="og:locale" content="{locale}">'
)


def header(page: str, asked: str) -> str:
    """Return the head of a page's shell: its headline as title, and for previews.

    Parameters
    ----------
    page : str
        Last part of its address; "" for the first page.
    asked : str
        The query of the address.
    """
    name = page or head.PAGES[0]
    parsed = address.parse(dict(parse_qsl(asked)), fields.OF_PAGE[name])
    told = tuple(address.render(parsed.values, fields.OF_PAGE[name]).items())
    t = Texts(parsed.values["lang"])
    return _HEAD.format(
        title=_headline(name, told) or t("app.title"),
        tagline=t("app.tagline"),
        name=t("app.title"),
        locale="zh_CN" if t.lang == "zh" else "en_GB",
    )


@lru_cache(maxsize=512)
def _headline(name: str, told: tuple[tuple[str, str], ...]) -> str:
    values = address.parse(dict(told), fields.OF_PAGE[name]).values
    return _SAID[name](View(values, Texts(values["lang"]), dark=False))


def _overview(view: View) -> str:
    return sentences.overview(view, results.overall(view.query), results.table(view.query))


def _districts(view: View) -> str:
    indicator, focus = view.values["by"], view.values["focus"]
    table = results.with_quotients(view.query, focus=focus)
    overall = results.overall(view.query)
    return sentences.districts(view, overall, table, indicator=indicator, focus=focus)


def _layouts(view: View) -> str:
    if not view.values["layout"]:
        return ""
    return layouts.headline(view, [side.layout for side in layoutside.sides(view)])


def _targets(view: View) -> str:
    asked = (view.values[name] for name in ("place", "theme", "state"))
    return sentences.targets(view, targets.chosen(*asked))


def _site(view: View) -> str:
    key = str(view.values["id"])
    return str(finding.site(key)[f"name_{view.t.lang}"]) if key else view.t("site.none")


_SAID: Mapping[str, Callable[[View], str]] = {
    "overview": _overview,
    "districts": _districts,
    "layouts": _layouts,
    "find": sentences.find,
    "targets": _targets,
    "site": _site,
}
