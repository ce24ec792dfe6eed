"""Every text is there in both languages, with the same blanks, and none is left over."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from geo.settings import LANGUAGES
from ui.words.language import PageTexts

ROOT = Path(__file__).resolve().parents[3]
HAN = re.compile(r"[\u4e00-\u9fff]")


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_key_exists_in_both_languages() -> None:
    assert PageTexts("zh").texts.keys() == PageTexts("en").texts.keys()


def test_languages_fill_only_blanks_that_the_page_gives() -> None:
    english = PageTexts("en").texts
    filled = {
        key: (blanks(text), blanks(english[key])) for key, text in PageTexts("zh").texts.items()
    }
    # A language may leave a blank out (English says "15 of 16" without a measure word).
    assert {
        key: both for key, both in filled.items() if not (both[0] <= both[1] or both[1] <= both[0])
    } == {}


def test_no_chinese_in_english() -> None:
    assert [key for key, text in PageTexts("en").texts.items() if HAN.search(text)] == []


def test_every_chinese_text_is_chinese_or_a_sign() -> None:
    latin = {
        key.removesuffix("_areas")
        for key, text in PageTexts("zh").texts.items()
        if re.search(r"[A-Za-z]{2}", _bare(text))
    }
    assert latin <= {
        "download.geojson",
        "download.areal_squares",
        "download.tests_csv",
        "trial.file_geojson",
        "trial.file_csv",
        "trial.typed_new",
        "trial.typed_of",
        "trial.pin_label",
        "trial.pins_note",
        "trial.map_keys",
        "download.geopackage",
        "download.geoparquet",
        "download.flatgeobuf",
        "download.pmtiles",
        "download.csv",
        "download.csvw",
        "download.excel",
        "download.excel_shortlist",
        "download.kml",
        "download.boundaries",
        "download.licence",
        "download.method_sites",
        "find.live_note",
        "paper.boundary",
        "paper.projection",
        "data.csv",
        "data.feed",
        "data.live_note",
        "download.note",
        "card.lonlat_value",
        "map.boundary",
        "overview.sources",
        "overview.sources_own",
        "notice.assets",
        "report.boundary",
        "report.empty_note",
        "report.map_missing",
        "report.method",
        "download.areal_figures_csv",
        "download.areal_ranks_csv",
        "clusters.method",
        *("siting.file_csv", "siting.file_districts", "siting.file_geojson"),
        "download.peers_csv",
        "download.quotients_csv",
        "download.scorecard_csv",
        "download.layout_geojson",
        "download.layout_toml",
        "draft.hint_corridor",
        "draft.hint_zone",
        "download.map_html",
        "layouts.file_note",
        "methods.boundaries_value",
        "methods.csv",
        "intake.about_datum",
        "intake.datum_bd09",
        "intake.datum_gcj02",
        "intake.datum_moved",
        "intake.datum_short_bd09",
        "intake.datum_short_gcj02",
        "intake.datum_short_wgs84",
        "intake.datum_wgs84",
        "intake.limits",
        "intake.geocode_note",
        "intake.result_as_it_is",
        "intake.result_converted",
        "intake.service_nominatim",
        "intake.unplaced_csv",
        "intake_field.geometry",
        "pack.file_docx",
        "pack.file_map",
        "pack.file_pdf",
        "pack.file_png",
        "pack.file_svg",
        "pack.ready",
        "score.polycentricity_formula",
        "workspace.export_file",
        "workspace.export_note",
        "workspace.import_file",
        "workspace.import_note",
        "workspace.people_formats",
        "workspace.people_named",
        *("workspace.streets_formats", "workspace.streets_named", "workspace.barriers_formats"),
        "workspace.forbidden_formats",
        *("workspace.candidates_formats", "workspace.candidates_named"),
        "onfoot.file",
    }


def _bare(text: str) -> str:
    return re.sub(r"\{[^}]*\}", "", text)


def test_no_text_is_left_over() -> None:
    code = "\n".join(
        path.read_text("utf-8")
        for folder in ("ui", "pages", "geo")
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix in {".py", ".html"}
    )
    used = set(re.findall(r'"([a-z_]+\.[a-z_0-9]+)"', code))
    # Keys put together from a code: "shade.{code}" and so on.
    families = {head.split(".")[0] + "." for head in re.findall(r'f"([a-z_]+\.[a-z_]*)\{', code)}
    tails = set(re.findall(r'f"([a-z_]+\.[a-z_]+_)\{', code))
    # Variants that View.say and View.t look up themselves.
    base = re.compile(r"_(filtered|areas|own)$")
    left = {
        key
        for key in PageTexts("zh").texts
        if base.sub("", key) not in used
        and not any(key.startswith(tail) for tail in tails)
        and not (key.split(".")[0] + "." in families and f'f"{key.split(".")[0]}.{{' in code)
    }
    assert left == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_missing_key_is_an_error_and_not_shown(lang: str) -> None:
    with pytest.raises(KeyError):
        PageTexts(lang)("no.such.text")  # type: ignore[arg-type]
