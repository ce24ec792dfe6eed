"""The sentence that opens 布局: what a layout's named places hold, and who is not named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import formats
from ui.cached import names, scorecards
from ui.layouts import layout_words, present_sites

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.policy.model import Element, Layout
    from ui.state.pages import Layouts
    from ui.state.view import PageView

MOST_STRONG = 3


def headline(view: PageView[Layouts], shown: Sequence[Layout]) -> str:
    """Return the headline of one layout, or a short one of two."""
    if len(shown) > 1:
        return view.t("layouts.headline_two", first=_brief(view, shown[0]),
                      second=_brief(view, shown[1]))  # fmt: skip
    layout = shown[0]
    if layout.draft and not _named(view, layout):
        return _begun(view, layout)
    return _alone(view, layout)


def _begun(view: PageView[Layouts], layout: Layout) -> str:
    """Return what a draft without a core or node has so far."""
    t, n = view.t, len(layout.elements)
    return t("draft.headline", name=t.of(layout, "name"), region=names.place(layout, t), n=n)


def _alone(view: PageView[Layouts], layout: Layout) -> str:
    t, phase = view.t, view.state.phase
    blanks = _blanks(view, layout)
    if present_sites.sites(layout, phase).empty:
        return t("layouts.headline_no_sites", **blanks)
    named = _named(view, layout)
    if not named:
        return t(f"layouts.headline_{_without(layout)}", **blanks)
    known = names.districts(layout.area, scorecards.unit(layout), t.lang)
    strong = [known[code] for code in present_sites.strongholds(layout, phase)]
    sentence = t("layouts.headline_named", who=_who(view, named), **blanks)
    if not strong:
        return sentence
    core = layout_words.open_core(layout)
    pair = len(strong) == 2
    listed = (
        t("layouts.and").join(strong) if pair else formats.joined(strong, t=t, most=MOST_STRONG)
    )
    if core is None:
        return sentence + t("layouts.headline_strong", n=len(strong), strong=listed)
    name = t.of(core, "name")
    return sentence + t("layouts.headline_open", n=len(strong), strong=listed, core=name)


def _brief(view: PageView[Layouts], layout: Layout) -> str:
    """Return a layout and what its places hold, for a headline of two."""
    named = _named(view, layout)
    blanks = _blanks(view, layout)
    if not named or present_sites.sites(layout, view.state.phase).empty:
        return view.t("layouts.brief_none", **blanks)
    return view.t("layouts.brief", who=_who(view, named), **blanks)


def _blanks(view: PageView[Layouts], layout: Layout) -> dict[str, object]:
    t, phase = view.t, view.state.phase
    standing = present_sites.present(layout, phase)
    held = {key for each in _named(view, layout) for key in standing[each.id]}
    n = len(present_sites.sites(layout, phase))
    stated = [each for each in layout.elements if each.in_document]
    return {
        "region": names.place(layout, t),
        "name": view.t.of(layout, "name"),
        "share": formats.percent(len(held) / n if n else None, digits=0),
        "sites": t(f"layouts.sites_{phase}"),
        "what": _what(view, layout),
        "n": len(stated),
        "m": sum(each.located for each in stated),
    }


def _named(view: PageView[Layouts], layout: Layout) -> list[Element]:
    """Return the cores and nodes with a place that are in view."""
    shown = layout_words.in_phase(view, layout)
    return [each for each in shown if each.kind in {"core", "node"} and each.located]


def _who(view: PageView[Layouts], named: Sequence[Element]) -> str:
    """Return how many cores and nodes there are, and how far round their points they reach."""
    t = view.t
    counts = {kind: sum(each.kind == kind for each in named) for kind in ("core", "node")}
    subject = t("layouts.and").join(t(f"layouts.n_{kind}s", n=n) for kind, n in counts.items() if n)
    reach = {layout_words.around(each) for each in named}
    if len(reach) == 1 and "" not in reach:
        return t("layouts.who_around", who=subject, km=next(iter(reach)))
    return subject


def _what(view: PageView[Layouts], layout: Layout) -> str:
    """Return which of cores and nodes a layout has."""
    kinds = {each.kind for each in layout.elements}
    return view.t("layouts.and").join(
        view.t(f"layouts.{kind}s") for kind in ("core", "node") if kind in kinds
    )


def _without(layout: Layout) -> str:
    """Return why no core or node is in view: there is none, none has a place, all are planned."""
    ours = [each for each in layout.elements if each.kind in {"core", "node"}]
    if not ours:
        return "no_pattern"
    return "all_planned" if any(each.located for each in ours) else "unnamed"
