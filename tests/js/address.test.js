// The two listeners of a page that write into its address: late, as they are fetched on their own.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import links from "../../ui/state/links.js";
import positions from "../../ui/state/map_listener.js";

/** The browser's window, as far as the listeners use it. */
beforeEach(() => {
  Object.assign(globalThis, {
    document: Object.assign(new EventTarget(), { querySelector: () => null }),
    history: { state: null, replaceState: (_, __, url) => step(url) },
    addEventListener: () => {},
    removeEventListener: () => {},
  });
  step("/?region=harbin&foo=1");
});

/** Shows an address as a step of the history does. */
const step = (path) => Object.assign(globalThis, { location: new URL(path, "http://atlas.test") });

test("the address that the reader came by is put right in its place", () => {
  links({ data: { came: { region: "harbin", foo: "1" }, settled: "?region=harbin" }, setTriggerValue() {} });
  assert.equal(location.search, "?region=harbin");
});

test("a step that the reader has made since keeps its address", () => {
  step("/?at=district:310151");
  links({ data: { came: {}, settled: "" }, setTriggerValue() {} });
  assert.equal(location.search, "?at=district:310151");
});

test("what a map said before the listener was there is written, and handed on where a link is copied", () => {
  step("/?region=harbin");
  document.chuangtuMapPositions = { map: { of: "/?region=harbin", at: "126.6,45.8,11" } };
  const sent = [];
  /** @type {Record<string, (event: object) => void>} */
  const acts = {};
  globalThis.addEventListener = (type, listener) => Object.assign(acts, { [type]: listener });
  const data = { positions: { map: "" }, copies: "copy_link" };
  positions({ data, setStateValue: (name, value) => sent.push([name, value]) });
  assert.equal(location.search, "?region=harbin&map=126.6,45.8,11");
  acts.pointerdown({ target: { closest: () => null } });
  assert.deepEqual(sent, []);
  for (const act of [acts.pointerdown, acts.keydown]) act({ target: { closest: (at) => at === ".st-key-copy_link" } });
  assert.deepEqual(sent, [["positions", document.chuangtuMapPositions]]);
});
