// @ts-check
/* Districts that a layout tints, and the edges round those of an element. */
import { line } from "../ground/lines.js";

/** Borders round all districts of an element: segments that no two of them share. */
function outer(features) {
  const count = new Map();
  const rings = features.flatMap(({ geometry: g }) => (g.type === "Polygon" ? g.coordinates : g.coordinates.flat()));
  const key = (a, b) => (a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]) ? `${a},${b}` : `${b},${a}`);
  for (const ring of rings)
    for (let i = 1; i < ring.length; i++)
      count.set(key(ring[i - 1], ring[i]), (count.get(key(ring[i - 1], ring[i])) || 0) + 1);
  const parts = [];
  for (const ring of rings) {
    let part = null;
    for (let i = 1; i < ring.length; i++) {
      if (count.get(key(ring[i - 1], ring[i])) > 1) part = null;
      else if (part) part.push(ring[i]);
      else {
        part = [ring[i - 1], ring[i]];
        parts.push(part);
      }
    }
  }
  return parts;
}

/** Edges of tinted districts; needs the document. */
export function drawEdges(/** @type {Atlas} */ atlas) {
  if (atlas.edges) atlas.edges.remove();
  atlas.edges = null;
  const { layout } = atlas.paint;
  if (!layout) return;
  atlas.edges = L.layerGroup().addTo(atlas.map);
  const byId = new Map(atlas.document.districts.features.map((f) => [f.properties.id, f]));
  for (const edge of layout.edges) {
    const features = edge.units.map((id) => byId.get(id)).filter(Boolean);
    const parts = outer(features);
    const name = `ct-edge ct-edge-${edge.k} ct-edge-${edge.line}${edge.e === layout.selected ? " ct-picked" : ""}`;
    line(atlas, "areas", name, { smoothFactor: 0.6 })
      .setLatLngs(parts.map((part) => part.map((c) => atlas.latlng(c))))
      .addTo(atlas.edges);
  }
}

/** Fill of a district by its part in the layout; "" where it has none. */
export function areaFill(paint, id) {
  const area = paint.layout?.areas[id];
  if (!area) return "";
  return (
    {
      core: "var(--corefill)",
      node: "var(--nodefill)",
      zone: "var(--nodefill)",
      zone2: "var(--zonefill)",
      corridor: "var(--nodefill)",
    }[area] || `url(#ct-area-${area})`
  );
}

/** Districts of each element, and those of all cores and nodes: names of others keep off them. */
export function grounds(/** @type {Atlas} */ atlas) {
  const {
    layers,
    paint: { layout },
  } = atlas;
  const [first] = layers.own.getLayers();
  if (atlas.grounded !== layout || atlas.groundedOn !== first) {
    atlas.groundedOn = first;
    const units = (edges) => {
      const ids = new Set(edges.flatMap((edge) => edge.units));
      return layers.own.getLayers().filter((layer) => ids.has(layer.feature.properties.id));
    };
    atlas.grounded = layout;
    atlas.homes = new Map(layout.edges.map((edge) => [edge.e, units([edge])]));
    atlas.named = units(layout.edges.filter((edge) => edge.k !== "zone"));
  }
  return atlas;
}
