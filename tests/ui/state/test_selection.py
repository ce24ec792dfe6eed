"""What is selected: read from an address as it was written, and never two kinds at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.state import pages
from ui.state.address import RefusedValue, parse, render
from ui.state.selection import Selection


@given(st.text())
def test_any_text_is_written_as_it_was_read(text: str) -> None:
    assert str(Selection.read(text)) == text


@given(st.sampled_from([":x", "site:", "site", "district:sh-m50", "site:310101", "element:x", ":"]))
def test_what_names_no_thing_of_the_region_is_refused(written: str) -> None:
    parsed = parse({"at": written}, pages.Overview.fields())
    assert parsed.values["at"] == Selection()
    assert parsed.refused == (RefusedValue("at", written),)
    assert render(parsed.values, pages.Overview.fields()) == {}
