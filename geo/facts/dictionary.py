"""The data dictionary: what each column of a download means, in both languages.

The words are facts (``data/columns.csv``); the codes of a column are those of the catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, cast, get_args

from geo import memory
from geo.facts import catalog, cross_checks, schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from geo.settings import Language

Table = Literal[
    "sites",
    "shortlist",
    "districts",
    "cities",
    "clusters",
    "plans",
    "scenarios",
    "quotients",
    "tests",
    "peers",
    "completeness",
    "layouts",
    "changes",
]
EXPLAINED_AS: Final[Mapping[Table, str]] = MappingProxyType(
    {
        "sites": "sites",
        "shortlist": "sites",
        "districts": "districts",
        "cities": "districts",
        "clusters": "clusters",
        "plans": "plans",
        "scenarios": "scenarios",
        "quotients": "quotients",
        "tests": "tests",
        "peers": "peers",
        "completeness": "completeness",
        "layouts": "layouts",
        "changes": "changes",
    }
)
"""The table of ``data/columns.csv`` that explains a file's columns."""

OWN_CODES: Final[frozenset[Table]] = frozenset({"layouts", "clusters", "peers"})
"""Tables whose kinds, levels and states are none of the catalogue's."""


@dataclass(frozen=True, slots=True)
class Words:
    """The same in both languages; ``words[lang]`` is that in one."""

    zh: str = ""
    en: str = ""

    def __getitem__(self, lang: Language) -> str:
        return self.zh if lang == "zh" else self.en


NO_WORDS: Final = Words()


@dataclass(frozen=True, slots=True)
class ExplainedColumn:
    """One column explained.

    Attributes
    ----------
    name
        As in the file.
    type
        ``list`` has ``;`` between its codes; ``code`` and ``list`` may have `codes`.
    title, meaning, unit
        In both languages; empty where there is nothing to say.
    codes
        What each code stands for; empty where the column has none, or ones of its own.
    """

    name: str
    type: schemas.ColumnType = "text"
    title: Words = NO_WORDS
    meaning: Words = NO_WORDS
    unit: Words = NO_WORDS
    codes: Mapping[str, Words] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        """Whether the dictionary has words for it."""
        return self.title != NO_WORDS


def columns(table: Table) -> Mapping[str, ExplainedColumn]:
    """Return every column that a file of a table may have, by name.

    Parameters
    ----------
    table
        ``sites`` or ``shortlist``, ``districts`` or ``cities`` (with their figures), ``layouts``.

    Returns
    -------
    mapping of str to ExplainedColumn
        In the order of ``data/columns.csv``.
    """
    return _columns(EXPLAINED_AS[table]) | _columns("every")


def describe(names: Iterable[str], *, table: Table) -> tuple[ExplainedColumn, ...]:
    """Return the explanations of a file's columns.

    Parameters
    ----------
    names
        Columns of the file, in order.
    table
        As for `columns`.

    Returns
    -------
    tuple of ExplainedColumn
        One for each name; without words where the dictionary does not know it.
    """
    known = columns(table)
    return tuple(known.get(name) or ExplainedColumn(name) for name in names)


def explained(
    names: Iterable[str], *, table: Table, lang: Language
) -> dict[str, dict[str, object]]:
    """Return the dictionary of a file as plain values, for a file that carries it as JSON.

    Parameters
    ----------
    names, table
        As for `describe`.
    lang
        Language of the words.

    Returns
    -------
    dict
        For each column that has words: ``title``, ``description``, ``type`` and, where it has
        them, ``unit`` and ``codes`` (each with its name).
    """
    found: dict[str, dict[str, object]] = {}
    for column in describe(names, table=table):
        if not column.known:
            continue
        entry: dict[str, object] = {
            "title": column.title[lang],
            "description": column.meaning[lang],
            "type": column.type,
        }
        if column.unit[lang]:
            entry["unit"] = column.unit[lang]
        if column.codes:
            entry["codes"] = {code: words[lang] for code, words in column.codes.items()}
        found[column.name] = entry
    return found


def word(name: str, *, lang: Language) -> str:
    """Return a heading of a file, such as the name of a sheet.

    Parameters
    ----------
    name
        A name of the table ``workbook`` of ``data/columns.csv``; another one is returned as it is.
    lang
        Language of the heading.
    """
    known = _columns("workbook").get(name)
    return known.title[lang] if known else name


@memory.by_facts
def _columns(table: str) -> dict[str, ExplainedColumn]:
    frame = catalog.columns()
    rows = frame[frame["table"] == table].fillna("").to_dict("records")
    return {
        row["name"]: ExplainedColumn(
            name=row["name"],
            type=cast("schemas.ColumnType", row["type"]),
            title=Words(row["title_zh"], row["title_en"]),
            meaning=Words(row["meaning_zh"], row["meaning_en"]),
            unit=Words(row["unit_zh"], row["unit_en"]),
            codes=_codes(row["name"], table=table),
        )
        for row in rows
    }


def _codes(name: str, *, table: str) -> Mapping[str, Words]:
    """Return the codes that a column of this name has in the catalogue.

    Layouts have kinds and states of their own: the meaning of the column tells them.
    """
    fields = (*cross_checks.VOCABULARY, *cross_checks.OF_SITES, *get_args(schemas.RecordField))
    if name in fields and (table not in OWN_CODES or name == "precision"):
        return _named(catalog.vocabulary(cast("catalog.Field", name)))
    tables = {"sectors": catalog.sectors, "lq_of": catalog.families, "region": catalog.regions}
    return _named(tables[name]()) if name in tables else MappingProxyType({})


def _named(frame: pd.DataFrame) -> Mapping[str, Words]:
    names = zip(frame.index, frame["name_zh"], frame["name_en"], strict=True)
    return MappingProxyType({str(code): Words(str(zh), str(en)) for code, zh, en in names})
