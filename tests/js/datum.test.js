// @ts-check
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { dataPosition, displayShift, gcj02 } from "../../layers/js/ground/datum.js";

const area = JSON.parse(await readFile(new URL("../../layers/ground/gcj02_area.json", import.meta.url), "utf8"));
const amap = { datum: "gcj02", area };

test("the GCJ-02 formula gives the published value", () => {
  const [lon, lat] = gcj02(121.5272106, 31.1774276);
  assert.ok(Math.abs(lat - 31.17530398364597) < 1e-12);
  assert.ok(Math.abs(lon - 121.531541859215) < 1e-12);
});

test("Hong Kong, Macau, Taiwan and abroad are not shifted", () => {
  for (const [at, moved] of /** @type {[[number, number], boolean][]} */ ([
    [[114.06, 22.54], true], // Shenzhen
    [[114.17, 22.32], false],
    [[113.55, 22.19], false],
    [[113.57, 22.27], true], // Zhuhai
    [[121.56, 25.04], false],
    [[126.98, 37.57], false], // Seoul
  ])) {
    assert.equal(String(displayShift(amap)(...at)) !== String(at), moved, String(at));
  }
});

test("without an online base map, or over one in WGS84, nothing is shifted", () => {
  for (const basemap of [null, { datum: "wgs84", area }])
    assert.deepEqual(displayShift(basemap)(121.5, 31.2), [121.5, 31.2]);
});

test("the shift is undone to a centimetre, wherever it applies", () => {
  for (let lon = 74; lon < 135; lon += 1.9) {
    for (let lat = 18; lat < 54; lat += 1.7) {
      const [x, y] = dataPosition(amap, ...displayShift(amap)(lon, lat));
      // At the edge of the area a display position may stand for no place of the data.
      const here = Math.hypot(x - lon, y - lat);
      assert.ok(here < 1e-7 || here > 1e-3, `${lon}, ${lat}: off by ${here}`);
    }
  }
  for (const [lon, lat] of [
    [121.47, 31.23],
    [114.06, 22.54],
    [114.17, 22.32],
    [87.6, 43.8],
  ]) {
    const [x, y] = dataPosition(amap, ...displayShift(amap)(lon, lat));
    assert.ok(Math.hypot(x - lon, y - lat) < 1e-7);
  }
});
