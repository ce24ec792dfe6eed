"""What the choices of the filter rows offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pages.conftest import address

if TYPE_CHECKING:
    from tests.pages.conftest import Open


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["overview", "districts", "layouts", "find"])
def test_options_do_not_repeat_their_label(run_page: Open, name: str, lang: str) -> None:
    boxes = run_page(name, region="guangdong", lang=lang).selectbox
    assert len(boxes) > 0
    for box in boxes:
        # One may: the empty choice of a search says what the box is for.
        assert sum(option.startswith(box.label) for option in box.options) <= 1, box.label


@pytest.mark.parametrize("page", ["overview", "districts", "find"])
def test_a_link_of_the_last_release_finds_what_has_a_source(run_page: Open, page: str) -> None:
    app = run_page(page, evidence="sourced")
    assert not app.warning
    assert address(app)["evidence"] == "official,documented,listed"
