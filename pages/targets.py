"""目标 Targets: what the documents set and report, goal against actual."""

from __future__ import annotations

from ui import controls, fields, figures, frame, names, notices, targets
from ui.address import render
from ui.view import View, close_view, open_view


def page() -> None:
    """Draw the page."""
    view = open_view(fields.TARGETS)
    t = view.t
    measures = targets.measures()
    compared = int(measures["progress"].notna().sum())
    frame.headline(
        t(
            "targets.headline",
            goals=int(measures["goal_source"].notna().sum()),
            actuals=int(measures["actual_source"].notna().sum()),
            compared=compared,
        )
    )
    filter_row(view)
    notices.show(view)
    frame.write(figures.paragraph(t("targets.lead")))
    shown = view.values["place"] or list(names.regions("zh"))
    themes = view.values["theme"] or targets.themes()
    for region in shown:
        rows = measures[(measures["region"] == region) & measures["theme"].isin(themes)]
        if not rows.empty:
            name = names.regions(t.lang)[region]
            frame.write(figures.heading(name, note=t("targets.count", n=len(rows))))
            frame.write(targets.table(t, rows, caption=t("targets.caption", region=name)))
    close_view(view, fields.TARGETS)


def filter_row(view: View) -> None:
    """Draw the filters and tools."""
    t = view.t
    with frame.bar():
        with frame.filters():
            regions = names.regions(t.lang)
            controls.choose_many(view, fields.PLACES, regions, regions.__getitem__, label="region")
            controls.choose_many(
                view,
                fields.THEMES,
                targets.themes(),
                lambda theme: t(f"theme.{theme}"),
                label="theme",
            )
        with frame.tools():
            controls.language(view)
            controls.copy_link(view, render(view.values, fields.TARGETS))


if __name__ == "__main__":
    page()
