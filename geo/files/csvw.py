"""CSV on the Web: the description beside a CSV file (W3C Tabular Metadata, 2015)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from geo.facts import schemas
from geo.files import csv_file, plain_values, rows
from geo.files.archive import archive
from geo.settings import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from geo.facts import dictionary
    from geo.files.about import About

CONTEXT: Final = "http://www.w3.org/ns/csvw"
SUFFIX: Final = "-metadata.json"
"""Behind the name of the CSV file: where readers look for its description."""
DATATYPES: Final[Mapping[schemas.ColumnType, object]] = {
    "integer": "integer",
    "year": "gYear",
    "number": "number",
    "boolean": {"base": "boolean", "format": "True|False"},
    "date": "date",
}


def csvw(
    csv_name: str,
    frame: pd.DataFrame,
    about: About,
    *,
    table: dictionary.Table,
    metadata: Mapping[str, object] | None = None,
) -> bytes:
    """Return the description of a CSV file, to be saved beside it.

    Parameters
    ----------
    csv_name
        Name of the CSV file; this one is called so with "-metadata.json" behind.
    frame
        As in the CSV file.
    about
        What the file says about itself.
    table
        Whose dictionary explains the columns.
    metadata
        As in the CSV file.

    Returns
    -------
    bytes
        JSON in UTF-8: title, date, sources, licence in Dublin Core terms; of each column its
        datatype, title, meaning and unit in both languages, and the codes it may hold.

    Raises
    ------
    InputError
        When column names are repeated.
    """
    content = rows.of(frame, table=table, metadata=metadata)
    names = _names(content)
    described = {
        "@context": [CONTEXT, {"@language": about.language}],
        "url": quote(csv_name),
        **_about(about),
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ","},
        "tableSchema": {
            "columns": [
                _column(name, column) for name, column in zip(names, content.columns, strict=True)
            ],
            **_key(names, content),
        },
    }
    return json.dumps(described, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def csv_archive(
    csv_name: str,
    frame: pd.DataFrame,
    about: About,
    *,
    table: dictionary.Table,
    metadata: Mapping[str, object] | None = None,
) -> bytes:
    """Return a zip file of a CSV file and its description.

    Parameters, errors and the description as for `csvw`; the CSV file as from `csv_file.csv`.
    """
    described = csvw(csv_name, frame, about, table=table, metadata=metadata)
    content = csv_file.csv(frame, metadata=metadata)
    return archive({csv_name: content, f"{csv_name}{SUFFIX}": described})


def _about(about: About) -> dict[str, object]:
    terms = {
        "dc:title": about.title,
        "dc:description": about.paragraph(),
        "dc:modified": {"@value": about.date.isoformat(), "@type": "xsd:date"},
        "dc:language": about.language,
        "dc:source": [*about.sources.values(), *([about.boundaries] if about.boundaries else ())],
        "dc:rights": about.licence,
    }
    return {name: value for name, value in terms.items() if value}


def _names(content: rows.Rows) -> list[str]:
    """Return the columns' names in the description, which are parts of addresses: ASCII only."""
    names: list[str] = []
    for column in content.columns:
        name = re.sub(r"[^A-Za-z0-9]+", "_", column.name).strip("_") or "column"
        names.append(rows.free(name, taken=names))
    return names


def _column(name: str, column: dictionary.ExplainedColumn) -> dict[str, object]:
    words = {
        "dc:title": column.title,
        "dc:description": column.meaning,
        "schema:unitText": column.unit,
    }
    entry: dict[str, object] = {
        "name": name,
        "titles": plain_values.neutral(column.name),
        "datatype": _datatype(column),
    }
    if column.type == "list":
        entry["separator"] = schemas.SEPARATOR
    for key, text in words.items():
        if text.zh:
            entry[key] = _in_both(text.zh, text.en)
    if column.codes:
        zh, en = (
            "; ".join(f"{code}: {words[lang]}" for code, words in column.codes.items())
            for lang in LANGUAGES
        )
        entry["dc:tableOfContents"] = _in_both(zh, en)
    return entry


def _in_both(zh: str, en: str) -> list[dict[str, str]]:
    """Return a text in both languages as JSON-LD has it."""
    return [{"@value": zh, "@language": "zh"}, {"@value": en, "@language": "en"}]


def _datatype(column: dictionary.ExplainedColumn) -> object:
    if column.codes and column.type in {"code", "list"}:
        return {"base": "string", "format": "|".join(map(re.escape, column.codes))}
    return DATATYPES.get(column.type, "string")


def _key(names: list[str], content: rows.Rows) -> dict[str, str]:
    """Return the primary key, where the table has a column that can be one."""
    for name in ("id", "adcode"):
        if name in names:
            values = content.values[names.index(name)]
            if None not in values and len(set(values)) == len(values):
                return {"primaryKey": name}
            return {}
    return {}
