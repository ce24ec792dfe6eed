// @ts-check
/* Links between the signs of a layout, bent round others. */
import { line, renderer } from "../ground/lines.js";

/** Room between a sign and the end of a link, px. */
const AIR = 3;
/** How strongly links bend (share of their length) to pass a sign, least first. */
const BENDS = [0, 0.06, -0.06, 0.13, -0.13, 0.22, -0.22, 0.34, -0.34, 0.48, -0.48];
export function makeWay(/** @type {Atlas} */ atlas, link, all) {
  const broken = link.planned ? " ct-planned" : "";
  const classes =
    link.k === "twin"
      ? ["ct-twin-halo", `ct-twin${broken}`, `ct-twin-core${broken}`]
      : ["ct-link-halo", `ct-link ct-link-${link.k}${broken}`];
  const lines = classes.map((name) => line(atlas, "layout", name).addTo(all));
  const head =
    link.k === "radiates"
      ? L.polygon([], {
          pane: "layout",
          renderer: renderer(atlas, "layout"),
          interactive: false,
          smoothFactor: 0,
          className: "ct-link-head",
        }).addTo(all)
      : null;
  return { link, lines, head };
}

/** Links between signs that have been put, as straight lines: other signs keep off them. */
export function straight(/** @type {Atlas} */ atlas, which) {
  return atlas.ways
    .filter(({ link }) => which(link))
    .map(({ link }) => ({ a: atlas.signs[link.a], b: atlas.signs[link.b], twin: link.k === "twin" }))
    .filter(({ a, b }) => !Number.isNaN(a.x) && !Number.isNaN(b.x));
}

/** Distance of a point from a segment. */
export function toSegment(x, y, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const t = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
}

/** Draws a link from ring to ring, bent where it would run over another sign. */
export function route(/** @type {Atlas} */ atlas, { link, lines, head }, scale) {
  const { map } = atlas;
  const a = atlas.signs[link.a];
  const b = atlas.signs[link.b];
  const others = atlas.signs.filter((one) => one !== a && one !== b);
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  const clip = (one) => one.sign.ring * scale + AIR;
  let path = [];
  if (length > clip(a) + clip(b) + 6) {
    const paths = BENDS.map((bend) => bow(a, b, bend * length));
    const clear = (points) =>
      !others.some((one) => points.some((p) => Math.hypot(p[0] - one.x, p[1] - one.y) < one.sign.ring * scale + 7));
    path = (link.k === "twin" ? paths[0] : paths.find(clear) || paths[0]).filter(
      ([x, y]) => Math.hypot(x - a.x, y - a.y) >= clip(a) && Math.hypot(x - b.x, y - b.y) >= clip(b),
    );
  }
  const latlngs = path.map((p) => map.containerPointToLatLng(p));
  lines.forEach((one) => one.setLatLngs(latlngs));
  if (head) head.setLatLngs(arrow(path).map((p) => map.containerPointToLatLng(/** @type {[number, number]} */ (p))));
  const half = link.k === "twin" ? 5 : 3;
  return path.filter((_, i) => i % 3 === 0).map(([x, y]) => [x - half, y - half, x + half, y + half]);
}

/** Points of a bow from a to b that rises by `rise` px at its middle. */
function bow(a, b, rise) {
  const steps = Math.max(24, Math.round(Math.hypot(b.x - a.x, b.y - a.y) / 2.5));
  const d = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const mx = (a.x + b.x) / 2 - (2 * rise * (b.y - a.y)) / d;
  const my = (a.y + b.y) / 2 + (2 * rise * (b.x - a.x)) / d;
  return Array.from({ length: steps + 1 }, (_, i) => {
    const t = i / steps;
    return [
      (1 - t) ** 2 * a.x + 2 * t * (1 - t) * mx + t * t * b.x,
      (1 - t) ** 2 * a.y + 2 * t * (1 - t) * my + t * t * b.y,
    ];
  });
}

function arrow(path) {
  if (path.length < 8) return [];
  const [x, y] = path.at(-1);
  const [u, v] = path.at(-5);
  const angle = Math.atan2(y - v, x - u);
  return [0, 2.7, -2.7].map((turn) =>
    turn ? [x + 10 * Math.cos(angle + turn), y + 10 * Math.sin(angle + turn)] : [x, y],
  );
}
