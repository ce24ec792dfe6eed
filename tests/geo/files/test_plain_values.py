from __future__ import annotations

import json
import math
from datetime import date
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InputError
from geo.files import plain_values
from tests.geo import toy


@pytest.mark.parametrize("nothing", [None, pd.NA, pd.NaT, math.nan, math.inf, np.float64("-inf")])
def test_what_is_unknown_or_not_finite_is_nothing(nothing: object) -> None:
    assert plain_values.plain(nothing) is None


def test_types_of_numpy_and_pandas_become_plain() -> None:
    found = {"a": (np.int64(1), np.float64(0.5)), 2: [np.bool_(1), date(2026, 1, 2)]}
    plain = plain_values.plain(found)
    assert plain == {"a": [1, 0.5], "2": [True, "2026-01-02"]}
    assert plain_values.to_json(plain) == '{"a":[1,0.5],"2":[true,"2026-01-02"]}'


@given(st.text())
def test_what_is_writable_survives_utf8_and_xml(text: str) -> None:
    safe = plain_values.writable(text)
    assert len(safe) == len(text)
    element = ET.Element("a")
    element.text = safe
    back = ET.fromstring(ET.tostring(element, encoding="utf-8")).text or ""  # noqa: S314
    # XML reads every line end as one line feed.
    assert back == safe.replace("\r\n", "\n").replace("\r", "\n")


@given(st.text())
def test_no_part_of_a_neutral_text_begins_a_formula(text: str) -> None:
    safe = plain_values.neutral(text)
    assert plain_values.FORMULA_START.search(safe) is None
    assert plain_values.neutral(safe) == safe
    assert safe.replace("'", "") == text.replace("'", "")


def test_the_columns_of_a_table() -> None:
    frame = toy.quarters().rename_axis("adcode").assign(n=[1, 2, 3, 4])
    columns = plain_values.columns(frame, metadata={"n": "counted", "date": date(2026, 1, 2)})
    assert columns == {
        "adcode": ["310101", "310104", "310105", "310106"],
        "n": [1, 2, 3, 4],
        "metadata_n": ["counted"] * 4,
        "date": ["2026-01-02"] * 4,
    }


def test_names_that_are_the_same_as_text_are_refused() -> None:
    with pytest.raises(InputError, match="repeated columns: 1"):
        plain_values.columns(pd.DataFrame([[1, 2]], columns=[1, "1"]))


def test_json_is_one_line_with_chinese_as_it_is() -> None:
    text = plain_values.to_json({"名": "创图", "n": 1})
    assert text == '{"名":"创图","n":1}'
    assert json.loads(text) == {"名": "创图", "n": 1}
