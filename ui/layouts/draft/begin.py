"""Where a draft begins: a document's layout, the region itself, or a file."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.china.romanise import romanise
from geo.facts import own_regions
from geo.policy import draft as drafts
from geo.policy import layouts, reader
from geo.policy.model import Layout
from ui.blocks import grid, markup
from ui.cached import names
from ui.layouts.draft import keep, work
from ui.words import markdown
from ui.words.language import PageTexts

if TYPE_CHECKING:
    from ui.state.pages import Layouts
    from ui.state.view import PageView

_UPLOAD: Final = "draft_upload"
_FAULTS: Final = "draft_upload_faults"


def offer(view: PageView[Layouts]) -> None:
    """Offer to begin a draft, to go on with the one in hand, or to load one."""
    t = view.t
    with st.container(key="draft"), st.popover(t("draft.menu")):
        if work.current() is not None:
            st.button(t("draft.resume"), on_click=work.resume, type="primary", width="stretch")
        if view.state.layout:
            keep.again(view)
            base = layouts.layout(view.state.layout, view.region)
            st.button(
                t("draft.from_document", name=names.layout_with_region(base, t)),
                on_click=partial(from_document, base),
                width="stretch",
            )
        st.button(
            t("draft.from_region", region=markdown.as_it_is(view.region_name)),
            on_click=partial(from_region, view.region),
            width="stretch",
        )
        st.file_uploader(
            t("draft.load"),
            type=["toml"],
            key=_UPLOAD,
            max_upload_size=1,
            on_change=partial(load, view),
        )
        faults: tuple[str, ...] = st.session_state.get(_FAULTS, ())
        if faults:
            grid.write(
                markup.refused(
                    t("draft.refused_file"),
                    summary=t("notice.layouts_faults", n=len(faults)),
                    faults=faults,
                )
            )


def lost(view: PageView[Layouts]) -> None:
    """Say of an address that asks for a draft that there is none."""
    if view.state.draft:
        grid.write(markup.paragraph(view.t("draft.lost"), kind="warning"))


def blank(view: PageView[Layouts]) -> None:
    """Offer to begin with nothing but the region."""
    st.button(
        view.t("draft.from_region", region=markdown.as_it_is(view.region_name)),
        key="draft_blank",
        type="primary",
        on_click=partial(from_region, view.region),
    )


def from_document(base: Layout) -> None:
    """Begin from what a document says."""
    work.begin(drafts.start(base, _titles("draft_of", zh=base.name_zh, en=base.name_en)))


def from_region(region: str) -> None:
    """Begin from a region, without an element."""
    named = {lang: names.region(region, lang) for lang in ("zh", "en")}
    if own_regions.is_own(region):
        named["en"] = romanise(named["en"])
    titles = _titles("of_region", **named)
    own = {lang: PageTexts(lang)("draft.title") for lang in ("zh", "en")}
    citation = {
        "title_zh": own["zh"],
        "title_en": own["en"],
        "issuer": PageTexts("zh")("draft.reader"),
    }
    day = datetime.now(UTC).date().isoformat()
    work.begin(drafts.blank(region, titles, day=day, citation=citation))


def load(view: PageView[Layouts]) -> None:
    """Take the file that was brought, or keep everything that is wrong with it."""
    file = st.session_state[_UPLOAD]
    if file is None:
        st.session_state[_FAULTS] = ()
        return
    # One byte more than is read tells that there are too many.
    content = file.read(reader.MOST_BYTES + 1)
    found = reader.read_upload(content, name=file.name, region=view.region)
    if isinstance(found, Layout):
        st.session_state[_FAULTS] = ()
        work.begin(drafts.loaded(found))
    else:
        st.session_state[_FAULTS] = tuple(found)


def _titles(key: str, *, zh: str, en: str) -> drafts.Titles:
    in_zh, in_en = PageTexts("zh"), PageTexts("en")
    return drafts.Titles(
        name_zh=in_zh(f"draft.name_{key}", name=zh),
        name_en=in_en(f"draft.name_{key}", name=en),
        summary_zh=in_zh(f"draft.summary_{key}", name=zh),
        summary_en=in_en(f"draft.summary_{key}", name=en),
    )
