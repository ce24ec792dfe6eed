"""What a reader must know before the figures: refused addresses, missing map scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from markupsafe import Markup

from geo import layouts
from layers import assets
from ui import frame, session

if TYPE_CHECKING:
    from ui.view import View


def show(view: View) -> None:
    """Say what of the address was ignored, and how to get the map scripts locally."""
    lines = [
        view.t("notice.refused", name=item.name, value=_plain(item.value))
        for item in session.refused()
    ]
    lines += [view.t("notice.typed", value=_plain(item.value)) for item in session.refused_typing()]
    if lines:
        st.warning("  \n".join(lines))
    if not assets.links().local:
        st.caption(view.t("notice.assets"))


def refused_layouts(view: View) -> None:
    """Say how many files of layouts were left out, and what is wrong with each on demand."""
    t, found = view.t, layouts.reading()
    said = [t("notice.layouts", n=len(found.refused))] if found.refused else []
    if not found.layouts:
        said.append(t("notice.layouts_none"))
    lines = Markup("").join(Markup("<li>{}</li>").format(fault) for fault in found.faults)
    faults = Markup('<details><summary>{}</summary><ul lang="en">{}</ul></details>').format(
        t("notice.layouts_faults", n=len(found.faults)), lines
    )
    if said:
        frame.write(
            Markup(
                '<div class="ct-lead ct-faults" role="status"><strong>{}</strong>{}</div>'
            ).format(" ".join(said), faults if found.faults else "")
        )


def _plain(text: str) -> str:
    """Take a stranger's text out of Markdown: it is shown, never set."""
    return "".join(
        rf"\{char}" if char in r"\`*_{}[]()<>#+-.!|~:$=&" else char
        for char in " ".join(text.split())
    )
