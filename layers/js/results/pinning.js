// @ts-check
/*
 * The pin of a row whose position is put right: dragged, or moved by arrow keys. Where it is let go
 * is told to the page; a click on a district is told as any other click there.
 */
import { line } from "../ground/lines.js";

/** How far an arrow key moves the pin, px; with Shift a single one. */
const STEP = 12;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const PIN = `<svg width="28" height="38" viewBox="-14 -36 28 38" aria-hidden="true"><path class="ct-pin-body" d="M0 0C-3-8-11-13-11-22A11 11 0 0 1 11-22C11-13 3-8 0 0Z"/><circle class="ct-pin-eye" cy="-22" r="4"/></svg>`;
const GHOST = `<svg width="20" height="20" viewBox="-10 -10 20 20" aria-hidden="true"><circle class="ct-pin-ghost" r="6"/></svg>`;

/** A distance as the tag says it. */
export function told(metres, { metres: near, km: far }) {
  return metres < 9995 ? near.join(String(Math.round(metres))) : far.join((metres / 1000).toFixed(1));
}

/** Where a key moves the pin to, px; null for other keys. */
export function stepped(point, { key, shiftKey }) {
  const way = ARROWS[key];
  const step = shiftKey ? 1 : STEP;
  return way ? [point.x + step * way[0], point.y + step * way[1]] : null;
}

/** Draws the pin of the row in hand, and where the row was. */
export function drawPin(/** @type {Atlas} */ atlas, group, pinning) {
  const container = atlas.map.getContainer();
  container.classList.toggle("ct-pinning", Boolean(pinning));
  container.dataset.pin = pinning ? pinning.hint : "";
  const before = atlas.state.pin;
  atlas.state.pin = pinning ? pinning.id : "";
  if (!pinning) return;
  const at = atlas.latlng(pinning.at);
  const was = pinning.was && atlas.latlng(pinning.was);
  const way = line(atlas, "layout", "ct-pin-way").addTo(group);
  if (was) {
    const icon = L.divIcon({ className: "ct-pin-was", html: GHOST, iconSize: [20, 20] });
    L.marker(was, { pane: "elements", interactive: false, keyboard: false, icon }).addTo(group);
  }
  const icon = L.divIcon({
    className: `ct-pin${pinning.placed ? "" : " ct-pin-open"}`,
    html: `${PIN}<span class="ct-unseen">${pinning.label}</span><span class="ct-pin-tag"></span>`,
    iconSize: [28, 38],
    iconAnchor: [14, 36],
  });
  const pin = L.marker(at, { pane: "elements", draggable: true, autoPan: true, zIndexOffset: 1000, icon }).addTo(group);
  const element = pin.getElement();
  const show = () => {
    const here = pin.getLatLng();
    way.setLatLngs(was ? [was, here] : []);
    const district = atlas.view.districtAt(here)?.feature.properties;
    const name = district ? (atlas.paint.lang === "en" ? district.en || district.zh : district.zh) : pinning.outside;
    const far = was ? told(atlas.map.distance(was, here), pinning) : pinning.unplaced;
    element.querySelector(".ct-pin-tag").innerHTML = `${far} · ${name}`;
  };
  const tell = () => atlas.report("pinned", pinning.id, pin.getLatLng().wrap());
  pin.on("drag", show);
  pin.on("dragend", tell);
  L.DomEvent.disableClickPropagation(element);
  element.addEventListener("keydown", (e) => press(atlas, e, { pin, at, show, tell }));
  if (atlas.document) show();
  else atlas.pinShown = show;
  // A row just taken from the list: its pin is what comes next, also where the list hid the map.
  const taken = before !== undefined && before !== pinning.id;
  if (taken) bringInView(container);
  if (taken || atlas.pinHeld === pinning.id) element.focus({ preventScroll: true });
  atlas.pinHeld = "";
}

/** Scrolls to a map whose middle is out of sight. */
function bringInView(container) {
  const { top, height } = container.getBoundingClientRect();
  const middle = top + height / 2;
  if (middle < 0 || middle > window.innerHeight) container.scrollIntoView({ block: "center" });
}

function press(/** @type {Atlas} */ atlas, e, { pin, at, show, tell }) {
  const { map } = atlas;
  const to = stepped(map.latLngToContainerPoint(pin.getLatLng()), e);
  if (to) pin.setLatLng(map.containerPointToLatLng(/** @type {L.PointExpression} */ (to)));
  else if (e.key === "Escape") pin.setLatLng(at);
  else if (e.key === "Enter" || e.key === " ") {
    atlas.pinHeld = atlas.paint.pinning.id;
    tell();
  } else return;
  show();
  e.preventDefault();
  e.stopPropagation();
}
