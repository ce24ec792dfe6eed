"""What breaks: an example whose numbers do not give its figure, or are not those of the pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from geo.measures import areal_units, location_quotient
from geo.measures.indicator_list import AREAL
from geo.methods.method import methods
from geo.settings import LANGUAGES
from tests.reading import having, one, read, row, words
from tests.ui.states import view
from ui.cached import indicators
from ui.methods import catalogue, downloads, sheet
from ui.methods.worked import WORKED
from ui.state.pages import Methods

if TYPE_CHECKING:
    from geo.settings import Language
    from ui.methods.example import Line

FRACTION = re.compile(
    r"\\frac\{(?P<above>[^{}]+)\}\{(?P<below>[^{}]+)\} = \\mathbf\{(?P<value>.+)\}$"
)


def number(written: str) -> float:
    """The value of numbers in TeX, products and quotients of them."""
    plain = written.replace("{,}", "").replace(r"\times", "*").replace(r"\%", "/100")
    return float(eval(plain, {}))  # noqa: S307 - what the page itself writes


def rounding(written: str) -> float:
    """What the rounding of a written result may hide."""
    plain = written.replace("{,}", "")
    decimals = len(re.findall(r"\.(\d+)", plain)[0]) if "." in plain else 0
    return 0.51 * 10.0**-decimals * (0.01 if "%" in plain else 1)


def gives(line: Line) -> bool:
    """Whether a fraction of numbers gives what stands behind it; other lines have none."""
    found = FRACTION.search(line.tex.replace("{,}", ""))
    if found is None:
        return True
    above, below, value = (number(found[part]) for part in ("above", "below", "value"))
    # What goes in is written with three digits.
    return above / below == pytest.approx(value, rel=0.01, abs=rounding(found["value"]))


def test_every_method_has_an_example() -> None:
    assert WORKED.keys() == methods().keys()


@pytest.mark.parametrize("region", ["shanghai", "harbin", "jinan"])
@pytest.mark.parametrize("method", list(methods()))
def test_the_numbers_give_the_figure(method: str, region: str) -> None:
    example = sheet.example(view(Methods, method=method, region=region))
    assert example.of
    assert all(map(gives, example.worked))
    # Either there is a figure, or the reader is told why there is none.
    assert example.value or example.note


def test_the_quotient_is_that_of_the_districts() -> None:
    shown = view(Methods, method="lq", region="guangdong", example="440106", focus="fas")
    lq = float(indicators.quotients(shown.query, "fas")["lq"]["440106"])
    assert sheet.example(shown).value.startswith(f"{lq:.2f}")
    starred = sheet.example(view(Methods, method="stars", example="440106", focus="fas",
                                 region="guangdong"))  # fmt: skip
    assert f"{lq:.2f}" in [row.value for row in starred.rows]


def test_the_ranks_in_squares_are_those_of_the_districts() -> None:
    shown = view(Methods, method="areal", region="guangdong", example="440106", focus="fas")
    example = sheet.example(shown)
    sizes = [f"{size_m}m" for size_m in areal_units.SIZES_M]
    told = [row.value for row in example.rows if row.symbol == r"\mathrm{rank}"]
    for name, value in zip([name for name in AREAL if name != "area"], told, strict=True):
        row = indicators.in_units(shown.query, name, "fas").ranks.loc["440106"]
        ranks = [row["rank"], *(row[f"rank_{size}"] for size in sizes)]
        assert list(map(int, value.split("、"))) == ranks
    row = indicators.in_units(shown.query, "area", "fas").ranks.loc["440106"]
    moves = [re.findall(r"-?\d+", line.tex) for line in example.worked]
    for size, (own, other, change) in zip(sizes, moves, strict=True):
        assert (int(own), int(other)) == (row["rank"], row[f"rank_{size}"])
        assert int(own) - int(other) == int(change)


def test_an_interval_stands_round_its_figure() -> None:
    interval = sheet.example(view(Methods, method="lq")).interval
    assert interval is not None
    assert 0 <= interval.low <= interval.value <= interval.high <= 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_cases_have_the_sign_of_the_map(lang: Language) -> None:
    table = read(sheet.missing(view(Methods, lang, method="lq")))
    signs = [each.get("class", "") for each in having(table, class_="ct-swatch")]
    assert [each.split()[1] for each in signs] == [
        "ct-swatch-none",
        "ct-swatch-none",
        "ct-swatch-zero",
        "ct-swatch-few",
    ]
    # What no map shows has no column of signs.
    assert having(read(sheet.missing(view(Methods, method="ripley"))), class_="ct-swatch") == []


def test_completeness_is_never_told_where_nothing_is_reported() -> None:
    table = read(catalogue.complete(view(Methods)))
    assert "没有可比的公布数" in words(row(table, "济南"))
    assert [words(each) for each in row(table, "上海").iter("td")][1:] == ["36", "22%"]


def test_positions_add_up() -> None:
    table = one(read(catalogue.positions(view(Methods))), class_="ct-positions")
    for each in having(table, scope="row"):
        cells = row(table, words(each)).iter("td")
        every, *parts = (int(words(cell).replace(",", "")) for cell in cells)
        assert every == sum(parts)


def test_the_file_has_every_method() -> None:
    lines = downloads.as_csv("en").decode("utf-8-sig").splitlines()
    assert len(lines) == len(methods()) + 1
    assert any(line.startswith("lq,") and "0.3847623" in line for line in lines)


def test_few_is_the_same_everywhere() -> None:
    # The case says 5 in words.
    assert location_quotient.FEW_SITES == 5
