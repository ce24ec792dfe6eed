"""Every remark of the facts has one wording in Chinese and one in English."""

import csv
import re
import tomllib

import pytest

from geo.settings import OWN_DATA as DATA

FACTS = (
    *("sites", "milestones", "aggregates", "venues", "targets", "reported"),
    *("districts", "cities", "regions", "census", "sources"),
)

HAN = re.compile(r"[一-鿿]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
ADDRESS = re.compile(
    r"(?<![\w./-])"
    r"(?:(?:[a-z0-9-]+\.)+(?:[a-z]{2,6})(?![\w.-])|\d{1,3}(?:\.\d{1,3}){3})"  # host or number
    r"(?::\d+)?"
    r"(?:/[\w./?&=%+~-]*)?",
    re.ASCII | re.IGNORECASE,
)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _is_remark(column: str) -> bool:
    return column in {"source", "note"} or column.endswith(("_source", "_note"))


def _remarks() -> set[str]:
    return {
        value
        for name in FACTS
        for row in _rows(name)
        for column, value in row.items()
        if value and _is_remark(column)
    } | _cited()


def _cited(*, guests: bool = False) -> set[str]:
    """Sections and sources that targets and layouts cite.

    Layouts of documents that the catalogue lists, or with `guests` those of the others as well:
    a city's layout is one file, and what it cites is shown as it stands where no row says more.
    """
    cited = {row["section"] for row in _rows("targets")}
    for path in (DATA / "layouts").glob("*.toml"):
        layout = tomllib.loads(path.read_text("utf-8"))
        if guests or layout["document"] in _titles():
            parts = [*layout["elements"], *layout.get("links", [])]
            cited |= {one.get("section", "") for one in parts}
            cited |= {one.get("source", "") for one in layout["elements"]}
    return cited - {""}


def _addresses(text: str) -> list[str]:
    return ADDRESS.findall(text)


def _without_addresses(text: str) -> str:
    return ADDRESS.sub("", text).strip(" ;")


@pytest.fixture(scope="module")
def wording() -> list[dict[str, str]]:
    return _rows("wording")


def test_every_remark_has_a_row_and_no_row_is_stale(wording: list[dict[str, str]]) -> None:
    remarks, texts = _remarks(), {row["text"] for row in wording}
    assert sorted(remarks - texts) == [], "remarks without a row in data/wording.csv"
    assert sorted(texts - remarks - _cited(guests=True)) == [], (
        "rows of data/wording.csv no fact uses any more"
    )


def test_a_text_has_one_row(wording: list[dict[str, str]]) -> None:
    texts = [row["text"] for row in wording]
    assert len(texts) == len(set(texts))


def test_no_cell_is_empty_or_padded(wording: list[dict[str, str]]) -> None:
    for row in wording:
        assert list(row) == ["text", "zh", "en"]
        for column in ("zh", "en"):
            assert row[column], row["text"]
            assert row[column] == row[column].strip(), row["text"]


def test_chinese_is_chinese_unless_only_an_address(wording: list[dict[str, str]]) -> None:
    bad = [
        row["text"]
        for row in wording
        if _without_addresses(row["text"]) and not HAN.search(row["zh"])
    ]
    assert bad == []


def test_a_chinese_remark_has_english_words_in_english(wording: list[dict[str, str]]) -> None:
    bad = []
    for row in wording:
        rest = _without_addresses(row["text"])
        if HAN.search(rest) and not LATIN_WORD.search(rest):
            english = _without_addresses(row["en"])
            if english == rest or not LATIN_WORD.search(english):
                bad.append(row["text"])
    assert bad == []


def test_addresses_are_kept(wording: list[dict[str, str]]) -> None:
    bad = [
        (address, row["text"])
        for row in wording
        for address in _addresses(row["text"])
        if address not in row["zh"] or address not in row["en"]
    ]
    assert bad == []


def test_numbers_in_the_english_of_an_english_remark_are_kept(
    wording: list[dict[str, str]],
) -> None:
    for row in wording:
        rest = _without_addresses(row["text"])
        if HAN.search(rest) or any(document in rest for document in _titles()):
            continue
        before = re.findall(r"\d+", rest.replace(",", "").replace("m2", ""))
        after = re.findall(r"\d+", _without_addresses(row["en"]).replace(",", ""))
        assert before == after, row["text"]


def _titles() -> dict[str, tuple[str, str]]:
    return {row["id"]: (row["title_zh"], row["title_en"]) for row in _rows("documents")}


def test_documents_are_cited_by_title(wording: list[dict[str, str]]) -> None:
    for row in wording:
        for document, (title_zh, title_en) in _titles().items():
            if document in row["text"]:
                assert title_zh in row["zh"], row["text"]
                assert title_en in row["en"], row["text"]
            assert document not in row["zh"] + row["en"], row["text"]


def test_punctuation_is_that_of_the_language(wording: list[dict[str, str]]) -> None:
    for row in wording:
        assert "; " not in row["zh"], row["zh"]
        assert not re.search(r"[，。；：（）？]", row["en"]), row["en"]


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("uetie.com/travel/588927.html", ["uetie.com/travel/588927.html"]),
        ("210.13.254.129/s/1-2.html (2016)", ["210.13.254.129/s/1-2.html"]),
        ("218.28.6.71:81/Qikan/Detail?id=6 (x)", ["218.28.6.71:81/Qikan/Detail?id=6"]),
        ("a.cn/b; github.com/c/d data/e.csv", ["a.cn/b", "github.com/c/d"]),
        ("coordinates ±500 m, 121.49,31.26", []),
        ("2.7 % a year", []),
    ],
)
def test_what_an_address_is(text: str, addresses: list[str]) -> None:
    assert [found for found in _addresses(text) if "/" in found] == addresses
