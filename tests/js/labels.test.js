// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { overlaps } from "../../layers/js/lettering/boxes.js";
import { arrange } from "../../layers/js/lettering/labels.js";

/** A map of 400 x 300 px whose positions are its pixels. */
const map = /** @type {any} */ ({
  getSize: () => ({ x: 400, y: 300 }),
  latLngToContainerPoint: ({ lng, lat }) => ({ x: lng, y: lat }),
  containerPointToLatLng: ([lng, lat]) => ({ lng, lat }),
});
const measure = ({ html }) => [8 * html.length, 16];
const at = (html, x, y, more = {}) => ({ html, cls: "", anchor: /** @type {any} */ ({ lng: x, lat: y }), ...more });
const boxOf = ({ item, x, y }) => {
  const [w, h] = measure(item);
  return [x - w / 2, y - h / 2, x + w / 2, y + h / 2];
};
const lettered = (items, room = {}) => arrange(map, [items], { boxes: [], points: [], ...room }, measure);

test("a name alone stands at its point", () => {
  const [{ x, y }] = lettered([at("浦东", 200, 150)]).labels;
  assert.deepEqual([x, y], [200, 150]);
});

test("no two names overlap, none leaves the map, none lies on furniture", () => {
  const furniture = [[0, 0, 120, 60]];
  const items = Array.from({ length: 60 }, (_, i) => at("name", 10 + ((i * 67) % 380), 8 + ((i * 41) % 284)));
  const boxes = lettered(items, { boxes: furniture }).labels.map(boxOf);
  assert.ok(boxes.length > 20);
  boxes.forEach((box, i) => {
    assert.ok(box[0] >= 0 && box[1] >= 0 && box[2] <= 400 && box[3] <= 300);
    for (const other of [...furniture, ...boxes.slice(0, i)]) assert.ok(!overlaps(box, other));
  });
});

test("the first of a rank has its place, the last gives way", () => {
  const [first, second] = lettered([at("first", 200, 150), at("second", 200, 150)]).labels;
  assert.deepEqual([first.item.html, first.x, first.y], ["first", 200, 150]);
  assert.ok(Math.hypot(second.x - 200, second.y - 150) > 10);
});

test("what finds no room is left out, or shortened where it may be", () => {
  const walls = [
    [0, 0, 400, 138],
    [0, 162, 400, 300],
    [0, 0, 170, 300],
    [230, 0, 400, 300],
  ];
  const long = at("a long name", 200, 150);
  assert.equal(lettered([long], { boxes: walls }).labels.length, 0);
  const [{ item }] = lettered([{ ...long, shorter: "short" }], { boxes: walls }).labels;
  assert.equal(item.html, "short");
});

test("a name keeps off symbols, as many as it may not cover", () => {
  const points = Array.from({ length: 5 }, (_, i) => ({ x: 190 + 5 * i, y: 150 }));
  const [label] = lettered([at("name", 200, 150)], { points }).labels;
  const [x0, y0, x1, y1] = boxOf(label);
  assert.ok(points.filter(({ x, y }) => x > x0 && x < x1 && y > y0 && y < y1).length <= 2);
});

test("a sign's name stands beside it, to the right where there is room", () => {
  const sign = [190, 140, 210, 160];
  const beside = (boxes = []) => boxOf(lettered([{ html: "核心", cls: "", sign }], { boxes }).labels[0]);
  assert.ok(beside()[0] >= 210);
  const below = beside([[211, 100, 400, 200]]);
  assert.ok(below[1] >= 160);
});

test("a line leads to a name that finds no room beside its sign; lines do not cross", () => {
  const signs = [150, 200, 250].map((x) => [x - 9, 141, x + 9, 159]);
  const walls = signs.map(([x0, y0, x1, y1]) => [x0 - 8, y0 - 24, x1 + 8, y1 + 24]);
  const around = walls.flatMap(([x0, y0, x1, y1]) => [
    [x0, y0, x1, y0 + 18],
    [x0, y1 - 18, x1, y1],
  ]);
  const items = signs.map((sign, i) => ({ html: `第${i}处园区`, cls: "", sign, led: 200 }));
  const { labels, leads, feet } = lettered(items, { boxes: [...signs, ...around] });
  assert.equal(leads.length, feet.length);
  assert.ok(labels.length >= leads.length);
  assert.deepEqual(
    feet,
    leads.map(() => false),
  );
});
