// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.L = /** @type {any} */ ({});
const { stepped, told } = await import("../../layers/js/results/pinning.js");

const words = { metres: ["", " m"], km: ["", " km"] };

test("a distance is told in whole metres, from ten kilometres on in kilometres", () => {
  assert.equal(told(0, words), "0 m");
  assert.equal(told(1234.6, words), "1235 m");
  assert.equal(told(9994, words), "9994 m");
  assert.equal(told(9995, words), "10.0 km");
  assert.equal(told(12_340, words), "12.3 km");
});

test("arrow keys move the pin, with Shift by a single pixel; other keys do not", () => {
  const at = { x: 100, y: 50 };
  assert.deepEqual(stepped(at, { key: "ArrowLeft", shiftKey: false }), [88, 50]);
  assert.deepEqual(stepped(at, { key: "ArrowDown", shiftKey: true }), [100, 51]);
  assert.equal(stepped(at, { key: "a", shiftKey: false }), null);
});
