"""Where the names of a map stand, measured on the screen: by the drawn paths, not by our code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

STILL = """() => chuangtu.maps().every((atlas) => {
  const {map, state} = atlas;
  const size = map.getSize();
  const container = map.getContainer();
  const names = [...container.querySelectorAll(".ct-label")].map((e) => e.style.left);
  const seen = [innerWidth, innerHeight, size.x, size.y, state.lettered, ...names].join();
  atlas.still = atlas.seen === seen ? atlas.still + 1 : 0;
  atlas.seen = seen;
  const fits = size.x === container.clientWidth && size.y === container.clientHeight;
  return atlas.still > 12 && fits && state.lettered === state.paints;
})"""
"""Whether sizes and names have stayed the same for some frames; to be polled."""

FAULTS = """({within, foreign, tied, sparse, at}) => {
  const atlas = chuangtu.maps()[at];
  const {map} = atlas;
  const faults = [];
  const rect = (e) => {
    const r = e.getBoundingClientRect();
    return [r.left, r.top, r.right, r.bottom];
  };
  const shown = (e) => e.getClientRects().length && getComputedStyle(e).visibility !== "hidden";
  const meet = (a, b, by = 1) =>
    a[0] < b[2] - by && a[2] > b[0] + by && a[1] < b[3] - by && a[3] > b[1] + by;
  const gap = (a, b) => Math.hypot(
    Math.max(0, a[0] - b[2], b[0] - a[2]), Math.max(0, a[1] - b[3], b[1] - a[3]));
  const onPath = new Map(); // from the screen to a path: to be asked of each once, not per spot
  const inFill = (layer, x, y) => {
    if (!onPath.has(layer)) onPath.set(layer, layer._path?.getScreenCTM()?.inverse());
    const matrix = onPath.get(layer);
    return matrix ? layer._path.isPointInFill(new DOMPoint(x, y).matrixTransform(matrix)) : false;
  };
  const grid = ([x0, y0, x1, y1], nx = 9, ny = 4) => Array.from({length: nx * ny}, (_, i) => [
    x0 + ((i % nx) + 0.5) * (x1 - x0) / nx, y0 + (Math.floor(i / nx) + 0.5) * (y1 - y0) / ny]);
  const boxes = new Map();
  const boxOf = (layer) => {
    if (!boxes.has(layer)) boxes.set(layer, layer._path ? rect(layer._path) : [0, 0, 0, 0]);
    return boxes.get(layer);
  };
  const share = (box, layers, nx = 9, ny = 4) => {
    const spots = grid(box, nx, ny);
    const near = layers.filter((l) => meet(boxOf(l), box));
    return spots.filter(([x, y]) => near.some((l) => inFill(l, x, y))).length / spots.length;
  };
  const ground = new Map();
  const area = (layers, frame) => {
    const spots = grid(frame, 80, 80);
    const each = (frame[2] - frame[0]) * (frame[3] - frame[1]) / spots.length;
    for (const layer of layers.filter((one) => !ground.has(one))) {
      const r = boxOf(layer);
      const near = spots.filter(([x, y]) => x >= r[0] && x <= r[2] && y >= r[1] && y <= r[3]);
      ground.set(layer, each * near.filter(([x, y]) => inFill(layer, x, y)).length);
    }
    return layers.reduce((sum, layer) => sum + ground.get(layer), 0);
  };
  const cross = ([a, b], [c, d]) => {
    const turn = (p, q, r) => Math.sign((q[0]-p[0]) * (r[1]-p[1]) - (q[1]-p[1]) * (r[0]-p[0]));
    return turn(a, b, c) !== turn(a, b, d) && turn(c, d, a) !== turn(c, d, b);
  };
  const through = ([p, q], box) => Array.from({length: 61}, (_, i) => i / 60).some((t) => {
    const [x, y] = [p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])];
    return x > box[0] + 1.5 && x < box[2] - 1.5 && y > box[1] + 1.5 && y < box[3] - 1.5;
  });
  const end = (line, i) =>
    new DOMPoint(line[`x${i}`].baseVal.value, line[`y${i}`].baseVal.value)
      .matrixTransform(line.getScreenCTM());
  const told = new DOMParser();
  const plain = (text) => told.parseFromString(text, "text/html").body.textContent;
  const counted = {own: 0, sign: 0, lines: 0};
  const measure = (one, layers, place) => {
    const names = atlas.document.names || {};
    const pane = one.getPane("labels");
    const say = (text) => faults.push(`${place}: ${text}`);
    const own = layers.own.getLayers();
    const near = layers.context.getLayers();
    const frame = rect(one.getContainer());
    const labels = [...pane.querySelectorAll(".ct-label")].map((e) => ({
      e, box: rect(e), name: (e.querySelector(".ct-name") || e.firstChild).textContent,
      is: (name) => e.classList.contains(name)}));
    const lines = [...pane.querySelectorAll("line.ct-led")]
      .map((line) => [1, 2].map((i) => end(line, i)).map(({x, y}) => [x, y]));
    counted.lines += lines.length;
    const signs = place !== "map" ? [] : (atlas.signs || []).map(({sign, marker}) => (
      {sign, box: rect(marker.getElement().querySelector("svg")), e: sign.e}));
    const furniture = [...one.getContainer().querySelectorAll(place === "map"
      ? ".leaflet-control-zoom, .leaflet-control-scale, .ct-mapnote, .ct-locator, .ct-inset, " +
        ".ct-note, .ct-call" : ".leaflet-control-scale, .ct-inset-title"),
      ...(place === "map" ? atlas.frame.root.querySelectorAll(".ct-legend-more") : [])]
      .filter((e) => shown(e)
        && (place !== "map" || !e.parentElement.closest(".ct-inset, .ct-locator")))
      .map((e) => [e.className, rect(e)]);
    const named = (layer, name) => {
      const {zh, short, en} = layer.feature.properties;
      return [zh, short, en].some((each) => each && plain(each) === name);
    };
    const elements = atlas.paint.layout ? atlas.paint.layout.edges : [];
    const unitsOf = (edges) => {
      const ids = new Set(edges.flatMap((edge) => edge.units));
      return own.filter((layer) => ids.has(layer.feature.properties.id));
    };
    const led = (box, reaches) => lines.some(([a, b]) => [[a, b], [b, a]].some(([p, q]) =>
      gap([p[0], p[1], p[0], p[1]], box) <= 4 && reaches(q)));
    const lettersArea = (layers_, box) => layers_.length && area(layers_, frame) / (
      (box[2] - box[0]) * (box[3] - box[1]));
    for (const {e, box, name, is} of labels) {
      if (is("ct-water")) {
        // One spot of the 36 is an islet under the letters; land is more.
        if (share(box, [...own, ...near]) > 1.5 / 36) say(`${name} stands on land`);
      } else if (is("ct-neighbour")) {
        if (!near.some((layer) => named(layer, name) && share(box, [layer]) >= 0.9)) {
          say(`${name} leaves its neighbour`);
        }
      } else if (e.querySelector(".ct-name")) {
        counted.sign += 1;
        const mine = signs.filter(({sign}) => plain(sign.n) === name);
        const others = signs.filter(({sign}) => plain(sign.n) !== name);
        const away = Math.min(...mine.map((s) => gap(box, s.box)));
        const ids = new Set(mine.map((s) => s.e));
        const edges = unitsOf(elements.filter((edge) => !ids.has(edge.e) && edge.k !== "zone"));
        const home = unitsOf(elements.filter((edge) => ids.has(edge.e)));
        const others_ = edges.filter((layer) => !home.includes(layer));
        const line = led(box, (p) => mine.some((s) => gap([...p, ...p], s.box) <= 5));
        if (!line && away > tied) say(`${name} is ${Math.round(away)} px from its sign`);
        if (!line && others.some((s) => gap(box, s.box) < away)) {
          say(`${name} is nearer to another sign`);
        }
        if (home.length && share(box, others_) > 0.5) say(`${name} lies on another element`);
      } else {
        const city = is("ct-prefecture");
        const units = !city ? own.filter((layer) => named(layer, name)).map((layer) => [layer])
          : [own.filter((layer) => (
            Object.values(names[layer.feature.properties.city] || {}).includes(name)))];
        if (!city) counted.own += 1;
        const fits = (unit) => {
          const rest = own.filter((layer) => !unit.includes(layer));
          return share(box, unit) >= within && share(box, rest) <= foreign;
        };
        const foot = ([x, y]) => [[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1]].some(([dx, dy]) =>
          units.some((unit) => unit.some((u) => inFill(u, x + dx, y + dy))));
        const line = led(box, foot);
        if (!line && !units.some(fits)) say(`${name} is not within its district`);
        if (is("ct-quiet") && !units.some((unit) => lettersArea(unit, box) >= sparse)) {
          say(`${name} fills its small district`);
        }
      }
      labels.forEach((other) => {
        if (other.e !== e && meet(box, other.box)) say(`${name} lies on ${other.name}`);
      });
      signs.forEach((s) => {
        if (meet(box, s.box)) say(`${name} lies on the sign of ${s.sign.n}`);
      });
      furniture.forEach(([what, f]) => { if (meet(box, f)) say(`${what} covers ${name}`); });
    }
    for (const [i, line] of lines.entries()) {
      const ends = labels.filter(({box}) => line.some((p) => gap([...p, ...p], box) <= 4));
      for (const {box, name} of labels) {
        if (!ends.some((each) => each.box === box) && through(line, box)) {
          say(`a line runs through ${name}`);
        }
      }
      if (lines.slice(0, i).some((other) => cross(line, other))) say("two lines cross");
    }
    for (const [what, f] of furniture) {
      signs.forEach((s) => { if (meet(s.box, f)) say(`${what} covers the sign of ${s.sign.n}`); });
      if (what === "ct-inset" && share(f, own, 40, 40) > 0) {
        say("the inset covers a part of the region");
      }
      // Where all of the region is shown: of a search or a focus the view is another.
      const whole = place === "map" && !atlas.focus;
      if (what.includes("control-scale") && whole && share(f, own, 40, 40) > 0) {
        say("the scale bar covers a part of the region");
      }
    }
    const land = area(own, frame);
    const inked = labels.filter(({is}) => !is("ct-neighbour") && !is("ct-water"))
      .reduce((sum, {box}) => sum + (box[2] - box[0]) * (box[3] - box[1]) * share(box, own), 0);
    return inked / land;
  };
  const density = measure(map, atlas.layers, "map");
  if (atlas.inset && atlas.inset.visible) measure(atlas.inset.map, atlas.inset.layers, "inset");
  return {faults, ...counted, density};
}"""
"""What is wrong with the names of a map, in words, and how many there are."""

RULES = {"within": 0.6, "foreign": 0.35, "tied": 8, "sparse": 6}
"""Share of a name that lies in its district, and at most in others; px from a sign; and how many
times a district is larger than the name of one without a site in it."""


def measured(page: Page, at: int = 0) -> dict[str, Any]:
    """Wait until a page's maps stand still, and measure the names of one of them."""
    page.wait_for_function(STILL, polling="raf")
    told: dict[str, Any] = page.evaluate(FAULTS, {**RULES, "at": at})
    return told
