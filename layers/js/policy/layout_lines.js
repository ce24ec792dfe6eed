// @ts-check
/** SVG renderer of a pane, one per map. */
export function renderer(atlas, pane) {
  const own = atlas.renderers || (atlas.renderers = {});
  return own[pane] || (own[pane] = L.svg({ pane, padding: 0.6 }));
}

export function line(atlas, pane, className, options = {}) {
  return L.polyline([], { pane, renderer: renderer(atlas, pane), interactive: false, smoothFactor: 0, className, ...options });
}

/** Room between signs, and between a sign and the end of a link, px. */
export const AIR = 3;
