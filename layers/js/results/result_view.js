// @ts-check
/*
 * The result of a search: numbered discs that are moved apart on the screen, never in the data;
 * the grey dots of what is no result; lines along which points were moved; the view that holds it all, and how much lies outside.
 */
import { overlaps, shared } from "../lettering/boxes.js";
import { selectionBoxes } from "../sites/selection.js";
import { isDisc, mix, stroke, trace } from "../sites/symbols.js";

/** Ring of a disc: radius of its middle, px. */
const RING = 9.5;
/** Half the extent of a disc, px: what hits it, and what names keep clear of. */
export const discHalf = 12;
/** Room from middle to middle of two discs, px. */
const APART = 26;
const PASSES = { most: 200, least: 20 };
/** Meetings of two discs worked out for a paint, at most: some 10 ms. */
const MEETINGS = 2e5;
/** A disc moved farther than this from its place, px, gets a leader to it. */
const LED = 5;
const MAX_ZOOM = 14;
/** A circle of a smaller radius, px, cannot be told from the ring of the selected site. */
const HIDDEN = 18;

/** A name tag that hides less of discs than this (px²) stays over the middle of its own. */
const ASIDE = 60;
/** Room round the result, px: left, top, right, bottom. */
const ROOM = { wide: [34, 46, 56, 40], phone: [24, 40, 48, 30] };

/** Traces a disc's ring; the kind gives its shape, as with the ordinary symbols. */
function ring(ctx, kind, { x, y }) {
  if (kind === "street") {
    ctx.beginPath();
    ctx.roundRect(x - 13, y - 8, 26, 16, 8);
  } else trace(ctx, kind, x, y, { base: 10.2, design_center: 10.2, service_center: 12.4 }[kind] || RING);
}

let font = "";
function lettering(ctx, size) {
  if (!font) font = getComputedStyle(ctx.canvas).fontFamily || "sans-serif";
  return `700 ${size}px ${font}`;
}

/** Draws a numbered or picked result; a broken ring says that only its district is known. */
export function drawDisc(ctx, at, site, colours) {
  const colour = colours[site.f] || colours.mix;
  ring(ctx, site.k, at);
  if (site.c) {
    stroke(ctx, colours.ink, 8.8);
    stroke(ctx, colours.surf, 6.2);
  } else {
    stroke(ctx, colours.halo, 7, 0.8);
    stroke(ctx, colours.key, 5, site.p ? 0.6 : 1);
  }
  ctx.fillStyle = site.c ? colours.ink : colours.surf;
  ctx.fill();
  if (site.p) {
    stroke(ctx, mix(colour, colours.surf, 0.78), 3);
    ctx.setLineDash([5, 2.46]); // eight round a circle
  }
  stroke(ctx, colour, 3);
  ctx.setLineDash([]);
  if (!site.o) return;
  const text = String(site.o);
  ctx.font = lettering(ctx, text.length > 2 ? 9.5 : 11.5);
  ctx.textAlign = "center";
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = site.c ? colours.surf : colours.ink;
  ctx.fillText(text, at.x, at.y + (text.length > 2 ? 3.4 : 4.1) + (site.k === "service_center" ? 2 : 0));
}

/** How far each disc is moved at this zoom, px; worked out once for a paint and zoom. */
export function moves(/** @type {Atlas} */ atlas) {
  const zoom = atlas.map.getZoom();
  const known = atlas.moves;
  if (!known || known.zoom !== zoom || known.features !== atlas.features) {
    atlas.moves = { zoom, features: atlas.features, by: apart(atlas, zoom) };
  }
  return atlas.moves.by;
}

/** Pushes discs apart while each is drawn back to its place, less and less. */
function apart(/** @type {Atlas} */ atlas, zoom) {
  const discs = [];
  for (const layer of atlas.byId.values()) {
    if (!isDisc(layer.feature.properties)) continue;
    const home = atlas.map.project(layer.getLatLng(), zoom);
    discs.push({ layer, home, x: home.x, y: home.y });
  }
  const pairs = [];
  discs.forEach((a, i) =>
    discs.slice(0, i).forEach((b) => {
      if (Math.abs(a.x - b.x) < 4 * APART && Math.abs(a.y - b.y) < 4 * APART) pairs.push([a, b, i]);
    }),
  );
  const passes = Math.max(PASSES.least, Math.min(PASSES.most, MEETINGS / (pairs.length + 1)));
  for (let pass = 0; pass < passes && pairs.length; pass++) {
    let still = true;
    const pull = 0.02 * (1 - pass / passes);
    for (const d of discs) {
      d.x += pull * (d.home.x - d.x);
      d.y += pull * (d.home.y - d.y);
    }
    for (const [a, b, i] of pairs) {
      let [dx, dy] = [a.x - b.x, a.y - b.y];
      if (Math.hypot(dx, dy) < 0.2) [dx, dy] = [0.1 * Math.cos(2.4 * i), 0.1 * Math.sin(2.4 * i)];
      const d = Math.hypot(dx, dy);
      if (d >= APART) continue;
      still = false;
      const f = (APART - d) / 2 / d;
      a.x += dx * f;
      a.y += dy * f;
      b.x -= dx * f;
      b.y -= dy * f;
    }
    if (still) break;
  }
  return new Map(discs.map(({ layer, home, x, y }) => [layer, L.point(x - home.x, y - home.y)]));
}

/** What is drawn below all symbols: the dots of what is no result, and the discs' leaders. */
export function drawBelow(ctx, atlas) {
  const {
    paint,
    map,
    view: { colours },
  } = atlas;
  if (!paint) return;
  ctx.save();
  ctx.fillStyle = colours.ink2;
  ctx.strokeStyle = colours.surf;
  ctx.lineWidth = 0.7;
  ctx.globalAlpha = 0.55;
  const r = map.getZoom() < 9 ? 1.8 : 2.4;
  for (const at of atlas.others || []) {
    const p = map.latLngToLayerPoint(at);
    ctx.beginPath();
    ctx.arc(p.x, p.y, r, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
  }
  ctx.globalAlpha = 0.8;
  ctx.strokeStyle = colours.ink2;
  ctx.lineWidth = 0.8;
  ctx.beginPath();
  for (const [from, to] of atlas.shifts || []) {
    const [a, b] = [map.latLngToLayerPoint(from), map.latLngToLayerPoint(to)];
    ctx.moveTo(a.x, a.y);
    ctx.lineTo(b.x, b.y);
  }
  ctx.stroke();
  ctx.globalAlpha = 1;
  for (const [site, move] of moves(atlas)) {
    if (Math.hypot(move.x, move.y) <= LED) continue;
    const { x, y } = site.point;
    for (const [colour, width, dot] of [
      [colours.halo, 3, 3.2],
      [colours.ink, 1, 2],
    ]) {
      ctx.strokeStyle = ctx.fillStyle = colour;
      ctx.lineWidth = width;
      ctx.beginPath();
      ctx.moveTo(x, y);
      ctx.lineTo(x + move.x, y + move.y);
      ctx.stroke();
      ctx.beginPath();
      ctx.arc(x, y, dot, 0, 2 * Math.PI);
      ctx.fill();
    }
  }
  ctx.restore();
}

/** Positions of a payload's others: differences of whole units, see layers/results/result_view.py. */
export function unpackOthers([xs, ys], latlng) {
  let [x, y] = [0, 0];
  return xs.map((dx, i) => {
    x += dx;
    y += ys[i];
    return latlng([x / 1e5, y / 1e5]);
  });
}

/** Lines of a payload's shifts: where from, and how far, in whole units. */
export function unpackShifts(shifts, latlng) {
  if (!shifts) return [];
  const [xs, ys, dxs, dys] = shifts;
  return xs.map((x, i) => [latlng([x / 1e5, ys[i] / 1e5]), latlng([(x + dxs[i]) / 1e5, (ys[i] + dys[i]) / 1e5])]);
}

/** Boxes (container px) of the discs in view, for names to keep clear of. */
export function discBoxes(/** @type {Atlas} */ atlas) {
  const size = atlas.map.getSize();
  return [...moves(atlas)]
    .map(([layer, move]) => {
      const { x, y } = atlas.map.latLngToContainerPoint(layer.getLatLng()).add(move);
      return [x - discHalf - 1, y - discHalf - 1, x + discHalf + 1, y + discHalf + 1];
    })
    .filter((box) => overlaps(box, [0, 0, size.x, size.y]));
}

/** The view that holds a window, with room for discs and name tags. */
export function viewPlan(/** @type {Atlas} */ atlas, corners) {
  const { map, frame } = atlas;
  const size = map.getSize();
  const [left, top, right, bottom] = frame.narrow ? ROOM.phone : ROOM.wide;
  const [a, b] = corners.map(([lat, lon]) => map.project(atlas.latlng([lon, lat]), 0));
  const scale = Math.min((size.x - left - right) / Math.abs(b.x - a.x), (size.y - top - bottom) / Math.abs(b.y - a.y));
  const zoom = Math.min(Math.log2(scale), MAX_ZOOM);
  const shift = L.point(right - left, bottom - top).divideBy(2 ** (zoom + 1));
  return { center: map.unproject(a.add(b).divideBy(2).add(shift), 0), zoom, box: null };
}

/** Writes how many results lie outside the view into the legend. */
export function countOutside(/** @type {Atlas} */ atlas) {
  const holder = atlas.frame.legend.querySelector(".ct-outside b");
  if (!holder) return;
  const size = atlas.map.getSize();
  let n = 0;
  for (const layer of atlas.byId.values()) {
    const { x, y } = atlas.map.latLngToContainerPoint(layer.getLatLng());
    if (x < 0 || y < 0 || x > size.x || y > size.y) n += 1;
  }
  holder.textContent = String(n);
  atlas.state.outside = n;
}

/** Radius (px, not rounded) of the selected site's circle; 0 where it has none. */
function circleRadius(/** @type {Atlas} */ atlas) {
  const { map, paint } = atlas;
  const site = paint.selected_site ? atlas.byId.get(paint.selected_site) : null;
  const radius = site?.feature.properties.u;
  if (!radius) return 0;
  const at = site.getLatLng();
  return map.project(at).y - map.project([at.toBounds(2 * radius).getNorth(), at.lng]).y;
}

/** Puts the selected site's name tag where it hides fewer discs and stays on the map; tells a circle too small to see in it. */
export function turnTag(/** @type {Atlas} */ atlas) {
  const { map, paint } = atlas;
  const tag = map.getPane("top").querySelector(".ct-call");
  const site = paint.selected_site ? atlas.byId.get(paint.selected_site) : null;
  if (!tag || !site) return;
  const r = circleRadius(atlas);
  tag.innerHTML =
    site.feature.properties.n + (r && r < HIDDEN && paint.uncertainty ? `<small>${paint.uncertainty}</small>` : "");
  tag.classList.remove("ct-below");
  // A circle within its disc would only blot the number out: the tag tells it.
  const disc = isDisc(site.feature.properties);
  for (const circle of map.getPane("top").querySelectorAll("path.ct-error"))
    circle.style.display = disc && r < HIDDEN ? "none" : "";
  const sign = atlas.frame.legend.querySelector('.ct-item[data-sign="uncertainty"]');
  if (sign) sign.hidden = disc && r < HIDDEN;
  const { x, y } = map.latLngToContainerPoint(disc ? site.getCenter() : site.getLatLng());
  const [w, apart, size] = [tag.offsetWidth / 2, disc ? 19 : 15, map.getSize()];
  const discs = discBoxes(atlas);
  let best = null;
  // Over the middle, else to one side: a little is hidden rather than that.
  for (const [dx, cost] of [
    [0, 0],
    [14 - w, ASIDE],
    [w - 14, ASIDE],
  ]) {
    for (const below of [false, true]) {
      const top = below ? y + apart : y - apart - 22;
      const box = [x + dx - w, top, x + dx + w, top + 22];
      const outside = top < 4 || top > size.y - 26 || (dx && (box[0] < 4 || box[2] > size.x - 4)) ? 1e6 : 0;
      const hidden = discs.reduce((sum, d) => sum + shared(d, box), outside + cost);
      if (!best || hidden < best.hidden) best = { hidden, below, dx };
    }
  }
  tag.dataset.shift = `${best.dx}px`;
  tag.classList.toggle("ct-below", best.below);
}

/**
 * Writes what the selected site's circle means, at its rim where there is room.
 * @param {number[][]} taken boxes (container px) it keeps clear of
 * @returns {number[][]} the boxes it takes
 */
export function explainCircle(/** @type {Atlas} */ atlas, taken) {
  const { map, paint } = atlas;
  if (atlas.circleNote) atlas.circleNote.remove();
  atlas.circleNote = null;
  const r = circleRadius(atlas);
  if (r < HIDDEN || !paint.uncertainty) return [];
  const site = atlas.byId.get(paint.selected_site);
  const tags = selectionBoxes(map, atlas);
  const note = L.DomUtil.create("div", "ct-uncertain", map.getPane("top"));
  note.innerHTML = paint.uncertainty;
  atlas.circleNote = note;
  const [w, h] = [note.offsetWidth, note.offsetHeight];
  const size = map.getSize();
  const { x, y } = map.latLngToContainerPoint(site.getLatLng());
  const spots = [];
  for (const [side, gap] of [
    [0, 0],
    [0.45, 0.12],
    [-0.45, 0.12],
    [0.75, 0.36],
    [-0.75, 0.36],
  ]) {
    for (const up of [-1, 1]) spots.push([x + side * r, y + up * ((1 - gap) * r + h / 2 + 3)]);
  }
  spots.push([x + r + w / 2 + 4, y], [x - r - w / 2 - 4, y], [x, y + 34], [x, y - 54]);
  const boxes = spots.map(([u, v]) => [u - w / 2, v - h / 2, u + w / 2, v + h / 2]);
  const seen = (b) => b[0] >= 4 && b[1] >= 4 && b[2] <= size.x - 4 && b[3] <= size.y - 4;
  const cost = (b, i) =>
    (seen(b) ? 0 : 1000) +
    (tags.some((t) => overlaps(t, b)) ? 500 : 0) +
    10 * taken.filter((t) => overlaps(t, b)).length +
    i / 10;
  const [{ box }] = boxes.map((b, i) => ({ box: b, price: cost(b, i) })).sort((a, b) => a.price - b.price);
  const p = map.containerPointToLayerPoint([box[0], box[1]]);
  Object.assign(note.style, { left: `${Math.round(p.x)}px`, top: `${Math.round(p.y)}px` });
  return [box];
}
