// @ts-check
/* What surrounds the map in its frame: theme, fonts, legend strip, notes, layout. */
import { tangents } from "../ground/inset.js";
import { NARROW } from "../lettering/written.js";
import { resetView, settle } from "../view/view.js";

/** A screen as low as at 200 % is laid out like a phone's, see chuangtu.css. */
const low = matchMedia("screen and (max-height: 600px)");
/** A frame with its corners: all of it. */
const RESET =
  '<svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><path d="M1 4.5V1H4.5M9.5 1H13V4.5M13 9.5V13H9.5M4.5 13H1V9.5"/><circle cx="7" cy="7" r="1.6"/></svg>';

/** Resolves once the fonts that labels are measured with are there, or have failed. */
export const fontsLoaded = () =>
  Promise.allSettled(
    ["600 13px 'Source Sans'", "400 13px 'Source Sans'", "400 13px 'Source Serif'"].map((font) =>
      document.fonts.load(font),
    ),
  );

/** Patterns for districts without a figure, or with a doubtful one; shared by map and legend. */
function patterns(root) {
  const tokens = ["r0", "r1", "r2", "r3", "r4", "r5", "d1", "d2", "d3", "d4", "d5"];
  const few = (t) => `<pattern id="ct-few-${t}" width="7" height="7" patternUnits="userSpaceOnUse">
    <rect width="7" height="7" style="fill:var(--${t})"/><circle cx="3.5" cy="3.5" r="1.1" style="fill:var(--ink)"/></pattern>`;
  const holder = document.createElement("div");
  holder.className = "ct-patterns";
  holder.setAttribute("aria-hidden", "true");
  holder.innerHTML = `<svg width="0" height="0"><defs>
    <pattern id="ct-none" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect width="7" height="7" style="fill:var(--own)"/><line x1="0" y1="0" x2="0" y2="7" style="stroke:var(--hatch);stroke-width:1.6"/></pattern>
    <pattern id="ct-area-planned" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect width="7" height="7" style="fill:var(--own)"/><line x1="1.5" y1="0" x2="1.5" y2="7" style="stroke:var(--corefill);stroke-width:3"/></pattern>
    <pattern id="ct-area-strong" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(135)">
    <rect width="9" height="9" style="fill:var(--own)"/><line x1="4.5" y1="0" x2="4.5" y2="9" style="stroke:var(--hatch);stroke-width:1.2"/></pattern>
    ${tokens.map(few).join("")}</defs></svg>`;
  root.append(holder);
}

/** The strip, the notes and the controls round one map. */
export class Frame {
  constructor(/** @type {Atlas} */ atlas) {
    this.atlas = atlas;
    const container = atlas.map.getContainer();
    /** Map and legend with all that belongs to them. */
    this.root = container.closest(".ct-atlas");
    this.legend = L.DomUtil.create("div", "ct-legend-strip");
    container.after(this.legend);
    patterns(this.root);
    this.overlay = L.DomUtil.create("div", "ct-leaders", container);
    this.note = L.DomUtil.create("div", "ct-note", container);
    L.DomEvent.disableClickPropagation(this.note);
    this.centre = L.DomUtil.create("button", "ct-centre", container);
    Object.assign(this.centre, { type: "button", hidden: true });
    L.DomEvent.disableClickPropagation(this.centre);
    this.centre.addEventListener("click", () => this.onCentre());
    this.setCentred(false);
    this.open = false;
    /** Of the map, px, when it was last laid out. */
    this.width = this.height = 0;
    this.isolated = this.asked = this.inView = "";
    this.legend.addEventListener("click", (e) => this.onLegend(e));
  }

  /** Sets a theme's tokens as CSS variables. */
  setTheme(palette, theme) {
    this.root.dataset.theme = theme;
    this.root.style.colorScheme = theme;
    for (const [name, value] of Object.entries(palette))
      this.root.style.setProperty(`--${name.replaceAll("_", "-")}`, value);
  }

  /** Heights of map and legend together, and of a phone's map; the style sheet has others for paper. */
  setHeights({ frame, phone }) {
    this.root.style.setProperty("--ct-wide", `${frame}px`);
    this.root.style.setProperty("--ct-phone", `${phone}px`);
  }

  afresh() {
    Object.assign(this, { open: false, width: 0, height: 0, isolated: "", asked: "", inView: "" });
    this.setCentred(false);
  }

  /** On a phone the note stands below the map, and a button shows the centre that has no inset. */
  rearrange() {
    const container = this.atlas.map.getContainer();
    const below = this.note.parentNode !== container;
    if (this.narrow && !below) this.legend.after(this.note);
    else if (!this.narrow && below) container.append(this.note);
    this.note.classList.toggle("ct-below-map", this.narrow);
    this.centre.hidden = !this.narrow || !this.atlas.crowd;
    if (this.centre.hidden) this.setCentred(false);
  }

  /** Names the button to the centre; it returns to the first view when it is pressed again. */
  setCentre(inset) {
    if (inset) {
      const { map, crowd } = this.atlas;
      const factor = 2 ** (map.getBoundsZoom(crowd) - (this.atlas.view0 || { zoom: map.getZoom() }).zoom);
      this.centre.innerHTML = inset.title.replace("%FACTOR%", factor.toFixed(factor < 9.95 ? 1 : 0));
    }
    this.rearrange();
  }

  setCentred(on) {
    this.centred = on;
    this.centre.setAttribute("aria-pressed", String(on));
  }

  onCentre() {
    if (this.centred) return resetView(this.atlas);
    this.setCentred(true);
    this.atlas.touched = true;
    return this.atlas.map.fitBounds(this.atlas.crowd, { animate: false });
  }

  get narrow() {
    return this.root.clientWidth < NARROW || low.matches;
  }

  /** Isolates the family that the page asks for, once: the reader may choose another. */
  setIsolated(family) {
    if (family === this.asked) return;
    this.isolated = this.asked = family;
  }

  /** Puts a new legend in place; a family stays isolated, the phone's legend open. */
  setLegend(html) {
    if (html !== this.html) {
      this.html = html;
      const focused = /** @type {ShadowRoot} */ (this.legend.getRootNode()).activeElement?.dataset.family;
      this.legend.innerHTML = html;
      this.fillInView();
      if (focused) (this.legend.querySelector(`[data-family="${CSS.escape(focused)}"]`) || this.legend).focus();
    }
    const known = this.legend.querySelector(`[data-family="${CSS.escape(this.isolated)}"]`);
    if (!known && this.isolated !== this.asked) this.isolated = "";
    this.mark();
    this.layout();
  }

  /** Takes up what the legend says of the view; "" for a map that is not asked for its view. */
  setInView(html) {
    if (html === this.inView) return;
    this.inView = html;
    // It does not shrink while the map moves: each step would size the map anew.
    this.legend.style.minHeight = html ? `${this.legend.offsetHeight}px` : "";
    this.fillInView();
    this.mark();
    this.layout();
  }

  fillInView() {
    const holder = this.legend.querySelector(".ct-in-view");
    if (holder) holder.innerHTML = this.inView;
  }

  mark() {
    for (const button of this.legend.querySelectorAll("[data-family]")) {
      const on = button.dataset.family === this.isolated;
      button.setAttribute("aria-pressed", String(on));
    }
    this.legend.classList.toggle("ct-isolating", Boolean(this.isolated));
    this.legend.classList.toggle("ct-open", this.open);
    const more = this.legend.querySelector(".ct-legend-more");
    if (more) more.setAttribute("aria-expanded", String(this.open));
  }

  onLegend(e) {
    const family = e.target.closest("[data-family]");
    if (family) {
      this.isolated = this.isolated === family.dataset.family ? "" : family.dataset.family;
      this.mark();
      isolate(this.atlas, this.isolated);
    }
    if (e.target.closest(".ct-legend-more")) {
      this.open = !this.open;
      this.legend.style.minHeight = "";
      this.mark();
      this.layout();
    }
  }

  /** Brings the map in line with the room that the style sheet leaves it beside the legend. */
  layout() {
    const { map } = this.atlas;
    this.rearrange();
    const { clientWidth: width, clientHeight: height } = map.getContainer();
    if (!width || !height || (this.width === width && this.height === height)) return;
    if (this.width !== width) this.legend.style.minHeight = "";
    // A line of legend more or less moves nothing on the screen; another width keeps the middle.
    const pan = Boolean(this.width) && this.width !== width;
    Object.assign(this, { width, height });
    map.invalidateSize({ animate: false, pan });
    settle(this.atlas);
  }

  /** The button below the zoom buttons that returns to the first view; no title, no button. */
  setReset(title) {
    if (!this.reset) {
      this.reset = L.DomUtil.create("a", "ct-reset", this.atlas.zoom.getContainer());
      Object.assign(this.reset, { href: "#", innerHTML: RESET });
      this.reset.setAttribute("role", "button");
      L.DomEvent.disableClickPropagation(this.reset);
      L.DomEvent.on(this.reset, "click", (e) => {
        L.DomEvent.preventDefault(e);
        resetView(this.atlas);
      });
    }
    this.reset.style.display = title ? "" : "none";
    this.reset.setAttribute("title", title);
    this.reset.setAttribute("aria-label", title);
  }

  /** Says that the ground could not be fetched; "" takes the message away. */
  setFailed(text) {
    if (this.failed) this.failed.remove();
    this.failed = null;
    if (!text) return;
    this.failed = L.DomUtil.create("div", "ct-failed", this.atlas.map.getContainer());
    this.failed.setAttribute("role", "alert");
    this.failed.textContent = text;
  }

  /** Boundary note and, with tiles, their attribution. */
  setNote(text, basemap) {
    this.note.innerHTML = text;
    if (!basemap) return;
    const link = document.createElement("a");
    link.href = basemap.attribution_url;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    link.innerHTML = basemap.attribution;
    this.note.append(text ? "　" : "", link);
  }

  /** Frame of the inset's window on the main map, and the leaders to the inset. */
  drawLeaders() {
    const { inset, map } = this.atlas;
    if (!inset?.visible) {
      this.overlay.replaceChildren();
      return;
    }
    const size = map.getSize();
    const f = inset.frame().map((v) => Math.round(v) + 0.5);
    const lines = tangents(inset.box, f).map(([[a, b], [c, d]]) => `<path d="M${a} ${b}L${c} ${d}"/>`);
    this.overlay.innerHTML = `<svg width="${size.x}" height="${size.y}">${lines.join("")}
      <rect x="${f[0]}" y="${f[1]}" width="${f[2] - f[0]}" height="${f[3] - f[1]}"/></svg>`;
  }

  /** Boxes (container px) that labels keep clear of. */
  furniture() {
    const { map, inset } = this.atlas;
    const origin = map.getContainer().getBoundingClientRect();
    const boxes = [];
    const own = map
      .getContainer()
      .querySelectorAll(
        ":scope > .leaflet-control-container .leaflet-control, :scope > .ct-note, :scope > .ct-centre, :scope > .ct-mapnote, :scope > .ct-locator",
      );
    for (const element of [...own, ...this.legend.querySelectorAll(".ct-legend-more")]) {
      const r = element.getBoundingClientRect();
      if (r.width)
        boxes.push([
          r.left - origin.left - 4,
          r.top - origin.top - 3,
          r.right - origin.left + 4,
          r.bottom - origin.top + 3,
        ]);
    }
    if (inset?.visible) {
      const f = inset.frame();
      boxes.push(
        [inset.box[0] - 4, inset.box[1] - 4, inset.box[2] + 4, inset.box[3] + 4],
        [f[0] - 3, f[1] - 3, f[2] + 3, f[3] + 3],
      );
      for (const [[a, b], [c, d]] of tangents(inset.box, f)) {
        for (let t = 0; t <= 1; t += 0.04)
          boxes.push([a + t * (c - a) - 3, b + t * (d - b) - 3, a + t * (c - a) + 3, b + t * (d - b) + 3]);
      }
    }
    return boxes;
  }
}
/** Shows one family, the others faint; "" shows all. */
function isolate(/** @type {Atlas} */ atlas, family) {
  atlas.view.isolated = family;
  atlas.canvas.draw();
  if (atlas.inset) atlas.inset.restyle();
}
