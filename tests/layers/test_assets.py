from __future__ import annotations

from typing import TYPE_CHECKING

import branca.colormap
import folium
import folium.plugins
import pytest

from layers import assets
from layers.ground import base
from tests.layers import toy_region

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A node_modules folder of the test's own, empty."""
    monkeypatch.setenv("CHUANGTU_NODE_MODULES", str(tmp_path))
    return tmp_path


def install_leaflet(modules: Path) -> None:
    dist = modules / "leaflet" / "dist"
    dist.mkdir(parents=True)
    for name in ("leaflet.js", "leaflet.css"):
        (dist / name).write_text("", "utf-8")


def test_with_web_assets_every_link_is_the_apps_own(modules: Path) -> None:
    install_leaflet(modules)
    links = assets.links()
    assert links.local
    assert all(address.startswith("assets/") for _, address in (*links.js, *links.css))
    assert assets.mounts() == {"chuangtu": assets.STATIC, "leaflet": modules / "leaflet" / "dist"}


def test_without_web_assets_leaflet_alone_comes_from_outside(modules: Path) -> None:
    assert not list(modules.iterdir())
    links = assets.links()
    assert not links.local
    outside = [address for _, address in (*links.js, *links.css) if "://" in address]
    assert [address.rsplit("/", 1)[1].split("?")[0] for address in outside] == [
        "leaflet.js",
        "leaflet.css",
    ]
    assert all(f"leaflet@{assets.LEAFLET_VERSION}/" in address for address in outside)
    # The folder is served all the same, so that Leaflet is found as soon as it is installed.
    assert not (assets.mounts()["leaflet"] / "leaflet.js").exists()


def test_every_script_and_style_of_ours_is_linked_once_with_a_hash() -> None:
    links = assets.links()
    linked = [name for name, _ in (*links.js, *links.css) if not name.startswith("leaflet")]
    assert sorted(linked) == sorted(path.name for path in assets.STATIC.iterdir())
    own = [address for name, address in links.js if not name.startswith("leaflet")]
    assert all(len(address.split("?v=")[1]) == 12 for address in own)


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
