"""What breaks: a formula, a source or a check that says something else than the code."""

from __future__ import annotations

import inspect
import math
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from libpysal.weights import lat2W

from geo.facts import dictionary
from geo.measures import autocorrelation, clusters, concentration, point_pattern, polycentricity
from geo.measures.indicator_list import INDICATORS
from geo.methods import source
from geo.methods.method import Method, methods, symbols
from geo.methods.words import MethodTexts
from geo.policy import scorecard

if TYPE_CHECKING:
    from types import ModuleType

METHODS = list(methods().values())
ZH, EN = MethodTexts("zh"), MethodTexts("en")
NO_FIGURES = {"why_empty", "why_no_ellipse", "islands", "contiguity", "random_points"}
"""What beside its figures a module of them offers: reasons, neighbours, places at random."""


def evaluated(method: Method, call: str) -> float:
    """The value of a call of a method's functions."""
    known: dict[str, Any] = {
        name.rpartition(".")[2]: source.function(name) for name in method.functions
    }
    return float(eval(call, {"lat2W": lat2W, **known}))  # noqa: S307 - our own table


@pytest.mark.parametrize("method", [each for each in METHODS if each.check], ids=lambda m: m.id)
def test_the_code_gives_the_published_value(method: Method) -> None:
    check = method.check
    assert check is not None
    decimals = len(repr(check.value).partition(".")[2])
    assert evaluated(method, check.call) == pytest.approx(check.value, abs=0.51 * 10**-decimals)


@pytest.mark.parametrize(
    ("method", "call"), [(each, call) for each in METHODS for call in each.empty]
)
def test_what_is_said_to_be_empty_is(method: Method, call: str) -> None:
    assert math.isnan(evaluated(method, call))


@pytest.mark.parametrize("method", METHODS, ids=lambda m: m.id)
def test_sources_are_those_that_the_code_names(method: Method) -> None:
    told = " ".join(
        " ".join(f"{found.module} {found.written}".split())
        for found in map(source.source, method.functions)
    )
    for each in method.sources:
        author, year = re.findall(r"^(\w+).*?(\d{4})", each)[0]
        assert re.search(rf"{author}.{{,40}}{year}", told), each


def test_every_indicator_of_districts_has_its_method() -> None:
    for name, each in INDICATORS.items():
        assert methods()[name].column == each.column


def test_every_figure_of_a_scorecard_is_explained_once() -> None:
    explained = [key for each in METHODS for key in each.scores]
    assert sorted(explained) == sorted(scorecard.KEYS)


@pytest.mark.parametrize(
    "module", [autocorrelation, clusters, concentration, point_pattern, polycentricity]
)
def test_every_public_figure_is_named(module: ModuleType) -> None:
    named = {name for each in METHODS for name in each.functions}
    public = {
        f"{module.__name__}.{name}"
        for name, each in inspect.getmembers(module, inspect.isfunction)
        if each.__module__ == module.__name__ and not name.startswith("_")
    }
    assert {each for each in public - named if each.rpartition(".")[2] not in NO_FIGURES} == set()


@pytest.mark.parametrize("method", METHODS, ids=lambda m: m.id)
def test_a_unit_is_told_in_one_place(method: Method) -> None:
    own = f"{method.id}.unit"
    if method.column:
        assert dictionary.columns("districts")[method.column].unit.en
    assert ZH.has(own) != bool(method.column)


def test_texts_are_all_in_use_and_in_both_languages() -> None:
    wanted = {f"family.{each.family}" for each in METHODS}
    for each in METHODS:
        wanted |= {f"{each.id}.{name}" for name in ("name", "headline", "note")}
        wanted |= {f"symbol.{name}" for name in each.symbols}
        wanted |= set() if each.column else {f"{each.id}.unit"}
        for case, fate in each.missing:
            wanted |= {f"case.{case}", f"case.{case}_why", f"fate.{fate}"}
    assert ZH.texts.keys() == EN.texts.keys() == wanted
    assert [key for key, text in EN.texts.items() if re.search(r"[\u4e00-\u9fff]", text)] == []


def test_symbols_are_all_in_use_and_stand_in_a_formula() -> None:
    used = {name for each in METHODS for name in each.symbols}
    assert symbols().keys() == used


@pytest.mark.parametrize("method", METHODS, ids=lambda m: m.id)
def test_formulas_are_tex_that_html_leaves_alone(method: Method) -> None:
    for line in (*method.formula, *(symbols()[name] for name in method.symbols)):
        assert not set("<>&\"'\n$") & set(line), line
        plain = re.sub(r"\\[{}]", "", line)
        depth = np.cumsum([{"{": 1, "}": -1}.get(char, 0) for char in plain])
        assert depth.min() >= 0, line
        assert depth[-1] == 0, line
        assert len(re.findall(r"\\left\b", line)) == len(re.findall(r"\\right\b", line)), line


@pytest.mark.parametrize("name", sorted({name for each in METHODS for name in each.functions}))
def test_the_code_explains_itself(name: str) -> None:
    found = source.source(name)
    compile(found.written, name, "exec")
    assert found.written.startswith(f"def {name.rpartition('.')[2]}(")
    assert found.module
