from __future__ import annotations

import json
from typing import TYPE_CHECKING

import branca.colormap
import folium
import folium.plugins
import pytest

from layers import assets, bundle
from layers.ground import base
from scripts import bundle_map
from tests.layers import toy_region
from tests.settings_in_use import use_settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def unbundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without the bundle, in the place of its own."""
    use_settings(monkeypatch, assets=tmp_path)
    return tmp_path


def test_with_web_assets_a_map_loads_one_script_and_one_style_of_the_apps_own() -> None:
    links = assets.links()
    assert links.local
    assert [address.split("?")[0] for _, address in (*links.js, *links.css)] == [
        "assets/built/atlas.js",
        "assets/built/atlas.css",
    ]
    for name in ("atlas.js", "atlas.css"):
        assert (assets.mounts()["built"] / name).stat().st_size > 10_000


def test_without_web_assets_leaflet_alone_comes_from_outside(unbundled: Path) -> None:
    links = assets.links()
    assert not links.local
    both = [address for _, address in (*links.js, *links.css)]
    outside = [address for address in both if "://" in address]
    assert [address.rsplit("/", 1)[1] for address in outside] == ["leaflet.js", "leaflet.css"]
    assert all(f"leaflet@{assets.LEAFLET_VERSION}/" in address for address in outside)
    # Ours are the sources themselves.
    for _, folder, name in (address.split("/", 2) for address in set(both) - set(outside)):
        assert (assets.mounts()[folder] / name).is_file()
    # The folder is served all the same, so that a bundle is found as soon as it is made.
    assert assets.mounts()["built"] == unbundled


def test_leaflet_from_outside_is_the_one_that_is_bundled() -> None:
    wanted = json.loads((bundle.ROOT / "package.json").read_text("utf-8"))
    assert wanted["dependencies"]["leaflet"] == assets.LEAFLET_VERSION


def test_a_bundle_of_other_sources_is_none(unbundled: Path) -> None:
    assert bundle_map.make()
    assert bundle.built()
    (unbundled / bundle.STAMP).write_text("0" * 64, "ascii")
    assert not bundle.built()
    assert not assets.links().local


def test_every_style_is_linked_and_bundled() -> None:
    assert sorted(assets.STYLE_SHEETS) == sorted(
        path.name for path in bundle.STYLE_FOLDER.iterdir()
    )
    script = (bundle.ROOT / "scripts/bundle.mjs").read_text("utf-8")
    assert all(f'"{name.removesuffix(".css")}"' in script for name in assets.STYLE_SHEETS)


def toy_map() -> folium.Map:
    return base.base_map(
        "../../assets/map/toy.json",
        bounds=toy_region.BOUNDS,
        families=toy_region.FAMILIES,
        links=assets.links(),
    )


def test_the_base_map_asks_for_nothing_but_the_listed_files() -> None:
    links = assets.links()
    wanted = {address for _, address in assets.requested(toy_map())}
    assert wanted == {address for _, address in (*links.js, *links.css)}


@pytest.mark.parametrize(
    "element",
    [
        folium.plugins.Fullscreen(),  # type: ignore[no-untyped-call]
        folium.plugins.MarkerCluster(),  # type: ignore[no-untyped-call]
        branca.colormap.LinearColormap(["white", "black"]),
    ],
    ids=lambda element: type(element).__name__,
)
def test_an_element_with_links_of_its_own_is_refused_by_name(element: folium.Element) -> None:
    atlas = toy_map()
    atlas.add_child(element)
    with pytest.raises(assets.UnlistedLinkError, match=type(element).__name__):
        assets.guard(atlas, assets.links())


def test_a_plain_folium_map_is_refused() -> None:
    with pytest.raises(assets.UnlistedLinkError, match="jquery"):
        assets.guard(folium.Map(), assets.links())
