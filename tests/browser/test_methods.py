"""方法 as a reader sees it: formulas are set, also for those who hear them, and on paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from geo.methods.method import methods
from tests.browser import atlas
from tests.browser.test_print import sheets

if TYPE_CHECKING:
    from tests.visit import PageFactory

HATCHES = """() => [...document.querySelectorAll(".ct-swatch")].map((sign) => {
    const {backgroundImage, backgroundColor, width} = getComputedStyle(sign);
    return {backgroundImage, backgroundColor, width};
})"""


def test_formulas_are_set_without_leaving_the_machine(page_factory: PageFactory) -> None:
    visit = page_factory("/methods?lang=en", color_scheme="dark")
    page = visit.page
    formulas = page.locator(".ct-formula .ct-tex")
    expect(formulas.locator(".katex-html")).to_have_count(len(methods()["lq"].formula))
    # The same for screen readers; the drawn one is hidden from them.
    expect(formulas.locator("math mfrac").first).to_be_attached()
    expect(page.locator(".ct-worked .katex")).to_be_visible()
    expect(page.get_by_role("img", name="95% interval")).to_be_visible()
    atlas.settled(page)
    assert page.locator(".katex-error").count() == 0
    none, _, zero, few = page.evaluate(HATCHES)
    assert "repeating-linear-gradient" in none["backgroundImage"]
    assert zero["backgroundImage"] == "none"
    assert "radial-gradient" in few["backgroundImage"]
    atlas.assert_clean(visit)
    printed = sheets(page, landscape=False)
    assert "Locationquotient" in printed[0].text
    assert "Workedexample" in printed[0].text
    assert not [sheet for sheet in printed if "Download" in sheet.text or not sheet.text]


def test_a_method_is_chosen_from_the_list_in_place(page_factory: PageFactory) -> None:
    page = page_factory("/methods").page
    page.get_by_role("navigation", name="指标").get_by_text("最近邻指数").click()
    expect(page.locator("h1.ct-wide")).to_contain_text("最近邻指数")
    expect(page).to_have_url(re.compile("method=neighbour"))
    expect(page.locator(".ct-worked .katex")).to_have_count(2)
    assert page.locator(".katex-error").count() == 0
