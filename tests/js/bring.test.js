// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { bringIntoView } from "../../layers/js/view/bring.js";

/** A map of 400 x 300 px round (0, 0), one unit of which is 1 px at zoom 0. */
function atlasWith(sites, { zoom = 4, zoomSnap = 0 } = {}) {
  const view = { center: { lng: 0, lat: 0 }, zoom };
  const point = (x, y) => ({ x, y, distanceTo: (other) => Math.hypot(other.x - x, other.y - y) });
  const map = {
    options: { zoomSnap },
    getZoom: () => view.zoom,
    getMaxZoom: () => 16,
    getSize: () => ({ x: 400, y: 300 }),
    project: ({ lng, lat }, at) => point(lng * 2 ** at, -lat * 2 ** at),
    latLngToContainerPoint: ({ lng, lat }) =>
      point(200 + (lng - view.center.lng) * 2 ** view.zoom, 150 - (lat - view.center.lat) * 2 ** view.zoom),
    setView: (center, to) => Object.assign(view, { center, zoom: to }),
  };
  const layers = Object.entries(sites).map(([id, [lng, lat]]) => [
    id,
    { feature: { properties: {} }, getLatLng: () => ({ lng, lat }) },
  ]);
  return /** @type {any} */ ({
    map,
    view,
    clicked: new Set(),
    touched: false,
    byId: new Map(/** @type {any} */ (layers)),
  });
}
const paint = (id) => /** @type {any} */ ({ selected_site: id, selected_district: null, layout: null, compared: [] });
const bring = (atlas, id, moves = true) => bringIntoView(atlas, paint(id), { moves });

test("a site alone and in view moves nothing", () => {
  const atlas = atlasWith({ a: [2, 1] });
  bring(atlas, "a");
  assert.deepEqual(atlas.view, { center: { lng: 0, lat: 0 }, zoom: 4 });
  assert.equal(atlas.touched, false);
});

test("a site outside comes to the middle at the same zoom", () => {
  const atlas = atlasWith({ a: [90, 1] });
  bring(atlas, "a");
  assert.deepEqual(atlas.view, { center: { lng: 90, lat: 1 }, zoom: 4 });
  assert.equal(atlas.touched, true);
});

test("a site among others is brought so near that 16 px are between them", () => {
  const atlas = atlasWith({ a: [2, 1], b: [2.25, 1] });
  bring(atlas, "a");
  assert.equal(atlas.view.zoom, 6);
});

test("over an online base map the zoom is in its steps", () => {
  const atlas = atlasWith({ a: [2, 1], b: [2.3, 1] }, { zoomSnap: 0.5 });
  bring(atlas, "a");
  assert.equal(atlas.view.zoom, 6);
});

test("what no zoom tells apart decides nothing", () => {
  const atlas = atlasWith({ a: [2, 1], b: [2, 1] });
  bring(atlas, "a");
  assert.equal(atlas.view.zoom, 4);
});

test("a click on the map, the same choice again, or an arrival moves nothing", () => {
  const clicked = atlasWith({ a: [90, 1] });
  clicked.clicked.add("site:a");
  bring(clicked, "a");
  assert.equal(clicked.view.center.lng, 0);
  const again = atlasWith({ a: [90, 1] });
  bring(again, "a", false);
  bring(again, "a");
  assert.equal(again.view.center.lng, 0);
});
