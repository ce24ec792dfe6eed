"""A layout and its scorecard as files for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely

from geo.checks import frames
from geo.facts import dictionary, own_regions
from geo.facts.schemas import SEPARATOR
from geo.files import csv_file, geojson
from geo.policy import layouts
from geo.policy.reader import ELSEWHERE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.policy.model import Element, Layout, Link
    from geo.policy.score import Part, Score
    from geo.settings import Language


def layout_geojson(
    layout: Layout,
    *,
    metadata: Mapping[str, object] | None = None,
    explained: Language | None = None,
) -> bytes:
    """Return a layout as a GeoJSON FeatureCollection (RFC 7946), elements first, then links.

    Parameters
    ----------
    layout
        The layout.
    metadata : mapping, optional
        As for `geojson.feature_collection`; the layout's names, pattern, summary and document are
        added.
    explained : str, optional
        Language in which ``columns`` explains the properties; without one it is left out.

    Returns
    -------
    bytes
        UTF-8, one feature a line. ``feature`` is ``element`` or ``link``. Every feature names its
        document and section. An element whose place is unpublished has a null geometry; a link
        is a schematic line between the label points of its elements, null where one of them is
        unpublished.
    """
    features = layout_features(layout)
    described = {**_head(layout), **(metadata or {})}
    if explained is not None:
        names = [str(name) for name in features.columns if name != features.active_geometry_name]
        described["columns"] = dictionary.explained(names, table="layouts", lang=explained)
    return geojson.feature_collection(features, metadata=described)


def layout_features(layout: Layout) -> gpd.GeoDataFrame:
    """Return what `layout_geojson` writes as a frame in WGS84: elements first, then links."""
    frame = layouts.elements_frame(layout)
    about = _document(layout)
    rows = [_element(each) | about for each in layout.elements]
    rows += [_link(layout, each) | about for each in layout.links]
    lines = [_line(frame, each) for each in layout.links]
    return gpd.GeoDataFrame(
        pd.DataFrame(rows, dtype=object),
        geometry=[*frame.geometry, *lines],
        crs=frames.WGS84,
    )


def scorecard_csv(
    layout: Layout,
    scores: Sequence[Score],
    *,
    methods: Mapping[str, str] | None = None,
    metadata: Mapping[str, object] | None = None,
) -> bytes:
    """Return a scorecard as CSV: a row for each score, followed by one for each of its parts.

    Parameters
    ----------
    layout
        The layout the scores are of.
    scores : sequence of Score
        As from `scorecard.scorecard`.
    methods : mapping, optional
        Formula of each score by its key, in words: the column ``method``.
    metadata : mapping, optional
        Further columns, the same in every row: radius, date, sources.

    Returns
    -------
    bytes
        As `csv_file.csv`. ``score`` is the key; ``element`` is empty in the row of the score
        itself; ``few`` marks what rests on fewer than 5 sites; ``n_used`` of ``n_sites`` sites are
        known to the radius; ``empty`` says why a figure is missing; ``sites`` and ``districts``
        list the ids and adcodes behind it, separated by ";".
    """
    by_id = {each.id: each for each in layout.elements}
    rows: list[dict[str, object]] = []
    for score in scores:
        rows.append(_score(score))
        rows += [_detail(score, name, value) for name, value in score.details]
        rows += [_part(score, part, by_id[part.element]) for part in score.parts]
    about = {"layout": layout.id, "layout_zh": layout.name_zh, "layout_en": layout.name_en}
    cited = _document(layout)
    formulas = methods or {}
    for row in rows:
        row["method"] = formulas.get(str(row["score"]).partition(".")[0])
    table = pd.DataFrame([about | row | cited for row in rows], dtype=object)
    return csv_file.csv(table, metadata=metadata)


def _head(layout: Layout) -> dict[str, object]:
    fields = ("id", "name_zh", "name_en", "region", "date")
    texts = ("pattern_zh", "pattern_en", "summary_zh", "summary_en")
    told = {name: getattr(layout, name) for name in (*fields, *texts)}
    if own_regions.is_own(layout.region):
        told["region"] = ELSEWHERE  # its id is the key of a workspace
    return told | _document(layout)


def _document(layout: Layout) -> dict[str, object]:
    cited = layouts.citation(layout)
    return {
        "document": layout.document,
        "document_zh": cited.title_zh,
        "document_en": cited.title_en,
        "document_issued": cited.issued,
    }


def _element(element: Element) -> dict[str, object]:
    point = element.extent.point
    return {
        "id": element.id,
        "feature": "element",
        "kind": element.kind,
        "name_zh": element.name_zh,
        "name_en": element.name_en,
        "role_zh": element.role_zh,
        "role_en": element.role_en,
        "status": element.status,
        "certainty": element.certainty,
        "section": element.section or None,
        "source": element.source or None,
        "open_list": element.open,
        "districts": SEPARATOR.join(element.extent.districts) or None,
        "precision": point.precision if point else None,
        "specialisations_zh": SEPARATOR.join(s.name_zh for s in element.specialisations) or None,
        "specialisations_en": SEPARATOR.join(s.name_en for s in element.specialisations) or None,
        "sectors": SEPARATOR.join(c for s in element.specialisations for c in s.sectors) or None,
        "sites": SEPARATOR.join(element.sites) or None,
        "venues": SEPARATOR.join(element.venues) or None,
        "link_source": None,  # so that files with and without links have the same fields
        "link_target": None,
        "summary_zh": element.summary_zh,
        "summary_en": element.summary_en,
    }


def _link(layout: Layout, link: Link) -> dict[str, object]:
    names = {each.id: each for each in layout.elements}
    start, end = names[link.source], names[link.target]
    return {
        "id": f"{link.source}--{link.target}--{link.relation}",
        "feature": "link",
        "kind": link.relation,
        "name_zh": f"{start.name_zh} — {end.name_zh}",
        "name_en": f"{start.name_en} — {end.name_en}",
        "certainty": link.certainty,
        "section": link.section or None,
        "link_source": link.source,
        "link_target": link.target,
        "summary_zh": link.summary_zh,
        "summary_en": link.summary_en,
    }


def _line(frame: gpd.GeoDataFrame, link: Link) -> shapely.Geometry:
    ends = frame.loc[[link.source, link.target], ["lon", "lat"]].to_numpy(float)
    published = frame.loc[[link.source, link.target], "located"].all()
    return shapely.LineString(ends) if published else shapely.LineString()


def _score(score: Score) -> dict[str, object]:
    return {
        "score": score.key,
        "element": None,
        "element_zh": None,
        "element_en": None,
        "sector": None,
        "value": score.value,
        "unit": score.unit,
        "numerator": score.numerator,
        "denominator": score.denominator,
        "n": len(score.sites),
        "few": score.few or None,
        "n_used": score.used[0] if score.used else None,
        "n_sites": score.used[1] if score.used else None,
        "empty": score.empty,
        "sites": SEPARATOR.join(score.sites) or None,
        "districts": SEPARATOR.join(score.districts) or None,
    }


def _detail(score: Score, name: str, value: float) -> dict[str, object]:
    own = {"score": f"{score.key}.{name}", "value": value, "numerator": None, "denominator": None}
    return _score(score) | own


def _part(score: Score, part: Part, element: Element) -> dict[str, object]:
    return {
        "score": score.key,
        "element": part.element,
        "element_zh": element.name_zh,
        "element_en": element.name_en,
        "sector": part.sector or None,
        "value": part.value,
        "unit": part.unit,
        "n": part.n,
        "few": part.few if part.sector and part.value is not None else None,
        "empty": part.empty,
        "section": element.section or None,
    }
