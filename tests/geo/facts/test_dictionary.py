from __future__ import annotations

import json
from typing import TYPE_CHECKING, get_args

import pytest

from geo.facts import boundaries, catalog, cross_checks, dictionary, schemas
from geo.files import layout_files
from geo.policy import layouts, model
from geo.settings import LANGUAGES, Language
from tests.geo import toy_files

if TYPE_CHECKING:
    from collections.abc import Iterable

LABELLED = (*cross_checks.VOCABULARY, "sectors", "source", "coord_source", "note")
"""Columns that a table of sites has in words as well."""
EVERY = (
    *("catalogue_date", "method", "parameters", "boundaries", "datum", "completeness"),
    "filters",
)
"""Columns that tables repeat in every row."""
TABLES: tuple[dictionary.Table, ...] = get_args(dictionary.Table)


def unexplained(names: Iterable[str], table: dictionary.Table) -> list[str]:
    return [column.name for column in dictionary.describe(names, table=table) if not column.known]


@pytest.mark.parametrize("table", ["sites", "shortlist"])
def test_every_column_of_sites_is_explained(table: dictionary.Table) -> None:
    names = toy_files.names(catalog.sites())
    labels = [f"{name}_label" for name in LABELLED]
    assert set(LABELLED) <= set(names)
    assert unexplained([*names, *labels, *EVERY], table) == []


@pytest.mark.parametrize("table", ["districts", "cities"])
def test_every_column_of_districts_with_figures_is_explained(table: dictionary.Table) -> None:
    frame = toy_files.districts()
    assert set(boundaries.districts("guangdong", level="city")) <= set(frame)
    assert unexplained(["adcode", *toy_files.names(frame), *EVERY], table) == []


def test_the_columns_of_a_table_keep_their_order() -> None:
    names = list(dictionary.columns("sites"))
    own = toy_files.names(catalog.sites())
    assert names[: len(own)] == own
    assert names[-len(EVERY) :] == list(EVERY)


@pytest.mark.parametrize("table", TABLES)
def test_words_are_in_both_languages(table: dictionary.Table) -> None:
    for column in dictionary.columns(table).values():
        assert column.title.zh
        assert column.title.en
        assert column.meaning.zh != column.meaning.en
        assert bool(column.unit.zh) == bool(column.unit.en)


def test_a_name_means_one_thing_in_each_table() -> None:
    assert dictionary.columns("sites")["adcode"] != dictionary.columns("districts")["adcode"]


def test_types_are_those_of_the_schema() -> None:
    whole, real = ("integer", "year"), ("number",)
    fits = {schemas.WHOLE: whole, schemas.REAL: real, schemas.TEXT: ("text", "code", "list")}
    columns = dictionary.columns("sites")
    for name, dtype in schemas.dtypes("sites").items():
        assert columns[name].type in fits[dtype], name


@pytest.mark.parametrize("field", cross_checks.VOCABULARY)
def test_codes_are_those_of_the_vocabulary(field: catalog.Field) -> None:
    words = catalog.vocabulary(field)
    column = dictionary.columns("sites")[field]
    assert column.type == "code"
    assert {code: told.zh for code, told in column.codes.items()} == words["name_zh"].to_dict()
    assert {code: told.en for code, told in column.codes.items()} == words["name_en"].to_dict()


def test_sectors_and_regions_have_their_codes() -> None:
    columns = dictionary.columns("sites")
    assert set(columns["sectors"].codes) == set(catalog.sectors().index)
    assert set(columns["region"].codes) == set(catalog.regions().index)
    assert set(dictionary.columns("districts")["lq_of"].codes) == set(catalog.families().index)


def test_a_column_nobody_explained_has_no_words() -> None:
    (column,) = dictionary.describe(["unheard_of"], table="sites")
    assert column == dictionary.ExplainedColumn("unheard_of")
    assert not column.known
    assert dictionary.explained(["unheard_of"], table="sites", lang="en") == {}


def test_the_dictionary_as_plain_values() -> None:
    told = dictionary.explained(["area_m2", "level"], table="sites", lang="en")
    assert told["area_m2"] == {
        "title": "Area",
        "description": "Site or floor area, as the note says; empty where unknown",
        "type": "number",
        "unit": "m²",
    }
    assert told["level"]["codes"] == catalog.vocabulary("level")["name_en"].to_dict()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_table_has_a_heading_that_can_name_a_sheet(lang: Language) -> None:
    names = [dictionary.word(name, lang=lang) for name in (*TABLES, "dictionary", "about")]
    assert len(set(names)) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert dictionary.word("unheard_of", lang=lang) == "unheard_of"
    # A name that is not in the table is returned as it is, in both languages.
    both = [[dictionary.word(name, lang=each) for each in LANGUAGES] for name in TABLES]
    assert all(zh != en for zh, en in both)


def test_every_property_of_a_layouts_features_is_explained() -> None:
    found: dict[str, object] = {}
    for layout in layouts.all_layouts().values():
        for feature in json.loads(layout_files.layout_geojson(layout))["features"]:
            found |= feature["properties"]
    assert unexplained([*found, "layout", "region"], "layouts") == []
    assert set(dictionary.columns("layouts")) == {*found, "layout", "region", *EVERY}


def test_layouts_have_kinds_of_their_own() -> None:
    columns = dictionary.columns("layouts")
    assert not columns["kind"].codes
    assert not columns["status"].codes
    assert set(columns["sectors"].codes) == set(catalog.sectors().index)
    for column, codes in (
        ("kind", (*get_args(model.Kind), *get_args(model.Relation))),
        ("status", get_args(model.Status)),
        ("certainty", get_args(model.Certainty)),
    ):
        for code in codes:
            assert code in columns[column].meaning.zh
            assert code in columns[column].meaning.en
