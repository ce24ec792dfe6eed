// @ts-check
/*
 * The map on paper. Browsers ask for the print media once the sheet's layout stands, so the map is
 * fitted to the very sheet, upright or across, and lettered anew before it is drawn.
 */
import { styleGround } from "../ground/base.js";
import { forgetMeasures } from "../lettering/written.js";
import { settle } from "../view/view.js";

const print = matchMedia("print");

/** Follows the reader to paper and back. */
export function listenForPaper(/** @type {Atlas} */ atlas) {
  const follow = ({ matches }) => (matches ? toPaper(atlas) : toScreen(atlas));
  print.addEventListener("change", follow);
  atlas.map.on("unload", () => print.removeEventListener("change", follow));
}

/** Light, without the online tiles: they arrive too late. */
function toPaper(/** @type {Atlas} */ atlas) {
  const { map, paint } = atlas;
  if (!atlas.document || !paint || atlas.screen || !map.getContainer().isConnected) return;
  const { minZoom, maxBounds, zoomSnap } = map.options;
  atlas.screen = {
    paint,
    copies: [],
    bounds: map.getBounds(),
    center: map.getCenter(),
    zoom: map.getZoom(),
    options: { minZoom, maxBounds, zoomSnap },
    stood: { view0: atlas.view0, box: atlas.box },
  };
  map.options.zoomSnap = 0;
  dress(atlas, { ...paint, theme: "light", basemap: null });
  if (atlas.touched) hold(atlas, () => map.fitBounds(atlas.screen.bounds, { animate: false }));
  lay(atlas);
  atlas.screen.copies = [...map.getContainer().querySelectorAll("canvas")].filter((canvas) => canvas.width).map(copied);
}

/**
 * A canvas prints as the steps it was drawn in, and Chromium prints its erasing as white over all
 * that lies below; a copy was never erased.
 */
function copied(canvas) {
  const copy = canvas.cloneNode();
  copy.getContext("2d").drawImage(canvas, 0, 0);
  canvas.style.display = "none";
  canvas.after(copy);
  return [canvas, copy];
}

function toScreen(/** @type {Atlas} */ atlas) {
  const { map, screen } = atlas;
  if (!screen) return;
  atlas.screen = null;
  screen.copies.forEach(([canvas, copy]) => {
    canvas.style.display = "";
    copy.remove();
  });
  dress(atlas, screen.paint);
  hold(atlas, () => map.setView(screen.center, screen.zoom, { animate: false }));
  Object.assign(map.options, screen.options);
  map.setMaxBounds(screen.options.maxBounds);
  Object.assign(atlas, screen.stood);
  lay(atlas);
}

/** Theme, fills and size for where the map is now. */
function dress(/** @type {Atlas} */ atlas, paint) {
  const { map, frame, layers } = atlas;
  const palette = atlas.options.palettes[paint.theme];
  atlas.paint = paint;
  atlas.view.colours = palette;
  atlas.box = atlas.view0 = null; // the inset's place and the first view were for another size
  frame.setTheme(palette, paint.theme);
  forgetMeasures();
  map.getContainer().classList.toggle("ct-online", Boolean(paint.basemap));
  styleGround(layers, atlas);
  frame.setNote(paint.texts.note, paint.basemap);
  frame.layout();
}

/** A movement that is not the reader's, free of the limits of the other size. */
function hold(/** @type {Atlas} */ atlas, move) {
  const { map } = atlas;
  atlas.settling = true;
  map.options.minZoom = 0;
  map.setMaxBounds(null);
  move();
  atlas.settling = false;
}

/** Everything at once: a frame that is being printed gets no next frame. */
function lay(/** @type {Atlas} */ atlas) {
  settle(atlas);
  atlas.frame.layout(); // the legend may have taken up notes that found no room
  if (atlas.inset) atlas.inset.restyle();
}
