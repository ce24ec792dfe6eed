// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawAreas, nearest, strips } from "../../layers/js/results/clusters.js";

const rim = [
  { x: 100, y: 100 },
  { x: 180, y: 110 },
  { x: 150, y: 190 },
];

test("the strips of an outline cover it, and reach little beyond it", () => {
  const boxes = strips(rim);
  const within = (x, y) => boxes.some(([x0, y0, x1, y1]) => x >= x0 - 2 && x <= x1 + 2 && y >= y0 && y <= y1);
  for (const { x, y } of rim) assert.ok(within(x, y));
  assert.ok(within(143, 133));
  assert.ok(!within(102, 180));
  assert.ok(!within(190, 150));
});

test("a box is as far from an outline as its nearest point", () => {
  const { far } = nearest(rim, [110, 60, 130, 90]); // of an edge only what lies opposite to the middle
  assert.ok(far > 11.1 && far < 12.2);
  assert.deepEqual(nearest(rim, [60, 95, 80, 105]), { far: 20, point: [100, 100] });
  assert.equal(nearest(rim, [90, 90, 110, 110]).far, 0);
});

test("areas are drawn ring by ring, where the map shows its positions, and nothing where there are none", () => {
  const drawn = [];
  globalThis.L = /** @type {any} */ ({
    svg: () => "svg",
    polygon: (rings, options) => ({ addTo: (group) => group.push([rings, options.className]) }),
  });
  const atlas = /** @type {any} */ ({ renderers: {}, latlng: ([lon, lat]) => [lat, lon] });
  const parts = [
    [
      [
        [121, 31],
        [122, 31],
        [122, 32],
      ],
      [
        [121.4, 31.1],
        [121.5, 31.1],
        [121.5, 31.2],
      ],
    ],
  ];
  drawAreas(atlas, drawn, parts, "ct-reach");
  drawAreas(atlas, drawn, [], "ct-move");
  assert.equal(drawn.length, 1);
  const [[[outer, hole]], name] = drawn[0];
  assert.equal(name, "ct-reach");
  assert.deepEqual(outer[1], [31, 122]);
  assert.deepEqual(hole[2], [31.2, 121.5]);
});
