from __future__ import annotations

import html
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from layers import escape

HOSTILE = [
    "${alert(1)}",
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "`${`x`}`",
    "{{ 7*7 }}{% raw %}",
    "{{'abc'}}",
    "\"quotes\" and 'apostrophes'",
    "back\\slash \\u003cb\\u003e",
    "&lt;b&gt; &amp;",
    "创意园 A&B",
]


@given(st.text())
@example("</script>")
@example("`${x}`")
def test_escaped_text_holds_no_sign_that_html_templates_or_scripts_act_on(raw: str) -> None:
    assert not set(escape.text(raw)) & set("<>\"'`${}\\")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_a_reader_sees_exactly_what_was_written(raw: str) -> None:
    assert html.unescape(escape.text(raw)) == raw


@pytest.mark.parametrize("missing", [None, float("nan")])
def test_a_missing_text_is_empty(missing: object) -> None:
    assert escape.text(missing) == ""


def test_control_characters_and_lone_surrogates_are_dropped() -> None:
    assert escape.text("a\x00b\ud800c\td\ne") == "abc\td\ne"


@given(st.recursive(st.text() | st.integers() | st.none(), st.lists) | st.text())
def test_json_for_scripts_is_the_same_value(value: object) -> None:
    written = escape.script_json(value)
    assert json.loads(written) == value
    assert not set(written) & set("<>&`$\u2028\u2029")


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_json_has_no_word_for_what_is_no_number(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        escape.script_json({"x": number})
