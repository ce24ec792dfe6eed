// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.L = /** @type {any} */ ({});
const { moved } = await import("../../layers/js/results/trial.js");

test("an arrow key moves a pin by one cell on the ground, with Shift by five", () => {
  const at = [121.5, 60];
  const [lon, lat] = moved(at, { key: "ArrowRight", shiftKey: false }, 500);
  assert.equal(lat, 60);
  // At 60 degrees a degree of longitude is half as long as at the equator.
  assert.ok(Math.abs((lon - 121.5) * 111_320 * 0.5 - 500) < 1e-6);
  const [, north] = moved(at, { key: "ArrowUp", shiftKey: true }, 500);
  assert.ok(Math.abs((north - 60) * 111_320 - 2500) < 1e-6);
});

test("other keys move nothing", () => {
  assert.equal(moved([121.5, 31.2], { key: "a", shiftKey: false }, 500), null);
});
