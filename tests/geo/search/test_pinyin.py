from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pypinyin import Style, pinyin_dict
from pypinyin import pinyin as phrase_readings

from geo.errors import DataError
from geo.facts import catalog
from geo.search import pinyin

ROOT = Path(__file__).parents[3]


def test_every_reading_of_a_character() -> None:
    assert set(pinyin.readings("长")["长"]) == {"chang", "zhang"}
    assert "chong" in pinyin.readings("重")["重"]
    assert "ning" in pinyin.readings("宁")["宁"]


def test_a_u_with_dots_is_typed_in_two_ways() -> None:
    assert pinyin.readings("绿女略") == {
        "绿": ("lv", "lu"),
        "女": ("nv", "nu", "ru"),
        "略": ("lve", "lue"),
    }


def test_what_is_not_chinese_has_no_reading() -> None:
    assert pinyin.readings("aМ8·한") == {}
    assert pinyin.readings("") == {}


def test_readings_agree_with_the_package_for_every_name() -> None:
    names = catalog.sites()["name_zh"]
    read = pinyin.readings(set("".join(names)))
    known = set(map(chr, pinyin_dict.pinyin_dict))
    for name in names:
        chinese = [character for character in name if character in known]
        heard = phrase_readings("".join(chinese), style=Style.NORMAL)
        for character, (syllable,) in zip(chinese, heard, strict=True):
            assert syllable in read[character], (name, character)


def test_a_reading_is_plain_letters() -> None:
    for syllables in pinyin.readings(set(map(chr, pinyin_dict.pinyin_dict))).values():
        assert len(set(syllables)) == len(syllables)
        assert all(each.isascii() and each.isalpha() and each.islower() for each in syllables)


def test_the_phrases_of_the_package_are_not_loaded() -> None:
    program = (
        "import sys; from geo.facts import catalog; from geo.search import text_index; "
        "assert text_index.matches(catalog.sites(), 'sihang').sum() == 1; "
        "assert not [each for each in sys.modules if each.startswith('pypinyin')]"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


@pytest.mark.parametrize("content", [None, b"\xff", b"{"])
def test_a_damaged_dictionary_is_named(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / pinyin.DICTIONARY
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setattr(pinyin, "_path", lambda: path)
    with pytest.raises(DataError, match="pypinyin's dictionary of characters"):
        pinyin.readings("龘")


@pytest.mark.parametrize(
    ("marked", "bare"), [("chóng", "chong"), ("Lǚ", "Lu"), ("café", "cafe"), ("설화", "설화")]
)
def test_marks_over_letters_are_dropped(marked: str, bare: str) -> None:
    assert pinyin.without_marks(marked) == bare
