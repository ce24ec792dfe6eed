// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { crosses, gap, overlaps, shared, strikes } from "../../layers/js/lettering/boxes.js";

test("boxes overlap where they have an area in common, and are apart by their gap", () => {
  for (const [a, b, common, apart] of /** @type {[number[], number[], number, number][]} */ ([
    [[0, 0, 10, 10], [5, 5, 20, 20], 25, 0],
    [[0, 0, 10, 10], [10, 0, 20, 10], 0, 0],
    [[0, 0, 10, 10], [13, 14, 20, 20], 0, 5],
  ])) {
    assert.equal(shared(a, b), common);
    assert.equal(overlaps(a, b), common > 0);
    assert.equal(gap(a, b), apart);
  }
});

test("a line strikes the box it ends in or crosses", () => {
  const box = [10, 10, 20, 20];
  assert.ok(
    strikes(
      [
        [0, 0],
        [15, 15],
      ],
      box,
    ),
  );
  assert.ok(
    strikes(
      [
        [0, 15],
        [30, 15],
      ],
      box,
    ),
  );
  assert.ok(
    !strikes(
      [
        [0, 0],
        [30, 5],
      ],
      box,
    ),
  );
  assert.ok(
    crosses(
      [
        [0, 0],
        [10, 10],
      ],
      [
        [0, 10],
        [10, 0],
      ],
    ),
  );
});
