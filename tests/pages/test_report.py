"""The report of a page: parts and order from its button to the address, a file of what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.pages.conftest import address
from ui.pack.of_units import title
from ui.state import fields
from ui.state.pages import Overview
from ui.state.view import PageView

if TYPE_CHECKING:
    from tests.pages.conftest import Open


def test_parts_and_their_order_stand_in_the_address(run_page: Open) -> None:
    app = run_page("overview", region="harbin")
    parts = app.multiselect(key="pack_parts_overview")
    assert tuple(parts.value) == fields.PARTS.default
    parts.set_value(["sources", "cover", "districts"]).run()
    assert address(app)["parts"] == "sources,cover,districts"
    assert app.multiselect(key="pack_parts_overview").value == ["sources", "cover", "districts"]


def test_a_press_makes_the_file_of_what_is_shown(run_page: Open) -> None:
    app = run_page("overview", region="harbin", kind="park", parts="sources")
    app.button(key="pack_docx").click().run()
    assert not app.exception
    made = app.session_state["pack_made"]
    assert made.order.name == "chuangtu-harbin-overview.docx"
    assert made.content.startswith(b"PK")
    view = made.order.asked.view
    assert isinstance(view.state, Overview)
    assert view.state.kind == ("park",)
    assert title(view) == title(PageView(view.state))
    # Another view is another file: this one is not handed out for it.
    app.multiselect(key="pack_parts_overview").set_value(["cover"]).run()
    assert app.session_state["pack_made"].order.asked.view.state.parts == ("sources",)
