// @ts-check
/*
 * Lettering: a name stands within its district, beside its sign, or at the end of a line from it;
 * what finds no such place is left out. Greedy by rank, best of many places for each; no chance.
 */
import { bodyOf, share, visibleAnchors } from "../ground/outline.js";
import { boxAt, crosses, overlaps, strikes } from "./boxes.js";

const CELL = 24;
/** Shortest and longest line from a thing to its name, px. */
const LEAD = [10, 130];
/** Share of a name that lies within its district, and at most on others. */
const WITHIN = 0.68;
const FOREIGN = 0.28;

/** Directions and distances tried round a label point, nearest first. */
const SPIRAL = [[0, 0]];
for (let r = 6; r <= 132; r += 6) {
  for (let a = 0; a < 24; a++) SPIRAL.push([r * Math.cos((a * Math.PI) / 12), 0.9 * r * Math.sin((a * Math.PI) / 12)]);
}

/** Sides of a sign, the best for reading first: from its middle, and what the side costs. */
const SIDES = [
  [1, 0, 0],
  [0, 1, 2],
  [-1, 0, 4],
  [0, -1, 5],
];
const SLIDES = [0, 0.3, -0.3, 0.6, -0.6, 0.9, -0.9];

/** Number of a cell by its column and row. */
const cellOf = (i, j) => 65536 * i + j;

/** Counts symbols in a rectangle without looking at each of them. */
class PointIndex {
  constructor(points) {
    this.cells = new Map();
    for (const p of points) {
      const key = cellOf(Math.floor(p.x / CELL), Math.floor(p.y / CELL));
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(p);
    }
  }

  count([x0, y0, x1, y1], most) {
    let n = 0;
    for (let i = Math.floor(x0 / CELL); i <= x1 / CELL; i++) {
      for (let j = Math.floor(y0 / CELL); j <= y1 / CELL; j++) {
        for (const p of this.cells.get(cellOf(i, j)) || []) {
          if (p.x > x0 && p.x < x1 && p.y > y0 && p.y < y1 && ++n >= most) return n;
        }
      }
    }
    return n;
  }
}

/** Places beside a sign's box for a label: [x, y, cost]. */
function beside(/** @type {Box} */ [x0, y0, x1, y1], w, h) {
  const tries = [];
  for (const gap of [1.5, 3.5]) {
    for (const [u, v, cost] of SIDES) {
      for (const slide of SLIDES) {
        const x = (x0 + x1) / 2 + (u ? u * ((x1 - x0 + w) / 2 + gap) : (slide * (x1 - x0 + w)) / 2);
        const y = (y0 + y1) / 2 + (v ? v * ((y1 - y0 + h) / 2 + gap) : (slide * (y1 - y0 + h)) / 2);
        tries.push([x, y, cost + 7 * Math.abs(slide) + 2 * gap]);
      }
    }
  }
  return tries;
}

/** Places for a name round its point, px: [x, y, cost]. */
function around(/** @type {L.Map} */ map, /** @type {Label} */ { anchor, polygon }, reach) {
  const size = map.getSize();
  const home = anchor ? map.latLngToContainerPoint(anchor) : { x: -1, y: -1 };
  const seen = home.x > 0 && home.y > 0 && home.x < size.x && home.y < size.y;
  const near = seen
    ? SPIRAL.map(([dx, dy]) => [home.x + dx, home.y + dy, Math.hypot(dx, dy)]).filter(([, , r]) => r <= reach)
    : [];
  if (!polygon) return near;
  return [
    ...near,
    ...visibleAnchors(map, polygon, size).map(([x, y], i) => [x, y, Math.min(reach, (seen ? 40 : 8) + i / 4)]),
  ];
}

/** What a box costs by the ground below it; Infinity where it may not stand there. */
function groundCost(
  /** @type {L.Map} */ map,
  /** @type {Label} */ { polygon, whole, rest, accept, cost },
  box,
  led = false,
) {
  let sum = cost ? cost(box, led) : 0;
  if (polygon && !led) {
    const within = share(map, polygon, box);
    const foreign = rest ? share(map, rest, box) - within : 0;
    if (within < (whole ? 0.98 : WITHIN) || foreign > FOREIGN) return Infinity;
    sum += 70 * (1 - within) + 60 * Math.max(0, foreign);
  } else if (rest && led) sum += 40 * share(map, rest, box);
  const corners = [
    [box[0], box[1]],
    [box[2], box[1]],
    [box[0], box[3]],
    [box[2], box[3]],
    [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2],
  ];
  return accept && !corners.every((p) => accept(map.containerPointToLatLng(/** @type {[number, number]} */ (p))))
    ? Infinity
    : sum;
}

/** A label as it is wanted, and shorter. */
const forms = (item) => (item.shorter ? [item, { ...item, html: item.shorter, most: Infinity }] : [item]);

/** Whether nothing stands in a box (container px). */
function free(/** @type {L.Map} */ map, box, ground) {
  const size = map.getSize();
  if (box[0] < 3 || box[1] < 3 || box[2] > size.x - 3 || box[3] > size.y - 3) return false;
  return !ground.boxes.some((other) => overlaps(box, other)) && !ground.leads.some((lead) => strikes(lead, box));
}

/**
 * Finds a place for one label where it belongs.
 * @param {L.Map} map
 * @param {Label} item
 * @returns {boolean} whether it found room
 */
function placeOne(/** @type {L.Map} */ map, item, ground) {
  const [width, height] = ground.measure(item);
  const [w, h] = item.sign ? [width + 4, height] : [width + ground.air, height + ground.air / 3];
  if (item.polygon && !roomy(map, item, width, height)) return false;
  const crowd = item.crowd || ground.crowd;
  let best = null;
  const attempt = ([x, y, distance]) => {
    if (best && distance >= best.score) return;
    const box = boxAt(x, y, w, h);
    if (!free(map, box, ground)) return;
    const covered = ground.points.count([box[0] - 4, box[1] - 3, box[2] + 4, box[3] + 3], crowd + 1);
    if (covered > crowd) return;
    const score = distance + covered * (item.crowd ? 12 : 90) + groundCost(map, item, boxAt(x, y, width, height));
    if (best ? score >= best.score : score === Infinity) return;
    const soft = 25 * ground.soft.filter((other) => overlaps(box, other)).length;
    const crossing = score + soft + tieCost(item.tie?.(box), ground);
    if (crossing <= (item.most ?? Infinity) && (!best || crossing < best.score)) best = { score: crossing, x, y, box };
  };
  tries(map, item, [w, h], ground).forEach(attempt);
  if (!best) return false;
  stand(item, ground, best);
  const tie = item.tie?.(best.box);
  if (tie) {
    ground.leads.push(tie);
    ground.feet.push(false);
  }
  return true;
}

/** What a line from a thing to its label costs by what it runs over, but for where it begins. */
function tieCost(tie, ground) {
  if (!tie) return 0;
  const [[x0, y0], [x1, y1]] = tie;
  /** @type {[number[], number[]]} */
  const line = [
    [x0 + 0.3 * (x1 - x0), y0 + 0.3 * (y1 - y0)],
    [x1, y1],
  ];
  const struck = ground.boxes.filter((box) => strikes(line, box)).length;
  return 80 * (struck + ground.leads.filter((lead) => crosses(lead, line)).length);
}

/** Places for a label: its own, beside its sign, or round its point. */
function tries(/** @type {L.Map} */ map, /** @type {Label} */ item, /** @type {number[]} */ [w, h], ground) {
  if (item.spots) return item.spots(w, h);
  return item.sign ? beside(item.sign, w, h) : around(map, item, item.reach || ground.reach);
}

/** Whether a polygon is large enough on the screen to carry a label of this size. */
function roomy(/** @type {L.Map} */ map, /** @type {Label} */ { polygon, room = 0 }, width, height) {
  const { extent, area } = bodyOf(map, polygon);
  if (!extent || area < room * width * height) return false;
  const { x, y } = extent.getSize();
  return x > WITHIN * width && y > WITHIN * Math.min(height, 18);
}

/** Lets a label stand at its place (container px), and keeps others off it. */
function stand(item, ground, { x, y, box }) {
  ground.boxes.push(box);
  ground.labels.push({ item, x, y });
}

/** Where lines to a thing may begin: at the rim of its sign, or inside its district. */
function origins(/** @type {L.Map} */ map, { sign, polygon }) {
  if (sign) return [[(sign[0] + sign[2]) / 2, (sign[1] + sign[3]) / 2]];
  const anchors = visibleAnchors(map, polygon, map.getSize());
  return [0, 12, 40].filter((i) => anchors[i]).map((i) => anchors[i]);
}

/** Cuts a line's beginning off at the rim of a sign's box. */
function fromRim([[x, y], to], sign) {
  if (!sign) return [[x, y], to];
  const [dx, dy] = [to[0] - x, to[1] - y];
  const t = Math.min((sign[2] - sign[0]) / 2 / Math.abs(dx || 1e-9), (sign[3] - sign[1]) / 2 / Math.abs(dy || 1e-9), 1);
  return [[x + t * dx, y + t * dy], to];
}

/** The best place of a label aside, with a line to what it names; null where there is none. */
function findLed(/** @type {L.Map} */ map, item, ground) {
  const [width, height] = ground.measure(item);
  const [w, h] = [width + 6, height + 3];
  let best = null;
  for (const from of origins(map, item)) {
    for (let r = LEAD[0]; r <= LEAD[1]; r += 7) {
      if (best && r >= best.score) break;
      for (let a = 0; a < 32; a++) {
        const [u, v] = [Math.cos((a * Math.PI) / 16), Math.sin((a * Math.PI) / 16)];
        // The line meets the middle of the nearer side.
        const side = Math.abs(u) > 0.38 ? [Math.sign(u), 0] : [0, Math.sign(v)];
        const to = [from[0] + r * u, from[1] + r * v];
        const [x, y] = [to[0] + (side[0] * w) / 2, to[1] + (side[1] * h) / 2];
        const box = boxAt(x, y, w, h);
        const line = fromRim([from, to], item.sign);
        if (!free(map, box, ground) || !clear(line, item, ground)) continue;
        const covered = ground.points.count(box, 60);
        const soft =
          ground.soft.filter((other) => overlaps(box, other)).length +
          0.3 * ground.soft.filter((other) => strikes(line, other)).length;
        const score =
          r +
          12 * covered +
          25 * soft +
          4 * under(line, ground) +
          groundCost(map, item, boxAt(x, y, width, height), true);
        if (score < Infinity && (!best || score < best.score)) best = { item, score, x, y, box, line };
      }
    }
  }
  return best;
}

/** How many symbols lie under a line. */
function under(line, ground) {
  const [[x0, y0], [x1, y1]] = line;
  const steps = Math.ceil(Math.hypot(x1 - x0, y1 - y0) / 6);
  let n = 0;
  for (let i = 1; i <= steps; i++) {
    const [x, y] = [x0 + (i / steps) * (x1 - x0), y0 + (i / steps) * (y1 - y0)];
    n += ground.points.count([x - 3, y - 3, x + 3, y + 3], 3);
  }
  return n;
}

/** Places labels aside: round by round the one whose place is the best. */
function placeAside(/** @type {L.Map} */ map, items, ground) {
  const find = (item) => forms(item).reduce((best, form) => best || findLed(map, form, ground), null);
  const stays = (spot) => free(map, spot.box, ground) && clear(spot.line, spot.item, ground);
  const worth = ({ item, score }) => score - 9 * item.led;
  let waiting = items.map((item) => [item, find(item)]);
  for (;;) {
    waiting = waiting.filter(([item, spot]) => spot && (item.led >= 100 || ground.leads.length < ground.most));
    if (!waiting.length) return;
    const [item, best] = waiting.reduce((a, b) => (worth(b[1]) < worth(a[1]) ? b : a));
    ground.leads.push(best.line);
    ground.feet.push(!item.sign);
    stand(best.item, ground, best);
    waiting = waiting
      .filter(([other]) => other !== item)
      .map(([other, spot]) => [other, stays(spot) ? spot : find(other)]);
  }
}

/** Whether a line runs over nothing but its own sign. */
function clear(line, { sign }, ground) {
  const [[x0, y0], [x1, y1]] = line;
  const rim = [
    [x0 + 0.04 * (x1 - x0), y0 + 0.04 * (y1 - y0)],
    [x1, y1],
  ];
  if (sign && Math.hypot(x1 - x0, y1 - y0) < 4) return false;
  return !ground.boxes.some((box) => strikes(rim, box)) && !ground.leads.some((lead) => crosses(lead, line));
}

/** Places the items of one rank, then those that found no room but may stand aside. */
function placeRank(/** @type {L.Map} */ map, items, ground) {
  const left = items.filter((item) => !forms(item).some((one) => placeOne(map, one, ground)));
  const aside = left.filter((item) => item.led);
  placeAside(map, aside, ground);
}

/**
 * Finds places for all labels of a map.
 * @param {L.Map} map
 * @param {Label[][]} groups by rank
 * @param {Room} room what they keep clear of
 * @param {(item: Label) => number[]} measure width and height of a label, px
 * @returns {{labels: {item: Label, x: number, y: number}[], leads: number[][][], feet: boolean[]}}
 *   labels by their middle, and the lines to some of them, from what they name; feet: which of the
 *   lines begin on a district
 */
export function arrange(map, groups, room, measure) {
  const ground = {
    ...{ reach: 66, crowd: 2, air: 6, most: 8, soft: [] },
    ...room,
    measure,
    points: new PointIndex(room.points),
    boxes: room.boxes.slice(),
    labels: [],
    leads: [],
    feet: [],
  };
  for (const items of groups) placeRank(map, items, ground);
  return ground;
}
