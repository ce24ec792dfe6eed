"""The middle of 方法: formula and symbols, the rule on missing values, the example, the code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import formats
from geo.facts import catalog
from geo.measures.indicator_list import INDICATORS, OF_COLUMN
from geo.methods import source
from geo.methods.method import methods, symbols
from geo.methods.words import MethodTexts
from layers import templates
from ui.blocks import grid, markup
from ui.methods import worked
from ui.state import links

if TYPE_CHECKING:
    from markupsafe import Markup

    from geo.methods.method import Fate, Method
    from geo.settings import Language
    from ui.methods.example import Example
    from ui.state.pages import Methods
    from ui.state.view import PageView

TEMPLATE: Final = "ui/methods/methods.html"
SIGNS: Final = frozenset({"none", "zero", "few"})
"""The fates that the map has a sign for."""

section: Final = templates.piece(TEMPLATE, "section")


def words(lang: Language) -> MethodTexts:
    """Return what is said of the methods."""
    return MethodTexts(lang)


def unit(method: Method, lang: Language) -> str:
    """Return the unit of a method's figure."""
    of_files = method.unit
    return words(lang)(f"{method.id}.unit") if of_files is None else of_files[lang]


def headline(view: PageView[Methods]) -> str:
    """Return what a method tells, in a sentence."""
    return words(view.t.lang)(f"{view.state.method}.headline")


def listing(view: PageView[Methods]) -> Markup:
    """Return the methods by family, each a link."""
    said = words(view.t.lang)
    families: dict[str, list[tuple[Markup, bool]]] = {}
    for key, each in methods().items():
        now = key == view.state.method
        link = links.to(view, text=said(f"{key}.name"), method=key)
        families.setdefault(said(f"family.{each.family}"), []).append((link, now))
    return templates.piece(TEMPLATE, "listing")(view.t("methods.list"), families.items())


def explained(view: PageView[Methods]) -> None:
    """Draw a method's formula, its symbols, and what becomes of what is not known."""
    t, method, said = view.t, methods()[view.state.method], words(view.t.lang)
    grid.write(section(t("methods.formula"), note=unit(method, t.lang)))
    meanings = [(symbols()[each], said(f"symbol.{each}")) for each in method.symbols]
    formula = templates.piece(TEMPLATE, "formula")
    grid.write_formulas(formula(t("methods.symbols"), method.formula, meanings))
    grid.write(markup.paragraph(f"{said(f'{method.id}.note')}{t('list.sentence')}{_from(view)}"))
    grid.write(section(t("methods.missing"), note=t("methods.missing_note")))
    grid.write(missing(view))


def worked_through(view: PageView[Methods], example: Example) -> None:
    """Draw the worked example."""
    t = view.t
    note = t("methods.example_note", of=example.of, date=catalog.catalogue_date().isoformat())
    grid.write(section(t("methods.example"), note=note))
    drawn = templates.piece(TEMPLATE, "example")
    parts = (example.rows, example.worked, example.interval, example.note)
    grid.write_formulas(drawn(t("methods.example"), *parts))


def missing(view: PageView[Methods]) -> Markup:
    """Return what becomes of what is not known, with the sign that the map has for it."""
    t, method, said = view.t, methods()[view.state.method], words(view.t.lang)
    rows = [
        (
            said(f"case.{case}"),
            _sign(method, fate),
            "0" if fate == "zero" else "",
            said(f"fate.{fate}"),
            said(f"case.{case}_why"),
        )
        for case, fate in method.missing
    ]
    drawn = any(sign for _, sign, *_ in rows)
    names = ("case", *(("on_map",) if drawn else ()), "fate", "why")
    heads = [t(f"methods.{name}") for name in names]
    return templates.piece(TEMPLATE, "missing")(t("methods.missing"), heads, rows, drawn)


def _sign(method: Method, fate: Fate) -> str:
    """Return the sign that the map has for a fate; nothing for what it does not show."""
    name = OF_COLUMN.get(method.column)
    if name is None or fate not in SIGNS:
        return ""
    return f"{fate} ct-of-quotient" if INDICATORS[name].quotient else fate


def code(view: PageView[Methods]) -> None:
    """Draw a method as its code says it: signatures and docstrings."""
    t = view.t
    seen: set[str] = set()
    for name in methods()[view.state.method].functions:
        found = source.source(name)
        if found.home not in seen:
            seen.add(found.home)
            grid.write(section(found.home, note=t("methods.module")))
            _code(found.home, found.module)
        grid.write(section(found.name, note=t("methods.code_note")))
        _code(found.name, found.written, language="python")


def _code(name: str, text: str, *, language: str | None = None) -> None:
    with st.container(key=f"method_code_{name.replace('.', '_')}"):
        st.code(text, language=language, wrap_lines=True)


def cited(view: PageView[Methods], example: Example) -> str:
    """Return the figure as a reader cites it."""
    key = "methods.cited" if example.value else "methods.cited_none"
    return view.t(
        key,
        date=catalog.catalogue_date().isoformat(),
        name=words(view.t.lang)(f"{view.state.method}.name"),
        of=example.of,
        value=example.value,
    )


def example(view: PageView[Methods]) -> Example:
    """Return the worked example of the method in view."""
    return worked.WORKED[view.state.method](view)


def _from(view: PageView[Methods]) -> str:
    """Return where the formula comes from, and a published value of it."""
    t, method = view.t, methods()[view.state.method]
    stated = t("methods.ours")
    if method.sources:
        stated = t("methods.sources", sources=t("list.stop").join(method.sources))
    if (check := method.check) is None:
        return stated
    key = "methods.check_from" if check.source else "methods.check"
    value = formats.exact(check.value)
    tested = t(key, call=check.call, value=value, source=check.source)
    return t("list.sentence").join((stated, tested))
