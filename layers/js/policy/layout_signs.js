// @ts-check
/* Signs of a layout: made once, put anew at every zoom where they hide no other. */
import { line } from "../ground/lines.js";
import { contains, share, visibleAnchors } from "../ground/outline.js";
import { boxAt, gap, overlaps } from "../lettering/boxes.js";
import { grounds } from "./layout_areas.js";
import { straight, toSegment } from "./layout_links.js";

/** Least length of the line that ties a moved sign to its neighbour, px. */
const TIE = 8;
const LABELS = { core: "ct-name-core", node: "ct-name-node", zone: "ct-name-node", corridor: "ct-name-node" };

export function makeSign(/** @type {Atlas} */ atlas, sign, layout, i, all) {
  const at = atlas.latlng(sign.at);
  const tie = line(atlas, "layout", "ct-tie").addTo(all);
  const foot = line(atlas, "layout", "ct-tie-foot").addTo(all);
  const [w, h] = sign.half;
  const picked = sign.e === layout.selected ? " ct-picked" : "";
  const html = `${sign.svg}<span class="ct-unseen">${sign.n}</span>`;
  const icon = L.divIcon({ className: `ct-sign ct-sign-${sign.k}${picked}`, html, iconSize: [2 * w, 2 * h] });
  const marker = L.marker(at, { pane: "elements", icon, zIndexOffset: 10000 - 100 * i, keyboard: true });
  const caption = [sign.v, sign.t].filter(Boolean).join("<br>");
  const words = `<b>${sign.n}</b>${caption ? `<br><span class="ct-caption">${caption}</span>` : ""}`;
  marker.bindTooltip(words, { direction: "top", offset: [0, -h] }).addTo(all);
  marker.on("click", ({ latlng }) => atlas.report("element", sign.e, latlng));
  return { sign, at, tie, foot, marker, x: NaN, y: NaN };
}

/** Where a sign belongs on the screen: one that stands for districts follows them into view. */
function homeOf(/** @type {Atlas} */ atlas, { sign, at }) {
  const {
    map,
    paint: { layout },
    layers,
  } = atlas;
  const home = map.latLngToContainerPoint(at);
  const size = map.getSize();
  const edge = sign.fixed ? null : layout.edges.find((one) => one.e === sign.e);
  if (!edge || (home.x > 10 && home.y > 10 && home.x < size.x - 10 && home.y < size.y - 10)) return home;
  const view = map.getBounds();
  const seen = layers.own
    .getLayers()
    .filter((layer) => edge.units.includes(layer.feature.properties.id) && view.intersects(layer.getBounds()));
  const spots = seen.map((layer) => visibleAnchors(map, layer, size)).sort((a, b) => b.length - a.length)[0] || [];
  return spots.length > 20 ? L.point(spots[0]) : home;
}

/** Puts one sign where it hides no other, as near to its place as can be. */
export function put(/** @type {Atlas} */ atlas, one, boxes, points, scale) {
  const { map } = atlas;
  const { sign } = one;
  const size = map.getSize();
  const home = homeOf(atlas, one);
  const seen = home.x > 0 && home.y > 0 && home.x < size.x && home.y < size.y;
  const [w, h] = sign.half.map((v) => v * scale);
  const host = sign.beside === undefined ? null : atlas.signs[sign.beside];
  const tries = host ? sides(host, w, h, scale) : around(home);
  const unit = sign.fixed || host ? null : atlas.view.districtAt(map.containerPointToLatLng(home));
  let best = null;
  const struckBy = host ? straight(atlas, () => true) : unit ? straight(atlas, ({ k }) => k === "twin") : [];
  for (const [x, y, far] of tries) {
    const box = halfBox(x, y, w, h, far && sign.fixed ? TIE : 1);
    if (boxes.some((other) => overlaps(other, box))) continue;
    if (seen && (x - w < 2 || y - h < 2 || x + w > size.x - 2 || y + h > size.y - 2)) continue;
    const outside = Boolean(unit && far && !contains(unit, map.containerPointToLatLng([x, y])));
    const dots =
      sign.fixed || host
        ? 0
        : points.filter((p) => p.x > box[0] && p.x < box[2] && p.y > box[1] && p.y < box[3]).length;
    const struck = struckBy.filter(({ a, b }) => toSegment(x, y, a, b) < sign.ring * scale + (host ? 5 : 8));
    const score =
      far + (outside ? 60 : 0) + 2.5 * Math.min(dots, 8) + struck.reduce((sum, { twin }) => sum + (twin ? 70 : 25), 0);
    if (!best || score < best.score) best = { x, y, score, outside };
    if (best.score <= far) break;
  }
  const { x, y, outside } = best || { x: home.x, y: home.y };
  boxes.push(halfBox(x, y, w, h, 1));
  Object.assign(one, { x, y, host, scale });
  one.marker.setLatLng(map.containerPointToLatLng([x, y]));
  const tied = (sign.fixed || outside) && Math.hypot(x - home.x, y - home.y) > 2;
  one.tie.setLatLngs(tied ? [one.at, map.containerPointToLatLng([x, y])] : []);
  one.foot.setLatLngs(tied ? [one.at, one.at] : []);
}

/** Places round a point, nearest first, to the right before other directions. */
function around({ x, y }) {
  const tries = [[x, y, 0]];
  for (let r = 6; r <= 108; r += 6)
    for (let a = 0; a < 16; a++)
      tries.push([x + 1.15 * r * Math.cos((a * Math.PI) / 8), y + r * Math.sin((a * Math.PI) / 8), r]);
  return tries;
}

/** Places beside another sign: right, left, below, above. */
function sides(host, w, h, scale) {
  const [hw, hh] = host.sign.half.map((v) => v * scale + 3);
  const { x, y } = host;
  return [
    [x + hw + w, y - 5 * scale, 0],
    [x - hw - w, y - 5 * scale, 1],
    [x, y + hh + h, 2],
    [x, y - hh - h, 3],
    [x + hw + w, y + hh, 4],
    [x - hw - w, y + hh, 5],
  ];
}

/** The box of a sign by half its width and height, with some air round it. */
const halfBox = (x, y, w, h, air) => boxAt(x, y, 2 * (w + air), 2 * (h + air));

function signBox(/** @type {Placed} */ { sign, x, y, scale }) {
  const [w, h] = sign.half;
  return halfBox(x, y, w * scale, h * scale, 1);
}

/** Name of a sign, for place(); candidates beside a host have theirs in the tooltip. */
export function nameItem(/** @type {Atlas} */ atlas, one) {
  const { map } = atlas;
  const { sign, host } = one;
  if (sign.k === "candidate" && host) return [];
  const small = sign.v ? `<small>${sign.v}</small>` : "";
  const name = `<span class="ct-name">${sign.n}</span>`;
  const cls = LABELS[sign.k] || "ct-name-place";
  const important = cls !== "ct-name-place";
  const { homes, named } = grounds(atlas);
  const home = sign.fixed ? null : homes.get(sign.e);
  const others = atlas.signs.filter((other) => other !== one && other.sign.e !== sign.e);
  const cost = (box, led) => {
    const own = gap(box, signBox(one));
    if (!led && others.some((other) => gap(box, signBox(other)) < own + 1.5)) return Infinity;
    const crowded = led ? 8 * others.filter((other) => gap(box, signBox(other)) < 8).length : 0;
    const foreign = home ? share(map, named, box) - share(map, home, box) : 0;
    return foreign > 0.4 ? Infinity : crowded + 50 * Math.max(0, foreign);
  };
  return [
    {
      cost,
      html: `${name}${small}`,
      shorter: small ? name : "",
      cls,
      sign: signBox(one),
      led: important ? 200 : 100,
      crowd: important ? 9 : 3,
    },
  ];
}
