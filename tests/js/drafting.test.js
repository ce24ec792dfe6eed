// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.L = /** @type {any} */ ({});
const { bandWidth, distinct, ready } = await import("../../layers/js/policy/drafting.js");

const at = (lat, lng) => ({ lat, lng });

test("the two clicks of a double click are one corner", () => {
  const stroke = [at(1, 1), at(2, 2), at(2, 2)];
  assert.deepEqual(distinct(stroke), [at(1, 1), at(2, 2)]);
  assert.deepEqual(distinct([]), []);
});

test("a line needs two corners, an area three, all else one click", () => {
  for (const [tool, n] of /** @type {[string, number][]} */ ([
    ["corridor", 2],
    ["zone", 3],
    ["carrier", 1],
    ["core", 1],
  ])) {
    const corners = Array.from({ length: n }, (_, i) => at(i, i));
    assert.equal(ready(tool, corners), true, tool);
    assert.equal(ready(tool, corners.slice(1)), false, tool);
  }
  assert.equal(ready("corridor", [at(1, 1), at(1, 1)]), false);
});

test("a band keeps its width on the ground: twice as wide a zoom deeper, wider to the north", () => {
  assert.ok(Math.abs(bandWidth(5000, 0, 8) - (10000 * 256 * 2 ** 8) / 40075016.686) < 1e-9);
  assert.equal(bandWidth(5000, 23, 9), 2 * bandWidth(5000, 23, 8));
  assert.ok(bandWidth(5000, 45, 9) > bandWidth(5000, 23, 9));
});
