"""Hulls as the map is sent them."""

import json

import shapely

from layers.results.cluster_hulls import Hull


def test_a_hull_is_its_outer_rim_with_escaped_texts() -> None:
    outline = shapely.Polygon([(121.4, 31.2), (121.5, 31.2), (121.45, 31.3)])
    hull = Hull(
        id="sh-1", number=3, name="<b>M50</b>", size="5 处", caption="普陀区", outline=outline
    )
    sent = hull.payload()
    assert shapely.Polygon(sent["rim"]).equals(outline)
    assert len(sent["rim"]) == 3
    assert sent["name"] == "&lt;b&gt;M50&lt;/b&gt;"
    assert (sent["number"], sent["chosen"]) == (3, False)
    assert json.dumps(sent)
