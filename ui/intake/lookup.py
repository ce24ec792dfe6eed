"""Addresses of unplaced rows: how many go to which service, and what came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import formats, settings
from geo.corrections.correction import DEGREES
from geo.intake import addresses, geocoding
from layers import templates
from ui.blocks import grid, markup
from ui.intake import draft as drafts
from ui.intake import pinned, wording, work
from ui.intake.mapping import TEMPLATE

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from geo.intake.geocoders import Geocoder, Question
    from geo.intake.validation import Intake
    from ui.intake.draft import Draft
    from ui.state.view import View

ASKED: Final = "intake_addresses_asked"
"""Number of the file whose addresses the reader has just asked to be sent."""


def offer(view: View, draft: Draft, intake: Intake) -> None:
    """Offer to ask the service that is set up; where there is none, nothing."""
    t = view.t
    service = geocoding.offered(settings.current())
    asked = _questions(draft, intake)
    if service is None or not asked:
        return
    sent = geocoding.unanswered(asked.values(), service)
    known = len(set(asked.values())) - len(sent)
    name = t(f"intake.service_{service.service}")
    blanks = {"n": formats.whole(len(sent)), "known": formats.whole(known), "service": name}
    st.button(
        t("intake.geocode" if sent else "intake.geocode_known", **blanks),
        key="intake_geocode",
        on_click=_ask,
    )
    example = (sent or [*asked.values()])[0]
    grid.write(markup.paragraph(t("intake.geocode_note", service=name, example=example.whole)))
    if sent and known:
        grid.write(markup.paragraph(t("intake.geocode_kept", **blanks)))


def _questions(draft: Draft, intake: Intake) -> dict[int, Question]:
    """Return what is asked: not of rows that the reader has placed by hand."""
    placed = {each.id for each in pinned.corrections(draft) if each.field in DEGREES}
    by_id = intake.kept.set_index("row")["id"]
    asked = addresses.questions(intake, work.table(draft), work.plan(draft))
    return {row: each for row, each in asked.items() if str(by_id[row]) not in placed}


def _ask() -> None:
    """Send the addresses in the run that follows, once."""
    draft = drafts.held()
    if draft is not None:
        st.session_state[ASKED] = draft.number


def asked_for(view: View, draft: Draft, intake: Intake, place: DeltaGenerator) -> Draft:
    """Send the addresses where the reader has just asked for it; return the file as it is then.

    Whatever else they click stops the asking: nothing is sent that was not asked for, and what
    was answered until then is not asked again.
    """
    service = geocoding.offered(settings.current())
    if st.session_state.pop(ASKED, None) != draft.number or service is None:
        return draft
    asked = _questions(draft, intake)
    told = addresses.lookup(_answers(view, asked, service, place), asked, intake)
    place.empty()
    batches = (*draft.found, told.found) if told.found else draft.found
    drafts.change(found=batches, lookup=told, filled=None, refused="")
    return drafts.held() or draft


def _answers(
    view: View, asked: dict[int, Question], service: Geocoder, place: DeltaGenerator
) -> geocoding.Geocoding:
    """Return the answers, with a bar that moves and a way to stop."""
    t = view.t
    with place.container():
        bar = st.progress(0.0)
        st.button(t("intake.geocode_stop"), key="intake_geocode_stop")

    def told(done: int, n: int) -> None:
        text = t("intake.geocoding", done=formats.whole(done), n=formats.whole(n))
        bar.progress(done / n, text=text)

    return geocoding.geocode(asked.values(), service, told=told)


def outcome(view: View, draft: Draft) -> None:
    """Say what came of the addresses, by its kind."""
    told = draft.lookup
    if told is None:
        return
    t, words = view.t, wording.texts(view)
    lines = [
        (
            t(
                "intake.geocoded",
                n=formats.whole(len(rows)),
                rows=wording.rows(view, rows),
                outcome=words(f"geocoded.{code}"),
            ),
            code in geocoding.FINAL or code in {"unreachable", "misunderstood"},
        )
        for code, rows in told.outcomes.items()
    ]
    service = t(f"intake.service_{told.service}") if told.service else ""
    said = t("intake.geocode_sent", n=formats.whole(told.sent), service=service)
    grid.write(templates.piece(TEMPLATE, "told")([(said, False), *lines]))
