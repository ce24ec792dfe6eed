// @ts-check
/*
 * The atlas map: base draws the ground once, paint everything that changes.
 *
 * Every text that arrives here is HTML that layers/escape.py has escaped; nothing is built from
 * raw text in this file. Coordinates are WGS84; only their display may be shifted (datum.js).
 */
import { drawGround, fillGround, panes, setBasemap, styleGround } from "../ground/base.js";
import { dataPosition, displayShift } from "../ground/datum.js";
import { contains } from "../ground/outline.js";
import { Frame, fontsLoaded } from "../legend/frame.js";
import { letterSoon } from "../lettering/names.js";
import { forgetMeasures } from "../lettering/written.js";
import { drawHandles, dropStroke, showTools } from "../policy/drafting.js";
import { drawEdges } from "../policy/layout_areas.js";
import { drawLayout } from "../policy/layout_drawing.js";
import { clearNotes, dropLocator } from "../policy/notes.js";
import { drawAreas, drawClusters, hullAt, ofHull } from "../results/clusters.js";
import { drawPin } from "../results/pinning.js";
import { awaitPlace, drawPlace } from "../results/place.js";
import { drawBelow, moves, unpackOthers, unpackShifts } from "../results/result_view.js";
import { drawTrial } from "../results/trial.js";
import { Site, SitesLayer } from "../sites/canvas.js";
import { Counted, showCounted, together } from "../sites/counted.js";
import { lookOnMain } from "../sites/look.js";
import { keepTipsInside, ofDistrict, ofSite } from "../sites/selection.js";
import { sizes } from "../sites/symbols.js";
import { settle } from "../view/view.js";
import { listenForPaper } from "./paper.js";
import { sendPosition } from "./position.js";

/** What tests and other programs may read of a map. */
const unpainted = () => ({
  painted: 0,
  districts: 0,
  labels: 0,
  lettered: 0,
  paints: 0,
  language: "",
  theme: "",
  inset: false,
  basemap: "",
  selected: "",
  position: "",
  mounted: `${Date.now()}-${Math.random()}`,
});

/**
 * Starts the base map. Called once for each map.
 * @param {L.Map} map
 * @param {Base} options
 */
export function base(/** @type {L.Map} */ map, options) {
  Object.assign(sizes, options.sizes);
  const atlas = /** @type {Atlas} */ (
    /** @type {unknown} */ ({
      map,
      options,
      document: null,
      pending: null,
      paint: null,
      features: [],
      byId: new Map(),
      inset: null,
      touched: false,
      finest: map.getMaxZoom(),
      state: unpainted(),
      onClick: null,
      clicked: new Set(),
      marks: new Map(),
      notes: [],
      renderers: {},
    })
  );
  atlas.latlng = (c) => L.latLng(c[1], c[0]);
  /** Tells the page what was clicked, and where (WGS84). */
  atlas.report = (kind, id, latlng) => {
    const [lon, lat] = dataPosition(atlas.paint.basemap, latlng.lng, latlng.lat);
    atlas.clicked.add(`${kind}:${id}`);
    if (atlas.onClick) atlas.onClick({ kind, id, lon, lat });
  };
  /** Tells the page what was drawn. */
  atlas.tell = (kind, id, corners) => {
    const line = corners.map(({ lng, lat }) => dataPosition(atlas.paint.basemap, lng, lat));
    const [lon, lat] = line[line.length - 1];
    if (atlas.onClick) atlas.onClick({ kind, id, lon, lat, line });
  };
  map.chuangtu = atlas;
  map.getContainer().chuangtu = atlas;
  panes(map);
  atlas.frame = new Frame(atlas);
  atlas.frame.setTheme(options.palettes.light, "light");
  atlas.view = {
    look: lookOnMain(atlas),
    colours: options.palettes.light,
    isolated: "",
    districtAt: (latlng) => districtAt(atlas, latlng),
    groundAt: (latlng) => hullAt(atlas, latlng) || districtAt(atlas, latlng),
    explained: (under, latlng) => {
      if (under instanceof Site) return ofSite(under, atlas);
      return under.feature.properties.cluster ? ofHull(under, latlng) : ofDistrict(under, latlng, atlas);
    },
    clicked: (under, latlng) => {
      const { i, id, v, cluster } = under.feature.properties;
      if (v) return;
      // On a layout the districts below the cells are what a click means.
      const cell = !atlas.paint.layout && atlas.counted.at(latlng);
      if (under instanceof Site) atlas.report("site", i, latlng);
      else if (cluster) atlas.report("cluster", cluster.id, latlng);
      else if (cell) atlas.report("cell", cell, latlng);
      else atlas.report("district", id, latlng);
    },
    moved: (site) => moves(atlas).get(site),
    below: (ctx) => {
      atlas.counted.drawNumbers(ctx);
      drawBelow(ctx, atlas);
    },
  };
  atlas.takeSites = (told, captions) => takeSites(atlas, told, captions);
  atlas.counted = new Counted(atlas).addTo(map);
  atlas.canvas = new SitesLayer(atlas.view, 0.2).addTo(map);
  atlas.layers = drawGround(map, atlas);
  atlas.zoom = L.control.zoom({ position: "topright" }).addTo(map);
  atlas.scale = L.control.scale({ imperial: false, position: "bottomright", maxWidth: 90 }).addTo(map);
  listen(atlas);
  listenForPaper(atlas);
  load(atlas);
}

async function load(/** @type {Atlas} */ atlas) {
  const source = atlas.options.document;
  const fetched =
    typeof source === "string"
      ? fetch(source)
          .then((r) => (r.ok ? r.json() : null))
          .catch(() => null)
      : source;
  const [doc] = await Promise.all([fetched, fontsLoaded()]);
  atlas.failed = !doc;
  if (atlas.failed) {
    // An old tab after a restart asks for a ground that is no more; the next paint asks again.
    if (atlas.pending) showFailure(atlas, atlas.pending);
    return;
  }
  atlas.frame.setFailed("");
  forgetMeasures();
  atlas.document = doc;
  fillGround(atlas.layers, atlas);
  atlas.pinShown?.();
  atlas.state.districts = atlas.layers.own.getLayers().length;
  if (atlas.pending) apply(atlas, atlas.pending);
}

function showFailure(/** @type {Atlas} */ atlas, payload) {
  atlas.frame.setFailed(payload.texts.failed);
  atlas.state.failed = true;
}

function listen(/** @type {Atlas} */ atlas) {
  const { map, frame } = atlas;
  const container = map.getContainer();
  for (const type of ["mousedown", "wheel", "touchstart", "keydown"]) {
    container.addEventListener(type, () => (atlas.handled = true), { passive: true, capture: true });
  }
  map.on("zoomstart", () => container.classList.add("ct-zooming"));
  map.on("movestart", () => {
    if (atlas.handled && !atlas.settling) atlas.touched = true;
  });
  map.on("move zoom", () => {
    frame.drawLeaders();
  });
  map.on("moveend zoomend", () => {
    container.classList.remove("ct-zooming");
    if (atlas.settling) return;
    letterSoon(atlas);
    sendPosition(atlas);
    atlas.counted.ask();
  });
  keepTipsInside(map);
  const observer = new ResizeObserver(() => frame.layout());
  observer.observe(container);
  map.on("unload", () => {
    observer.disconnect();
    cancelAnimationFrame(atlas.lettering);
    clearTimeout(atlas.sending);
    atlas.counted.forget();
    if (atlas.inset) atlas.inset.unmount();
    dropLocator(atlas);
  });
}

/** The district under a position, its handler included; null outside. */
function districtAt(/** @type {Atlas} */ atlas, latlng) {
  return atlas.layers.own.getLayers().find((layer) => contains(layer, latlng)) || null;
}

/**
 * Paints what changes, instead of what was painted before.
 * @param {L.Map} map
 * @param {L.FeatureGroup} group feature group that is to hold it
 * @param {Paint} payload
 */
export function paint(/** @type {L.Map} */ map, group, payload) {
  const atlas = map.chuangtu;
  if (atlas.group) atlas.group.remove();
  atlas.group = group.addTo(map);
  const theme = payload.theme;
  atlas.frame.setTheme(atlas.options.palettes[theme], theme);
  atlas.frame.root.lang = payload.lang === "en" ? "en" : "zh-Hans";
  atlas.view.colours = atlas.options.palettes[theme];
  const shift = displayShift(payload.basemap);
  atlas.latlng = (c) => {
    const [lon, lat] = shift(c[0], c[1]);
    return L.latLng(lat, lon);
  };
  atlas.paint = payload;
  takeSites(atlas, (payload.counted && atlas.counted.told?.sites) || [], atlas.counted.told?.captions || []);
  atlas.others = unpackOthers(payload.others, atlas.latlng);
  atlas.shifts = unpackShifts(payload.shifts, atlas.latlng);
  drawLayout(atlas, group, payload.layout);
  drawAreas(atlas, group, payload.reach, "ct-reach");
  drawAreas(atlas, group, payload.walked, "ct-walked");
  drawAreas(atlas, group, payload.forbidden, "ct-forbidden");
  drawAreas(atlas, group, payload.moves, "ct-move");
  drawClusters(atlas, group, payload.clusters);
  showTools(atlas, payload.drafting);
  drawHandles(atlas, group, payload.drafting);
  drawPlace(atlas, group, payload.place);
  awaitPlace(atlas, payload.placing);
  drawPin(atlas, group, payload.pinning);
  drawTrial(atlas, group, payload.trial);
  Object.assign(atlas.state, { language: payload.lang, theme, paints: atlas.state.paints + 1 });
  if (atlas.document) apply(atlas, payload);
  else {
    atlas.pending = payload;
    if (atlas.failed) {
      atlas.failed = false;
      load(atlas);
    }
  }
}

/** Takes up the sites of the paint, and those that the map was told of its view with their captions. */
function takeSites(/** @type {Atlas} */ atlas, told, captions) {
  const { paint } = atlas;
  const behind = paint.captions.length;
  atlas.captions = [...paint.captions, ...captions];
  const others = told.map((feature) => {
    const { properties: p } = feature;
    return p.t === undefined ? feature : { ...feature, properties: { ...p, t: p.t + behind } };
  });
  atlas.features = together(paint.sites.features, others);
  atlas.canvas.show([...paint.venues, ...atlas.features], atlas.latlng);
  atlas.byId = new Map(
    atlas.canvas.sites.filter((site) => !site.feature.properties.v).map((site) => [site.feature.properties.i, site]),
  );
  atlas.state.painted = atlas.features.length;
}

/** Second half of a paint, once the document is there. */
function apply(/** @type {Atlas} */ atlas, payload) {
  const { map, frame } = atlas;
  atlas.pending = null;
  setBasemap(atlas, payload.basemap);
  styleGround(atlas.layers, atlas);
  drawEdges(atlas);
  map.getContainer().setAttribute("aria-label", payload.texts.map);
  map.getContainer().setAttribute("aria-keyshortcuts", "T"); // heard by the page, which has the table
  nameControls(atlas, payload.texts);
  frame.setNote(payload.texts.note, payload.basemap);
  atlas.crowd = payload.inset ? L.latLngBounds(payload.inset.bounds) : null;
  frame.setIsolated(payload.isolated);
  frame.setLegend(payload.legend);
  atlas.view.isolated = frame.isolated;
  frame.setReset(payload.texts.reset);
  frame.setCentre(payload.inset);
  map.getContainer().classList.toggle("ct-results", Boolean(payload.view));
  settle(atlas, true);
  showCounted(atlas);
  Object.assign(atlas.state, {
    selected: payload.selected_site || "",
    basemap: payload.basemap ? payload.basemap.name : "",
  });
}

function nameControls(/** @type {Atlas} */ atlas, texts) {
  const buttons = atlas.zoom.getContainer().querySelectorAll("a");
  [texts.zoom_in, texts.zoom_out].forEach((text, i) => {
    buttons[i].setAttribute("title", text);
    buttons[i].setAttribute("aria-label", text);
  });
}

/** As if newly mounted: a reader who comes back finds the first view and every family. */
export function afresh(/** @type {Atlas} */ atlas) {
  clearNotes(atlas);
  Object.assign(atlas, {
    touched: false,
    handled: false,
    view0: null,
    focus: null,
    fitted: null,
    brought: undefined,
    clicked: new Set(),
    marks: new Map(),
    renderers: {},
    arrival: null,
    sentPosition: null,
  });
  dropStroke(atlas);
  atlas.counted.forget();
  atlas.frame.afresh();
}
