"""The pack of 集聚: the clusters, whether they are chance, and what districts specialise in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo import formats
from ui.cached import clustering
from ui.clusters import chance, cluster_list, heat_table, sentence, wording
from ui.pack import shared
from ui.pack.content import Bar, Bars, Figure, Section, Sentences, Table, bullets, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.pack.asked import Asked
    from ui.state.pages import Clusters
    from ui.state.view import PageView

METHODS: Final = ("clusters", "lq", "stars", "neighbour", "moran")


def title(view: PageView[Clusters]) -> str:
    """Return the sentence of the page."""
    return sentence.headline(view)


def findings(asked: Asked[Clusters]) -> Iterator[Section]:
    """Return what the tests say, and of how many sites."""
    view, t = asked.view, asked.view.t
    if not clustering.n_sites(view.query):
        return
    tests = [t("pack.label", name=name, text=text) for name, text in chance.sentences(view)]
    rests_on = [] if clustering.too_many(view.query) else [chance.basis_text(view)]
    said = Sentences(texts=bullets(t, tests), remarks=bullets(t, rests_on))
    yield Section(title=t("pack.findings"), blocks=(said,))


def _any(view: PageView[Clusters]) -> bool:
    """Return whether there is a cluster."""
    return not clustering.too_many(view.query) and not wording.found(view).empty


def maps(asked: Asked[Clusters]) -> Iterator[Section]:
    """Return the map of the page."""
    view = asked.view
    caption = view.t("pack.label", name=view.region_name, text=view.t("clusters.title"))
    yield shared.map_section(view, title(view), caption=caption, figures=_figures(view))


def _figures(view: PageView[Clusters]) -> list[Figure]:
    """Return how many clusters of how many sites there are."""
    if clustering.too_many(view.query) or not clustering.n_sites(view.query):
        return []
    t, clusters = view.t, wording.found(view)
    used = clusters.attrs["used"]
    inside = int(clusters["sites"].sum())
    share = formats.percent(inside / used, digits=0) if used else formats.MISSING
    return [
        Figure(
            label=t("clusters.title"),
            value=formats.whole(len(clusters)),
            unit=t("clusters.unit", n=len(clusters)),
        ),
        Figure(
            label=t("pack.in_clusters"),
            value=formats.whole(inside),
            unit=t("unit.sites"),
            note=t("pack.share_of_exact", share=share, n=formats.whole(used)),
        ),
    ]


def ranking(asked: Asked[Clusters]) -> Iterator[Section]:
    """Return the clusters by how many sites each has."""
    view, t = asked.view, asked.view.t
    if not _any(view):
        return
    rows = cluster_list.rows(view)
    sizes = [
        (formats.capitalised(wording.name(view, row)), int(row["sites"]))
        for row in wording.rows(view)
    ]
    drawn = tuple(
        Bar(name=name, value=float(n), written=formats.whole(n), strong=not row.chance)
        for (name, n), row in zip(sizes, rows, strict=True)
    )
    bars = Bars(
        title=shared.span(t, t("pack.per_cluster"), drawn),
        note=t("clusters.column_sites"),
        bars=drawn,
        key=(t("pack.no_chance"), t("pack.chance")) if any(row.chance for row in rows) else (),
    )
    widths = (1.8, 0.7, 1.5, 0.7, 0.8, 1.6)
    heads = [
        shared.column(
            t(f"clusters.column_{name}"), figure=name in {"sites", "p", "kept"}, width=width
        )
        for name, width in zip(cluster_list.COLUMNS, widths, strict=True)
    ]
    table = Table(
        title=t("clusters.list_title"),
        note=t("clusters.list_note"),
        columns=(shared.column(t("report.number"), figure=True, width=0.5), *heads),
        rows=tuple(
            (
                formats.whole(row.number),
                t("pack.in_place", name=formats.capitalised(plain(t, row.link)), place=row.where),
                formats.whole(n),
                row.sector,
                row.p,
                row.kept,
                row.named,
            )
            for row, (_, n) in zip(rows, sizes, strict=True)
        ),
        remarks=(t("clusters.list_foot"),),
    )
    yield Section(title=t("clusters.title"), blocks=(*([bars] if len(drawn) > 1 else []), table))


def comparison(asked: Asked[Clusters]) -> Iterator[Section]:
    """Return the quotients of sectors by districts."""
    view, t = asked.view, asked.view.t
    rows = heat_table.rows(view)
    if not rows:
        return
    table = Table(
        title=t("clusters.heat_caption", region=view.region_name, unit=view.noun()),
        note=t("clusters.heat_note", region=view.region_short),
        columns=(
            shared.column(view.noun(1), width=1.5),
            shared.column(t("unit.count"), figure=True, width=0.7),
            *(shared.column(head, figure=True, width=0.9) for head, _ in heat_table.heads(view)),
        ),
        rows=tuple((row.name, row.n, *(plain(t, cell.link) for cell in row.cells)) for row in rows),
        remarks=bullets(t, heat_table.remarks(view)[1:]),
    )
    title = t("clusters.heat_title", unit=view.noun(1))
    yield Section(title=title, blocks=(table,))


def methods(asked: Asked[Clusters]) -> Iterator[Section]:
    """Return the methods in brief, with how clusters were found here."""
    view = asked.view
    values = clustering.parameters(view.state.setting)
    values["distance_m"] = formats.whole(view.state.setting.distance_m)
    yield shared.methods_section(view, METHODS, more=[view.t("clusters.method", **values)])


def sources(asked: Asked[Clusters]) -> Iterator[Section]:
    """Return what the figures rest on."""
    view, t = asked.view, asked.view.t
    yield shared.sources_section(
        asked,
        [
            wording.source(view),
            t("pack.label", name=t("pack.boundaries"), text=shared.boundaries(view)),
            *shared.completeness_texts(view),
        ],
    )
