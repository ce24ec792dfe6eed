// @ts-check
/* What part of the map is in view: the first view, a fitted one, or the one that a reader chose. */
import { Inset, insetPlan, insetSize } from "../ground/inset.js";
import { ringsOf } from "../ground/outline.js";
import { letter, letterLater } from "../lettering/names.js";
import { focusPlan } from "../policy/layout_focus.js";
import { viewPlan } from "../results/result_view.js";
import { markSelection } from "../sites/selection.js";
import { arrives, sendPosition, takePosition } from "../transport/position.js";
import { bringIntoView, keepInView } from "./bring.js";
import { joinOthers } from "./together.js";

/** Share of the region's extent below which an island does not decide the first view. */
const SPECK = 2e-4;

/** Brings view, inset and lettering in line with size and paint; keeps a view the reader chose. */
export function settle(/** @type {Atlas} */ atlas, repaint = false) {
  const { map, paint, document: doc, frame } = atlas;
  if (!doc || !paint) return;
  const size = map.getSize();
  if (!size.x || !size.y) return;
  const wanted = paint.inset && !frame.narrow && !paint.basemap ? L.latLngBounds(paint.inset.bounds) : null;
  const outline = outlinePoints(atlas);
  const arrived = repaint && arrives(atlas, paint);
  const focus = wantedView(atlas, paint, arrived);
  const anew = arrived || JSON.stringify(focus) !== JSON.stringify(atlas.focus || null);
  if (anew) atlas.touched = false;
  if (arrived) atlas.view0 = null;
  atlas.focus = focus;
  if ((!atlas.touched || !atlas.box) && (anew || !stands(atlas, outline, focus, wanted))) {
    const whole = insetPlan(map, outline, wanted ? insetSize(map, wanted) : null);
    const plan = !focus ? whole : Array.isArray(focus) ? viewPlan(atlas, focus) : focusPlan(map, focus, insetPlan);
    const zoom = map.options.zoomSnap ? Math.floor(2 * plan.zoom) / 2 : plan.zoom;
    atlas.box = plan.box;
    const same =
      atlas.view0 &&
      atlas.view0.zoom === zoom &&
      atlas.view0.center.equals(plan.center) &&
      atlas.view0.size.equals(size);
    if (!atlas.touched && !same) {
      atlas.view0 = { center: plan.center, zoom, size, ground: atlas.basemap };
      atlas.settling = true;
      map.options.minZoom = 0; // limits that exclude the new view would start a movement of their own
      map.setMaxBounds(null);
      map.setView(plan.center, zoom, { animate: false });
      confine(map, doc, Math.min(zoom, whole.zoom), focus ? 0 : 1);
      atlas.settling = false;
      keepInView(atlas, paint.selected_site);
    }
  }
  if (arrived) atlas.touched = takePosition(atlas, paint);
  if (repaint) bringIntoView(atlas, paint, { moves: !arrived });
  if (repaint) joinOthers(atlas);
  sendPosition(atlas);
  showInset(atlas, wanted, repaint);
  atlas.unfurnished = true; // once the signs stand
  markSelection(map, atlas, false);
  if (repaint && atlas.state.labels) letterLater(atlas);
  else letter(atlas);
  atlas.canvas.draw();
  atlas.counted.ask(); // a view that is set here ends no movement
}

/**
 * Whether a first view can stay: the legend has taken or given up some lines of the map, and all
 * that is to be seen is still there.
 */
function stands(/** @type {Atlas} */ atlas, outline, focus, wanted) {
  const { map, view0, box } = atlas;
  const size = map.getSize();
  if (
    atlas.touched ||
    !view0 ||
    view0.size.x !== size.x ||
    view0.ground !== atlas.basemap ||
    Boolean(wanted) !== Boolean(box)
  )
    return false;
  const seen = L.latLngBounds(
    !focus ? outline : Array.isArray(focus) ? focus.map(([lat, lon]) => atlas.latlng([lon, lat])) : focus.bounds,
  );
  const [a, b] = [seen.getNorthWest(), seen.getSouthEast()].map((corner) => map.latLngToContainerPoint(corner));
  return a.x >= 0 && a.y >= 0 && b.x <= size.x && b.y <= size.y && (!box || box[3] <= size.y);
}

/** What a paint wants to be seen; a result without a position leaves the view as it is, and so do pins that are tried. */
function wantedView(/** @type {Atlas} */ atlas, paint, arrived) {
  if (paint.layout) return paint.layout.focus || null;
  const stays = paint.trial && !arrived && atlas.fitted;
  atlas.fitted = (!stays && paint.view) || atlas.fitted || null;
  return atlas.fitted;
}

/** Returns to the first, or the fitted, view. */
export function resetView(/** @type {Atlas} */ atlas) {
  atlas.touched = false;
  atlas.view0 = null;
  atlas.frame.setCentred(false);
  settle(atlas);
}

/** Mounts, keeps or removes the inset. */
function showInset(/** @type {Atlas} */ atlas, wanted, repaint) {
  const { inset, box, paint } = atlas;
  if (wanted && box && inset?.serves(wanted, box)) {
    if (repaint) inset.update(paint.inset.title);
    return;
  }
  if (inset) inset.unmount();
  atlas.inset = wanted && box ? new Inset(atlas, wanted, paint.inset.title) : null;
  if (atlas.inset) atlas.inset.mount(box);
}

/** Keeps the reader where there is something mapped: the document's window, or the first view. */
function confine(/** @type {L.Map} */ map, doc, zoom, slack) {
  if (!doc.window) return;
  const bounds = L.latLngBounds(doc.window).extend(map.getBounds());
  map.setMinZoom(Math.max(Math.min(zoom, map.getBoundsZoom(bounds, true)), zoom - slack));
  map.setMaxBounds(bounds);
}

/** Vertices of the region for fitting the view; specks of islands may fall outside it. */
function outlinePoints(/** @type {Atlas} */ atlas) {
  if (atlas.outlineOf !== atlas.document || atlas.outlineDatum !== atlas.datum) {
    atlas.outlineOf = atlas.document;
    atlas.outlineDatum = atlas.datum;
    const rings = atlas.layers.own.getLayers().flatMap(ringsOf);
    const spread = (b) => (b.getEast() - b.getWest()) * (b.getNorth() - b.getSouth());
    const least = SPECK * spread(L.latLngBounds(rings.flat()));
    const points = rings.filter((ring) => spread(L.latLngBounds(ring)) >= least).flat();
    atlas.outlinePoints =
      points.length > 4000 ? points.filter((_, i) => i % Math.ceil(points.length / 4000) === 0) : points;
  }
  return atlas.outlinePoints;
}
