// @ts-check
/* The ground: neighbours, own districts, outlines, and the tiles that may lie below them. */

import { areaFill } from "../policy/layout_areas.js";
import { MARGIN, SMOOTH } from "./outline.js";

const PANES = {
  context: 250,
  own: 300,
  cells: 320,
  lines: 340,
  areas: 350,
  layout: 380,
  sites: 450,
  elements: 470,
  labels: 500,
  top: 560,
};

/** Creates the panes, those for lettering open to the pointer below. */
export function panes(/** @type {L.Map} */ map) {
  for (const [name, z] of Object.entries(PANES)) {
    const pane = map.createPane(name);
    pane.style.zIndex = String(z);
    if (name !== "sites") pane.style.pointerEvents = "none";
    if (name === "labels" || name === "top") pane.classList.add("ct-lettering");
  }
}

/** A small map in a corner of another, which only shows: nothing moves it. */
export function stillMap(/** @type {HTMLElement} */ body) {
  const map = L.map(body, {
    zoomControl: false,
    attributionControl: false,
    zoomSnap: 0,
    dragging: false,
    scrollWheelZoom: false,
    doubleClickZoom: false,
    boxZoom: false,
    keyboard: false,
    touchZoom: false,
    fadeAnimation: false,
    zoomAnimation: false,
    maxZoom: 20,
    trackResize: false,
  });
  panes(map);
  return map;
}

/** SVG layer group for polygons or lines of the document. */
function vectors(/** @type {L.Map} */ map, atlas, pane, style) {
  return L.geoJSON(null, {
    pane,
    style,
    interactive: false,
    renderer: L.svg({ pane, padding: MARGIN }),
    coordsToLatLng: atlas.latlng,
    smoothFactor: SMOOTH,
  }).addTo(map);
}

/** Draws neighbours, own districts and outlines into a map; empty until the document is there. */
export function drawGround(/** @type {L.Map} */ map, atlas) {
  const layers = {
    sea: vectors(map, atlas, "context", { className: "ct-sea", stroke: false, fillOpacity: 1 }),
    context: vectors(map, atlas, "context", { className: "ct-context", weight: 0.8, fillOpacity: 1 }),
    own: vectors(map, atlas, "own", { className: "ct-own", weight: 0.8, fillOpacity: 1 }),
    borders: vectors(map, atlas, "lines", { className: "ct-border", fill: false, weight: 0.8 }),
    cities: vectors(map, atlas, "lines", { className: "ct-city", fill: false, weight: 1.2 }),
    outline: vectors(map, atlas, "lines", { className: "ct-outline", fill: false, weight: 1.8 }),
    marked: vectors(map, atlas, "lines", { className: "ct-marked", fill: false, weight: 2.4 }),
  };
  if (atlas.document) fillGround(layers, atlas);
  return layers;
}

export function fillGround(layers, { document: doc }) {
  layers.sea.addData(mapped(doc));
  layers.context.addData(doc.context);
  layers.own.addData(doc.districts);
  if (doc.cities) layers.cities.addData(doc.cities);
  layers.outline.addData(doc.outline);
  // Kept, for outlines that are one thing are known by the array they stand in.
  layers.own.units = layers.own.getLayers();
  layers.own.lands = [...layers.own.units, ...layers.context.getLayers()];
}

/** What is mapped at all: outside of it there is paper, not sea. */
function mapped(doc) {
  const [[south, west], [north, east]] = doc.window || [
    [-85, -180],
    [85, 180],
  ];
  return {
    type: "Polygon",
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  };
}

/** Fills and lines by the last paint. */
export function styleGround(layers, atlas) {
  const { paint, document: doc } = atlas;
  const online = Boolean(paint.basemap);
  layers.sea.setStyle({ fillOpacity: online ? 0 : 1 });
  layers.context.setStyle({ fillOpacity: online ? 0 : 1, opacity: online ? 0.5 : 1 });
  if (paint.counted && !layers.borders.getLayers().length) layers.borders.addData(doc.districts);
  const unitsAreCities = doc.level === "city";
  layers.marked.clearLayers();
  layers.own.eachLayer((layer) => {
    const { id } = layer.feature.properties;
    const [fill, sign] = paint.units[id] || ["", ""];
    const area = areaFill(paint, id);
    const colour =
      area || (sign === "none" ? "url(#ct-none)" : sign === "few" ? `url(#ct-few-${fill})` : `var(--${fill || "own"})`);
    const plain = !fill && !sign && !area;
    layer.setStyle({
      fillColor: colour,
      fillOpacity: online ? (plain ? 0.08 : 0.58) : 1,
      weight: unitsAreCities ? (sign === "none" ? 0.8 : 1.2) : layer.options.weight,
      opacity: unitsAreCities && sign === "none" ? 0.55 : 0.9,
    });
    layer.getElement().classList.toggle("ct-unit-city", unitsAreCities);
    if (paint.compared.includes(id) || paint.selected_district === id) {
      layers.marked.addData(layer.feature);
      const chosen = paint.selected_district === id && !paint.compared.includes(id);
      layers.marked.getLayers().at(-1).getElement().classList.toggle("ct-chosen", chosen);
    }
  });
}

/** Puts tiles under the districts, or takes them away; another datum redraws the ground. */
export function setBasemap(/** @type {Atlas} */ atlas, basemap) {
  const { map } = atlas;
  const name = basemap ? basemap.name : "";
  if (name === (atlas.basemap || "")) return;
  const former = atlas.datum || "wgs84";
  atlas.datum = basemap ? basemap.datum : "wgs84";
  atlas.basemap = name;
  if (atlas.tiles) atlas.tiles.remove();
  atlas.tiles = null;
  map.getContainer().classList.toggle("ct-online", Boolean(basemap));
  map.options.zoomSnap = basemap ? 0.5 : 0;
  map.setMaxZoom(basemap ? basemap.max_zoom : atlas.finest);
  if (basemap)
    atlas.tiles = L.tileLayer(basemap.url, {
      subdomains: basemap.subdomains,
      maxZoom: basemap.max_zoom,
      detectRetina: false,
    }).addTo(map);
  if (atlas.datum !== former) {
    // The group that clicks are heard on stays; its content is laid anew.
    Object.values(atlas.layers).forEach((group) => {
      group.options.coordsToLatLng = atlas.latlng;
      group.clearLayers();
    });
    fillGround(atlas.layers, atlas);
  }
}
