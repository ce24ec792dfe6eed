// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawOrder, drawSite, isDisc, mix } from "../../layers/js/sites/symbols.js";

const colours = {
  art: "#cc3311",
  mix: "#888888",
  surf: "#ffffff",
  ink: "#111111",
  ink2: "#555555",
  halo: "#ffffff",
  key: "#000000",
};

/** What is drawn on a canvas, step by step. */
function recorded(site, look) {
  const steps = [];
  const ctx = new Proxy(/** @type {any} */ ({ globalAlpha: 1 }), {
    get: (own, name) => own[name] ?? ((...values) => steps.push([name, ...values])),
    set: (own, name, value) => {
      own[name] = value;
      if (name === "fillStyle") steps.push([name, value]);
      return true;
    },
  });
  drawSite(ctx, { x: 10, y: 20 }, { f: "art", k: "park", p: 0, ...site }, { r: 5, dot: "", ...look }, colours);
  return steps;
}
const drawn = (steps) => new Set(steps.map(([name]) => name));
const fill = (steps) => steps.find(([name]) => name === "fillStyle")[1];

test("colours mix from one end to the other", () => {
  assert.equal(mix("#102030", "#ffffff", 0), "#102030");
  assert.equal(mix("#102030", "#ffffff", 1), "#ffffff");
  assert.equal(mix("#000000", "#ffffff", 0.5), "#808080");
});

test("the kind gives the shape", () => {
  assert.ok(drawn(recorded({ k: "park" }, {})).has("arc"));
  assert.ok(drawn(recorded({ k: "base" }, {})).has("rect"));
  assert.ok(drawn(recorded({ k: "street" }, {})).has("roundRect"));
  assert.equal(recorded({ k: "design_center" }, {}).filter(([name]) => name === "lineTo").length, 3);
  assert.equal(recorded({ k: "service_center" }, {}).filter(([name]) => name === "lineTo").length, 2);
});

test("the family gives the colour, pale where only the district is known, grey for what has none", () => {
  assert.equal(fill(recorded({}, {})), colours.art);
  assert.equal(fill(recorded({ p: 1 }, {})), mix(colours.art, colours.surf, 0.62));
  assert.equal(fill(recorded({ f: "unknown" }, {})), colours.mix);
});

test("a venue is a hollow house, not a shape of a kind", () => {
  const steps = recorded({ v: 1, k: undefined, f: undefined }, {});
  assert.equal(fill(steps), colours.surf);
  assert.equal(steps.filter(([name]) => name === "lineTo").length, 4);
});

test("small discs have no shape of a kind", () => {
  for (const dot of ["ink", "plain", "faint", "family"]) assert.ok(drawn(recorded({ k: "base" }, { dot })).has("arc"));
  assert.equal(fill(recorded({}, { dot: "ink" })), colours.ink);
});

test("approximate under exact, mixed under named, results over all", () => {
  const order = [
    { p: 1, f: "mix" },
    { p: 1, f: "art" },
    { p: 0, f: "mix" },
    { p: 0, f: "art" },
    { m: 1, f: "art", p: 1 },
    { o: 3, f: "art", p: 1 },
    { c: 1, f: "art", p: 1 },
  ];
  const features = order.map((properties) => ({ properties }));
  assert.deepEqual(features.toReversed().sort(drawOrder), features);
  assert.deepEqual(
    order.map((site) => isDisc(site)),
    [false, false, false, false, false, true, true],
  );
});
