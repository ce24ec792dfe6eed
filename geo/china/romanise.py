"""Chinese names of administrative units in Hanyu Pinyin, without the generic part.

The rules are those of GB/T 16159 (orthography of Hanyu Pinyin) and GB 17733 (place names):
one word, capitalised, no tone marks, an apostrophe before a later syllable that begins with
a, o or e. The suffix (市, 区, 县, 自治县, ...) and the names of the peoples in front of it are
dropped: 石柱土家族自治县 is Shizhu. Names that no rule yields, such as Harbin, Hohhot or
Wan Chai, and readings a dictionary gets wrong stand in ``data/romanisation.csv``.
"""

from __future__ import annotations

import csv
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from geo import memory, settings

if TYPE_CHECKING:
    from collections.abc import Mapping

READINGS: Final = "romanisation.csv"
UNIT_NAMES: Final = "unit_names.csv"
"""Every unit of China romanised by :func:`spell`; scripts/romanise_units.py writes it."""

# Longest first, so that 自治县 goes before 县.
SUFFIXES: Final = (
    "特别行政区", "自治区", "自治州", "自治县", "自治旗", "新区", "地区", "矿区", "林区",
    "特区", "区", "县", "市", "省", "盟", "旗", "州",
)  # fmt: skip
# Generic parts that are translated, not dropped: without them the name says another place.
TRANSLATED: Final = {"新区": "New Area", "矿区": "Mining District", "林区": "Forestry District"}
# The 55 minority peoples as they occur before 自治州, 自治县, 自治旗 and 区. Those written
# without 族 in unit names (蒙古, 哈萨克, 柯尔克孜 ...) are listed so.
PEOPLES: Final = (
    "保安族", "布朗族", "布依族", "朝鲜族", "达斡尔族", "达斡尔", "傣族", "德昂族", "东乡族",
    "侗族", "独龙族", "鄂伦春族", "鄂温克族", "哈尼族", "哈萨克族", "哈萨克", "回族", "景颇族",
    "柯尔克孜", "拉祜族", "黎族", "傈僳族", "满族", "毛南族", "蒙古族", "蒙古", "苗族", "仫佬族",
    "纳西族", "怒族", "普米族", "羌族", "撒拉族", "畲族", "水族", "塔吉克", "土家族", "土族",
    "佤族", "维吾尔", "锡伯", "瑶族", "彝族", "裕固族", "藏族", "壮族", "白族", "仡佬族", "各族",
)  # fmt: skip


@memory.by_facts
def _spelt(table: str) -> Mapping[tuple[str, str], str]:
    """Return the names of a table by (province, name).

    The province is empty where the name is enough.
    """
    with (settings.current().data / table).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return MappingProxyType({(row["province_zh"], row["name_zh"]): row["name_en"] for row in rows})


def specific_part(name: str) -> str:
    """Return a unit's name without its generic part and the peoples named in it.

    Parameters
    ----------
    name
        Chinese name of an administrative unit, for example ``石柱土家族自治县``.

    Returns
    -------
    str
        For example ``石柱``. A name of two characters (忠县, 城区) keeps both.

    Examples
    --------
    >>> specific_part("石柱土家族自治县")
    '石柱'
    """
    return _split(name)[0]


def _split(name: str) -> tuple[str, str]:
    """Return the specific and the generic part of a unit's name."""
    for suffix in SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            stem = name.removesuffix(suffix)
            return (_without_peoples(stem) if suffix.startswith("自治") else stem), suffix
    return name, ""


def _without_peoples(stem: str) -> str:
    """Drop peoples' names from the end of ``stem`` as long as two characters remain."""
    for people in PEOPLES:
        if stem.endswith(people) and len(stem) - len(people) >= 2:
            return _without_peoples(stem.removesuffix(people))
    return stem


def romanise(name: str, *, province: str = "") -> str:
    """Return the Hanyu Pinyin of a Chinese unit name: looked up, or spelt where it is unknown.

    Parameters and result as for :func:`spell`, whose dictionary takes 55 MB of memory: for the
    units of China it is not needed.

    Examples
    --------
    >>> romanise("番禺区", province="广东省"), romanise("大埔区", province="香港特别行政区")
    ('Panyu', 'Tai Po')
    """
    return _spelt(UNIT_NAMES).get((province, name)) or spell(name, province=province)


def spell(name: str, *, province: str = "") -> str:
    """Return the Hanyu Pinyin of a Chinese unit name, without its generic part.

    Parameters
    ----------
    name
        Chinese name of an administrative unit, with or without its suffix.
    province
        Chinese name of its province, where another unit of the same name is called otherwise:
        大埔区 is Tai Po in 香港特别行政区.

    Returns
    -------
    str
        ``番禺区`` gives ``Panyu``, ``西安市`` ``Xi'an``, ``忠县`` ``Zhongxian``, ``两江新区``
        ``Liangjiang New Area``. What is not Chinese is returned as it is.

    Notes
    -----
    Counties and districts of one syllable keep the generic part in the word (忠县, 城区), as on
    maps in Pinyin.

    Examples
    --------
    >>> [spell(each) for each in ("西安市", "忠县", "两江新区")]
    ["Xi'an", 'Zhongxian', 'Liangjiang New Area']
    """
    readings = _spelt(READINGS)
    specific, generic = _split(name)
    for key in ((province, name), ("", name)):
        if key in readings:
            return readings[key]
    word = readings.get(("", specific)) or _word(_syllables(name)[: len(specific)])
    return f"{word} {TRANSLATED[generic]}" if generic in TRANSLATED else word


def _syllables(name: str) -> list[str]:
    """Return one syllable a character; whole names read better than parts (phrase readings)."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - see romanise

    return lazy_pinyin(name, style=Style.NORMAL, v_to_u=True)


def _word(syllables: list[str]) -> str:
    """Join syllables to one capitalised word, with apostrophes where a vowel follows."""
    joined = "".join(
        f"'{syllable}" if index and syllable[:1] in "aoe" else syllable
        for index, syllable in enumerate(syllables)
    )
    return joined[:1].upper() + joined[1:]
