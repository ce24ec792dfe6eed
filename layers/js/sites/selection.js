// @ts-check
/* What is told of sites and districts, and how the selected site stands out. */
import { isDisc } from "./symbols.js";

export const captioned = (name, caption) =>
  `<b>${name}</b>${caption ? `<br><span class="ct-caption">${caption}</span>` : ""}`;

/** What a site's tooltip says, where, and how far above that. */
export function ofSite(site, { captions }) {
  const p = site.feature.properties;
  const html = captioned(p.n, p.t === undefined ? "" : captions[p.t]);
  return { html, at: site.getCenter(), above: isDisc(p) ? 14 : 6 };
}

/** What a district's says, at the pointer. */
export function ofDistrict({ feature: { properties: p } }, at, { paint }) {
  const unit = paint.units[p.id] || [];
  const html = captioned(paint.lang === "en" ? p.en || p.zh : p.zh, unit[4] || unit[2]);
  return { html, at, above: 8 };
}

/** Ring, name tag and error circle of the selected site. */
export function markSelection(/** @type {L.Map} */ map, atlas, isInset) {
  const old = atlas.marks;
  (old.get(map) || []).forEach((layer) => layer.remove());
  old.set(map, []);
  if (!isInset) atlas.ring = null;
  const site = atlas.paint.selected_site ? atlas.byId.get(atlas.paint.selected_site) : null;
  if (!site) return;
  const latlng = site.getLatLng();
  const elsewhere = !isInset && atlas.inset && atlas.inset.visible && atlas.inset.bounds.contains(latlng);
  const layers = [];
  const radius = site.feature.properties.u;
  if (radius && !elsewhere) {
    layers.push(
      L.circle(latlng, {
        radius,
        pane: "top",
        renderer: L.svg({ pane: "top" }),
        interactive: false,
        className: "ct-error",
        fill: false,
        weight: 1.4,
        dashArray: "3 3",
      }),
    );
  }
  const disc = !isInset && isDisc(site.feature.properties);
  const r = elsewhere ? 6 : disc ? 16 : 11;
  const html =
    `<svg width="44" height="44" viewBox="-22 -22 44 44"><circle r="${r}" class="ct-ring-halo"/><circle r="${r}" class="ct-ring"/></svg>` +
    (elsewhere ? "" : `<span class="ct-call">${site.feature.properties.n}</span>`);
  const icon = L.divIcon({ className: `ct-selected${disc ? " ct-disc" : ""}`, html, iconSize: [44, 44] });
  layers.push(L.marker(disc ? site.getCenter() : latlng, { pane: "top", interactive: false, keyboard: false, icon }));
  if (disc) [atlas.ring, atlas.ringed] = [layers.at(-1), site];
  layers.forEach((layer) => layer.addTo(map));
  old.set(map, layers);
  keepTagInside(map);
}

/** Moves the name tag sideways where it would leave the map or lie under its buttons. */
export function keepTagInside(/** @type {L.Map} */ map) {
  const frame = map.getContainer().getBoundingClientRect();
  for (const tag of map.getPane("top").querySelectorAll(".ct-call")) {
    const shift = parseFloat(tag.dataset.shift || "0");
    tag.style.marginLeft = `${shift}px`;
    const r = tag.getBoundingClientRect();
    const buttons = map.getContainer().querySelector(".leaflet-top.leaflet-right")?.getBoundingClientRect();
    const beside = buttons?.width && r.top < buttons.bottom && r.bottom > buttons.top;
    const right = (beside ? buttons.left : frame.right) - 4;
    if (r.left < frame.left + 4) tag.style.marginLeft = `${shift + frame.left + 4 - r.left}px`;
    else if (r.right > right) tag.style.marginLeft = `${shift + right - r.right}px`;
  }
}

/** Keeps tooltips on the map, where it would cut them off; below the pointer where there is no room above. */
export function keepTipsInside(/** @type {L.Map} */ map) {
  let tip = null;
  const move = () => {
    const element = tip?.getElement();
    if (!element) return;
    element.style.translate = "";
    const frame = map.getContainer().getBoundingClientRect();
    const r = element.getBoundingClientRect();
    const aside = Math.max(frame.left + 3 - r.left, 0) || Math.min(frame.right - 3 - r.right, 0);
    element.style.translate = `${aside}px ${r.top < frame.top + 3 ? r.height + 32 : 0}px`;
  };
  map.on("tooltipopen", ({ tooltip }) => {
    tip = tooltip;
    move();
  });
  map.on("tooltipclose", ({ tooltip }) => {
    if (tip === tooltip) tip = null;
  });
  map.on("mousemove", move);
}

/** Room of the selected site's ring and tag (container px). */
export function selectionBoxes(/** @type {L.Map} */ map, atlas) {
  const site = atlas.paint.selected_site ? atlas.byId.get(atlas.paint.selected_site) : null;
  if (!site) return [];
  const disc = map === atlas.map && isDisc(site.feature.properties);
  const p = map.latLngToContainerPoint(disc ? site.getCenter() : site.getLatLng());
  const tag = map === atlas.map && map.getPane("top").querySelector(".ct-call");
  if (tag) {
    const [r, origin] = [tag.getBoundingClientRect(), map.getContainer().getBoundingClientRect()];
    const ring = disc ? 20 : 16;
    return [
      [r.left - origin.left, r.top - origin.top, r.right - origin.left, r.bottom - origin.top],
      [p.x - ring, p.y - ring, p.x + ring, p.y + ring],
    ];
  }
  const half = 8 + 7 * String(site.feature.properties.n).length;
  return [[p.x - Math.max(16, half), p.y - 42, p.x + Math.max(16, half), p.y + 16]];
}
